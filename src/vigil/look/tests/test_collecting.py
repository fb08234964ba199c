"""What is served is collected again when anything of it is another, and only then."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vigil.look import collecting


@pytest.fixture
def collected(tmp_path: Path, settings: Any) -> Path:
    """A place of our own with two files for pages, which were collected."""
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "one.txt").write_text("one")
    (ours / "two.txt").write_text("two")
    settings.STATIC_ROOT = tmp_path / "served"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [ours]
    assert collecting.collect()
    return ours


def _served(ours: Path) -> list[Path]:
    return [path for path in (ours.parent / "served").iterdir() if path.name.startswith("one.") and path.suffix == ".txt"]


def test_what_is_there_already_is_left_alone(collected: Path) -> None:
    before = {path: path.stat().st_ino for path in _served(collected)}
    assert len(before) == 2, "by its plain name and by its hash"
    assert not collecting.collect()
    assert {path: path.stat().st_ino for path in _served(collected)} == before


def _is_changed_at_the_same_length(ours: Path) -> None:
    (ours / "one.txt").write_text("eno")


def _comes(ours: Path) -> None:
    (ours / "three.txt").write_text("three")


def _goes(ours: Path) -> None:
    (ours / "two.txt").unlink()


def _vanishes_where_it_is_served(ours: Path) -> None:
    _served(ours)[0].unlink()


@pytest.mark.parametrize(
    "happens",
    [_is_changed_at_the_same_length, _comes, _goes, _vanishes_where_it_is_served],
)
def test_a_file_that_is_another_is_noticed_once(collected: Path, happens: Callable[[Path], None]) -> None:
    happens(collected)
    assert collecting.collect()
    words = {path.read_text() for path in _served(collected)}
    assert (collected / "one.txt").read_text() in words
    assert not collecting.collect()


def test_another_release_of_what_collects_is_noticed(collected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "version", lambda name: "0.0")
    assert collecting.collect()


def test_an_end_half_way_leaves_nothing_that_a_later_start_relies_on(collected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (collected / "one.txt").write_text("eno")
    with monkeypatch.context() as patch:
        patch.setattr(collecting, "call_command", lambda *words, **how: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            collecting.collect()
    assert collecting.collect()


def test_another_list_of_scripts_is_noticed(collected: Path, settings: Any) -> None:
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "vigil.look.storage.HashedFiles"}}
    assert collecting.collect()
