"""A page that stays open for a shift hears that the server has become a newer one."""

import pytest
from django.test import Client


def test_what_a_page_asks_again_says_which_version_serves_it_now(noor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for release in ("one", "two"):
        monkeypatch.setattr("vigil.look.templatetags.look.name_release", lambda release=release: release)
        whole, counts = (noor.get(path).content.decode() for path in ("/desk/team", "/desk/nav?place=team"))
        assert f'data-release="{release}"' in whole.split("<body", 1)[1].split(">", 1)[0]
        assert f'data-release="{release}"' in counts.split(">", 1)[0]
