import pytest

from tests import cast
from vigil.macros import commands as macros
from vigil.macros.queries import list_macros

pytestmark = pytest.mark.django_db


def make(key: str, team_id: int | None = None, **languages: str) -> int:
    return macros.ensure_macro(key=key, position=len(key), team_id=team_id, titles=languages, texts=languages)


def test_a_macro_is_made_once() -> None:
    assert make("hello", en="Hello") == make("hello", en="Changed")


def test_the_wanted_language_comes_first_and_english_where_it_is_missing() -> None:
    desk = cast.open_the_desk()
    make("a", en="Hello", ru="Здравствуйте")
    make("bb", en="Bye")
    assert [(row.language, row.title) for row in list_macros(desk.noor, "ru")] == [("ru", "Здравствуйте"), ("en", "Bye")]
    assert [row.language for row in list_macros(desk.noor, "en")] == ["en", "en"]


def test_another_teams_macros_are_not_offered() -> None:
    desk = cast.open_the_desk()
    make("theirs", desk.olek.team_ids[0], en="Theirs")
    make("everybodys", en="Hello")
    assert [row.key for row in list_macros(desk.noor, "en")] == ["everybodys"]
    assert {row.key for row in list_macros(desk.olek, "en")} == {"theirs", "everybodys"}
