"""What we rely on in Django's hashed static files, some of which it calls experimental, and what we add to them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings

from vigil.look.storage import HashedFiles

SCRIPTS = Path(__file__).parents[1] / "static" / "look" / "js"


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> HashedFiles:
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder):
        call_command("collectstatic", interactive=False, verbosity=0)
    return HashedFiles(location=str(folder))


@pytest.fixture
def served(collected: HashedFiles) -> Callable[[str], str]:
    return lambda name: (Path(collected.location) / collected.stored_name(name)).read_text(encoding="utf-8")


def test_a_sheet_is_served_with_everything_it_imports(served: Callable[[str], str]) -> None:
    for name in ("look/css/base.css", "look/css/plain_page.css", "desk/desk.css", "widget/widget.css"):
        css = served(name)
        assert "@import" not in css
        assert ".button[data-primary]" in css
        # Layers take their order from where they are first named: that must still come before everything else.
        first = re.search(r"@layer[^;{]*[;{]", css)
        assert first
        assert first[0].endswith("page;")
        assert css.count("{") == css.count("}")


def test_a_script_names_the_modules_it_imports_by_their_hash(collected: HashedFiles, served: Callable[[str], str]) -> None:
    live = served("look/js/live.js")
    assert Path(collected.stored_name("look/js/live_door.js")).name in live
    assert 'from "./live_door.js"' not in live


def test_a_served_script_has_lost_its_comments_and_nothing_else(served: Callable[[str], str]) -> None:
    live = served("look/js/live.js")
    assert not re.search(r"(?m)^\s*(?://|/\*\*)", live)
    kept = [
        line for line in (SCRIPTS / "live.js").read_text(encoding="utf-8").split("\n") if not re.match(r"\s*(?://|/\*\*)|import ", line)
    ]
    assert [line for line in live.split("\n") if not line.startswith("import ")] == kept


def test_no_script_of_ours_has_a_string_over_several_lines_that_could_hold_what_looks_like_a_comment() -> None:
    for path in SCRIPTS.glob("*.js"):
        assert all(line.count("`") % 2 == 0 for line in path.read_text(encoding="utf-8").split("\n")), path.name


def test_names_stay_plain_until_files_were_collected(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path
    assert HashedFiles(location=str(tmp_path)).stored_name("look/icons.svg") == "look/icons.svg"
