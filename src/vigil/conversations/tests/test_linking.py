"""Conversations that belong together, whoever their customers are."""

from functools import partial

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.errors import ConversationNotFound, NothingToLink, TooManyLinks
from vigil.conversations.models import Entry, Link
from vigil.workspace.sight import Sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


def links(sight: Sight, name: str, other: str, *, on: bool = True) -> conversations.Written:
    return conversations.link(conversation=name, other=other, sight=sight, on=on, at=cast.later())


def linked(sight: Sight, name: str) -> list[str]:
    return [row.public_id for row in queries.get_facts(name, sight)[1].linked]


def test_a_link_is_seen_from_both_ends_and_taken_away_from_either(desk: cast.Desk) -> None:
    adas, weis = cast.opens(cast.ada()), cast.opens(cast.wei())
    assert links(desk.noor, weis, adas).entry is not None
    assert links(desk.sol, adas, weis).entry is None
    assert (linked(desk.noor, adas), linked(desk.noor, weis)) == ([weis], [adas])
    links(desk.sol, adas, weis, on=False)
    assert (linked(desk.noor, adas), linked(desk.noor, weis)) == ([], [])
    assert links(desk.sol, adas, weis, on=False).entry is None
    for name in (adas, weis):
        written = [entry.data["on"] for entry in queries.get_thread(name, desk.noor).entries if entry.kind == "linked"]
        assert written == [True, False]
        assert "linked" not in [entry.kind for entry in queries.list_for_record(name, queries.get_facts(name, desk.noor)[0].customer_id)[1]]


def test_nothing_is_linked_with_itself_or_with_too_many(desk: cast.Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigil.conversations.rules.pairs.MOST_LINKS", 1)
    one, two, three = (cast.opens(cast.ada(), text) for text in ("1", "2", "3"))
    with pytest.raises(NothingToLink):
        links(desk.noor, one, one)
    links(desk.noor, one, two)
    with pytest.raises(TooManyLinks):
        links(desk.noor, three, two)


def test_a59_v28_what_is_out_of_sight_is_neither_linked_nor_shown(desk: cast.Desk) -> None:
    ours, theirs = cast.opens(cast.ada()), cast.opens(cast.wei(), queue=desk.far_queue)
    for sight in (desk.noor, desk.olek):
        with pytest.raises(ConversationNotFound):
            links(sight, ours, theirs)
    both = Sight(desk.sol.agent_id, "supervisor", (*desk.sol.team_ids, *desk.olek.team_ids))
    links(both, ours, theirs)
    assert (linked(both, ours), linked(desk.noor, ours), linked(desk.olek, theirs)) == ([theirs], [], [])


@pytest.mark.django_db(transaction=True)
def test_a33_two_agents_who_link_the_same_two_from_either_end_link_them_once() -> None:
    desk = cast.open_the_desk()
    adas, weis = cast.opens(cast.ada()), cast.opens(cast.wei())
    outcomes = cast.at_once(partial(links, desk.noor, adas, weis), partial(links, desk.sol, weis, adas))
    assert sorted(outcome.entry is None for outcome in outcomes) == [False, True]
    assert Link.objects.count() == 1
    assert Entry.objects.filter(kind="linked").count() == 2
