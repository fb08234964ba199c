"""The written world: it loads, it is whole, and a careless edit is refused by name."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from vigil.demo.world.loader import HERE, WorldError, load_world
from vigil.demo.world.schema import LANGUAGES, World

WORLD = load_world()
Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """Copy the world and change one spot of one file."""

    def change(name: str, before: str, after: str) -> Path:
        shutil.copytree(HERE, tmp_path / "world", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        path = tmp_path / "world" / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        return tmp_path / "world"

    return change


def test_the_world_has_three_teams_and_everybody_in_them() -> None:
    assert [team.key for team in WORLD.teams] == ["apac", "emea", "amer"]
    assert Counter(person.role for person in WORLD.staff) == {"agent": 12, "supervisor": 4, "admin": 1}


def test_forty_customers_speak_all_eleven_languages() -> None:
    assert sum(customer.uid is not None for customer in WORLD.customers) == 40
    assert {customer.language for customer in WORLD.customers} == set(LANGUAGES)


def test_every_language_is_somebody_s_mother_tongue() -> None:
    assert {language for person in WORLD.staff for language, level in person.languages.items() if level == "C2"} == set(LANGUAGES)


def test_conversations_one_to_thirty_two_are_written() -> None:
    assert set(range(1, 33)) <= {conversation.number for conversation in WORLD.conversations}


def test_every_conversation_is_three_to_fourteen_turns_long_but_the_ticket_that_waits_to_be_merged() -> None:
    lengths = {c.number: sum(turn.who != "resolve" for turn in c.turns) for c in WORLD.conversations}
    assert {number: length for number, length in lengths.items() if not 3 <= length <= 14} == {8: 1}


def test_a_conversation_that_waits_for_the_customer_has_been_answered() -> None:
    waiting = [c for c in WORLD.conversations if c.status == "waiting"]
    assert all(any(turn.who == "agent" for turn in one.turns) for one in waiting)


def test_an_empty_folder_is_an_empty_world(tmp_path: Path) -> None:
    assert load_world(tmp_path) == World()


@pytest.mark.parametrize(
    ("name", "before", "after", "complaint"),
    [
        ("staff.toml", 'role = "agent"', 'role = "hero"', "'hero'"),
        ("staff.toml", 'zone = "Asia/Taipei"', "", "lacks zone"),
        ("staff.toml", "chats_at_once = 4", 'chats_at_once = "4"', "is no int"),
        ("staff.toml", 'team = "apac"', 'team = "lunar"', "belongs to no team"),
        ("customers.toml", 'tier = "T1"', 'tier = "T1"\nshoe_size = 43', "does not know shoe_size"),
        ("customers.toml", "zhang.rui@mail.example", "zhang.rui@mail.com", "could exist"),
        ("conversations/en.toml", 'customer = "liam-walsh"', 'customer = "nobody"', "'nobody'"),
        ("conversations/en.toml", "{uid}", "{user}", "no placeholder"),
        ("conversations/en.toml", 'agent = "jordan-blake"', 'agent = "zhang-rui"', "'zhang-rui'"),
        ("conversations/en.toml", "number = 16", "number = 15", "twice"),
        ("conversations/en.toml", 'language = "en"', 'language = "ru"', "another language.s file"),
    ],
)
def test_a_careless_edit_is_refused_by_name(edit: Edit, name: str, before: str, after: str, complaint: str) -> None:
    with pytest.raises(WorldError, match=complaint):
        load_world(edit(name, before, after))
