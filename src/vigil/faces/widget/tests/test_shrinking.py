"""What a phone loads is small, and still says and does the same."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

from vigil.faces.widget.assets import _NEVER_SHOWN, chips_sheet, frame_script, frame_sheet, later_script
from vigil.faces.widget.views import frame
from vigil.languages.table import ELEVEN
from vigil.workspace.profile import profile

BUDGET = 25 * 1024
LATER_BUDGET = 3 * 1024


def test_what_is_never_shown_stands_in_nothing_that_the_frame_shows() -> None:
    # What comes later has a sheet of its own.
    names = {each.strip(".[]") for each in _NEVER_SHOWN}
    folders = (Path(frame.__file__).parents[1] / "templates", Path(frame.__file__).parents[1] / "static" / "widget" / "js")
    shown = {path for folder in folders for path in folder.rglob("*.*") if path.name not in {"back.html", "back.js", "chips.html"}}
    assert len(shown) > 20
    for path in shown:
        text = path.read_text(encoding="utf-8")
        tags, classes = (
            set(re.findall(r"<([a-z]\w*)", text)),
            {each for found in re.findall(r'class="([^"]*)"', text) for each in found.split()},
        )
        assert not names & (tags | classes), path
        assert "data-theme" not in text, path


def test_scripts_keep_every_sentence_and_lose_every_comment() -> None:
    script = frame_script()
    assert not re.search(r"(?m)^\s*//|/\*\*", script)
    assert '"/live/send"' in script
    assert "[data-log]" in script


def test_what_comes_later_is_whole_and_nothing_else_is_given() -> None:
    assert later_script("attach").endswith("as Attachments};")
    assert later_script("proof").endswith("as prove};")
    for name in ("chat", "frame", "../loader", "session"):
        with pytest.raises(LookupError):
            later_script(name)


def test_a_sheet_that_comes_later_reads_only_tokens_that_are_there() -> None:
    read, there = re.findall(r"var\((--[\w-]+)", chips_sheet()), frame_sheet()
    assert read
    # A tone is said by the element that has one.
    assert [token for token in read if token != "--tone" and f"{token}:" not in there] == []


@pytest.mark.django_db
def test_everything_of_the_frame_stays_below_25_kib_in_every_language(client: Client) -> None:
    parts = [gzip.compress(each.encode(), 9) for each in (frame_script(), frame_sheet())]
    parts.append(gzip.compress(client.get("/brand.css").content, 9))
    pages = {
        each.code: gzip.compress(client.get(f"/widget/frame?site={profile().sites[0].key}&lang={each.code}").content, 9) for each in ELEVEN
    }
    sizes = {code: sum(map(len, parts)) + len(page) for code, page in pages.items()}
    assert {code: size for code, size in sizes.items() if size > BUDGET} == {}
    assert [name for name in ("attach", "chips") if len(gzip.compress(later_script(name).encode(), 9)) > LATER_BUDGET] == []
