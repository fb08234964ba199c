import base64
import hashlib
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from vigil.config.cli import embedding as command
from vigil.faces.widget import editions


@pytest.fixture(autouse=True)
def place(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VIGIL_VAR = tmp_path
    monkeypatch.setattr(command, "set_up", lambda: None)


def test_the_lines_name_the_site_the_edition_and_its_true_digest(capsys: pytest.CaptureFixture[str], settings: LazySettings) -> None:
    assert command.embed([]) == 0
    said = capsys.readouterr().out
    served = Client().get(f"/widget/loader-{editions.current().name}.js")
    digest = base64.b64encode(hashlib.sha384(served.content).digest()).decode()
    assert f'integrity="sha384-{digest}" crossorigin="anonymous" data-site="site_demo"' in said
    assert f"script-src {settings.VIGIL_BASE_URL}; frame-src {settings.VIGIL_BASE_URL}" in said


def test_an_earlier_edition_goes_on_being_served(tmp_path: Path) -> None:
    earlier = "0123456789abcdef"
    kept = editions.keep()
    assert editions.find(earlier) is None
    (tmp_path / "loaders" / f"{earlier}.js").write_text("/* earlier */")
    response = Client().get(f"/widget/loader-{earlier}.js")
    assert response.content == b"/* earlier */"
    assert response.headers["Cache-Control"].endswith("immutable")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert editions.keep() == kept


@pytest.mark.parametrize("name", ["x", "0" * 16, "0" * 17, "..", "%2e%2e"])
def test_there_is_no_other_edition(name: str) -> None:
    assert Client().get(f"/widget/loader-{name}.js").status_code == 404
