from uuid import uuid4

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.mentions.queries import count_unread, list_mentions
from vigil.mentions.rules import named_in, namings_in
from vigil.team import commands as team
from vigil.team import queries as people
from vigil.workspace.sight import Sight

NAMES = {1: "Noor Haddad", 2: "Noor", 3: "Sol Reyes", 4: "魏明", 5: "Ирина Власова", 6: "Sol Reyes", 7: " "}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Noor Haddad please look", [1]),
        ("@noor, please", [2]),
        ("(@NOOR HADDAD)", [1]),
        ("@Noor Haddads", [2]),
        ("@Noora", []),
        ("write to desk@Noor.example", []),
        ("a.@Noor", []),
        ("@Sol Reyes", [3, 6]),
        ("@Ирина Власова, @Noor and @Noor again", [5, 2]),
        ("请@魏明看一下", [4]),
        ("请 ＠魏明", [4]),
        ("Noor Haddad", []),
        ("@", []),
        ("@ ", []),
        ("", []),
    ],
)
def test_a_whole_name_behind_a_sign_of_its_own_names_its_bearer(text: str, named: list[int]) -> None:
    assert named_in(text, NAMES) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ask @Noor Haddad, or @Noor.", ["@Noor Haddad", "@Noor"]),
        ("STRASSE ß ＠noor ﬁ", ["＠noor"]),
        ("İ @Ирина Власова", ["@Ирина Власова"]),
        ("请@魏明看", ["@魏明"]),
        ("@STRAßE, @Strasse!", ["@STRAßE", "@Strasse"]),
        ("@Noora desk@noor.example", []),
    ],
)
def test_where_somebody_is_named_is_told_in_the_letters_as_they_were_written(text: str, named: list[str]) -> None:
    # Folded, some letters become two: places counted there would be others.
    found = namings_in(text, NAMES | {8: "Strasse"})
    assert [text[each.start : each.end] for each in found] == named


def notes(sight: Sight, name: str, text: str, *, minute: float = 1) -> int:
    written = conversations.note(conversations.Words(name, sight, uuid4(), text, "note"), at=cast.later(minute))
    assert written.entry is not None
    return written.entry.seq


def a_manager() -> Sight:
    ids = team.ensure_agent(
        email="ilse@vigil.example",
        name="Ilse Boer",
        public_name="Ilse",
        role="admin",
        languages=["en"],
        team_ids=[],
        password=cast.PASSWORD,
    )
    return people.get_sight(ids)


@pytest.mark.django_db
def test_whoever_is_named_finds_the_note_in_a_list_of_their_own_until_it_was_read() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada())
    seq = notes(desk.noor, name, "@Sol Reyes have a look, @Noor Haddad waits.")
    (row,) = list_mentions(desk.sol)
    assert (row.conversation, row.author, row.customer, row.is_read) == (name, "Noor Haddad", "Ada Byron", False)
    assert row.words == "@Sol Reyes have a look, @Noor Haddad waits."
    # Nobody is told what they wrote themselves.
    assert (count_unread(desk.sol), count_unread(desk.noor)) == (1, 0)
    conversations.mark_seen(conversation=name, who=desk.sol, delivered=seq, read=seq - 1)
    assert count_unread(desk.sol) == 1
    conversations.mark_seen(conversation=name, who=desk.noor, delivered=seq, read=seq)
    assert count_unread(desk.sol) == 1
    conversations.mark_seen(conversation=name, who=desk.sol, delivered=seq, read=seq)
    assert count_unread(desk.sol) == 0
    assert [row.is_read for row in list_mentions(desk.sol)] == [True]


@pytest.mark.django_db
def test_a59_nobody_is_named_who_does_not_see_the_conversation() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada())
    ilse = a_manager()
    notes(desk.noor, name, "@Olek Bondar and @Ilse Boer, look.")
    assert (count_unread(desk.olek), list_mentions(desk.olek)) == (0, [])
    assert count_unread(ilse) == 1
    assert set(people.names_in_sight_of(desk.noor.team_ids[0]).values()) == {"Noor Haddad", "Sol Reyes", "Ilse Boer"}


@pytest.mark.django_db
def test_a59_what_went_to_another_team_is_listed_and_counted_no_more() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada())
    notes(desk.noor, name, "@Sol Reyes have a look.")
    conversations.move(conversation=name, sight=desk.noor, queue_id=people.get_queue(desk.far_queue).id, at=cast.later(2))
    assert (count_unread(desk.sol), list_mentions(desk.sol)) == (0, [])


@pytest.mark.django_db
def test_a_note_that_comes_with_a_hand_over_names_too_and_only_once() -> None:
    desk, name, key = cast.open_the_desk(), cast.opens(cast.ada()), uuid4()
    for minute in (2, 3):
        words = conversations.Words(name, desk.noor, key, "@Sol Reyes knows her.", "note")
        conversations.hand_over(words, to=desk.sol.agent_id, at=cast.later(minute))
    (row,) = list_mentions(desk.sol)
    assert (row.words, row.is_read) == ("@Sol Reyes knows her.", False)


@pytest.mark.django_db
def test_a_reply_names_nobody_and_a_note_that_comes_again_names_once() -> None:
    desk, name, key = cast.open_the_desk(), cast.opens(cast.ada()), uuid4()
    cast.answers(desk.noor, name, "@Sol Reyes will help you.", at=cast.later())
    assert count_unread(desk.sol) == 0
    for minute in (2, 3):
        conversations.note(conversations.Words(name, desk.noor, key, "@Sol Reyes @Sol Reyes", "note"), at=cast.later(minute))
    assert count_unread(desk.sol) == 1
