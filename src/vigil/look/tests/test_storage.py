"""What we rely on in Django's hashed static files, and what we add to them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from vigil.look.storage import HashedFiles

SOURCE = Path(__file__).parents[2]
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


def test_a_script_that_pages_load_is_served_with_everything_it_imports(served: Callable[[str], str]) -> None:
    script = served("desk/js/desk.js")
    assert not re.search(r"\bimport\b|\bexport\b", script)
    assert '"/live/send"' in script


def test_what_a_script_takes_into_itself_is_not_hashed_and_stays_to_be_read(collected: HashedFiles) -> None:
    assert collected.stored_name("look/js/live.js") == "look/js/live.js"
    assert collected.exists("look/js/live.js")


def test_every_script_that_imports_others_is_known_to_the_storage() -> None:
    known: Any = settings.STORAGES
    pages = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("templates/**/*.html"))
    loaded = set(re.findall(r"""type="module" src="{% static '([^']+)' %}""", pages))
    found = {name: next(SOURCE.rglob(f"static/{name}")).read_text(encoding="utf-8") for name in loaded}
    assert {name for name, text in found.items() if "import {" in text} == set(known["staticfiles"]["OPTIONS"]["scripts"])


def test_a_served_script_has_lost_its_comments_and_nothing_else(served: Callable[[str], str]) -> None:
    written = (SCRIPTS / "theme_first.js").read_text(encoding="utf-8").split("\n")
    assert served("look/js/theme_first.js").split("\n") == [line for line in written if not re.match(r"\s*(?://|/\*\*)", line)]


def test_only_what_is_asked_for_is_compressed(collected: HashedFiles) -> None:
    assert collected.exists(collected.stored_name("desk/js/desk.js") + ".gz")
    assert not collected.exists("desk/js/desk.js.gz")


def test_no_script_of_ours_has_a_string_over_several_lines_that_could_hold_what_looks_like_a_comment() -> None:
    for path in SCRIPTS.glob("*.js"):
        assert all(line.count("`") % 2 == 0 for line in path.read_text(encoding="utf-8").split("\n")), path.name


def test_names_stay_plain_until_files_were_collected(tmp_path: Path) -> None:
    assert HashedFiles(location=str(tmp_path)).stored_name("look/favicon.svg") == "look/favicon.svg"
