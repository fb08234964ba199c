"""A conversation changes hands together with what the next one needs to know, or stays where it is."""

from uuid import UUID, uuid4

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.errors import ConversationIsClosed, ConversationNotFound, KeyReused, NotAColleague
from vigil.safety.marks import MARK
from vigil.safety.refusals import WordsEmpty
from vigil.safety.tests.makers import phrase
from vigil.workspace.sight import Sight

WHY = "She asks in Russian; the hash is checked."


@pytest.fixture
def desk(db: None) -> cast.Desk:
    return cast.open_the_desk()


def hands(sight: Sight, name: str, to: int | None, text: str = WHY, *, key: UUID | None = None) -> conversations.Written:
    return conversations.hand_over(conversations.Words(name, sight, key or uuid4(), text, "note"), to=to, at=cast.later(2))


def story(desk: cast.Desk, name: str) -> list[tuple[str, object]]:
    return [(entry.kind, entry.data.get("to") or entry.text) for entry in queries.get_thread(name, desk.noor).entries[2:]]


def test_the_note_and_the_new_agent_come_together_and_once_a_key(desk: cast.Desk) -> None:
    name, key = cast.opens(cast.ada()), uuid4()
    written = [hands(desk.noor, name, desk.sol.agent_id, key=key) for _ in range(2)]
    assert [each.is_repeat for each in written] == [False, True]
    assert story(desk, name) == [("note", WHY), ("assigned", desk.sol.agent_id)]
    with pytest.raises(KeyReused):
        hands(desk.noor, name, desk.sol.agent_id, "Other words.", key=key)


def test_where_the_one_is_refused_the_other_is_not_kept(desk: cast.Desk) -> None:
    name, over = cast.opens(cast.ada()), cast.opens(cast.wei())
    conversations.set_status(conversation=over, sight=desk.noor, status="closed", at=cast.later())
    with pytest.raises(NotAColleague):
        hands(desk.noor, name, desk.olek.agent_id)
    with pytest.raises(WordsEmpty):
        hands(desk.noor, name, desk.sol.agent_id, " ")
    with pytest.raises(ConversationIsClosed):
        hands(desk.noor, over, desk.sol.agent_id)
    assert story(desk, name) == []
    assert [kind for kind, _ in story(desk, over)] == ["status"]


def test_back_to_the_queue_with_a_word_and_a_note_to_whoever_has_it_already(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    hands(desk.noor, name, desk.sol.agent_id)
    hands(desk.noor, name, desk.sol.agent_id, "One thing more.")
    hands(desk.sol, name, None, "My shift ends.")
    assert [kind for kind, _ in story(desk, name)] == ["note", "assigned", "note", "note", "assigned"]
    row = queries.find_conversation(name, desk.noor)
    assert row is not None
    assert row.assignee_id is None


def test_a06_a_secret_in_the_note_is_removed_like_anywhere(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    hands(desk.noor, name, desk.sol.agent_id, "Hers is " + " ".join(phrase("english", 9)))
    note, removed, assigned = queries.get_thread(name, desk.noor).entries[2:]
    assert note.text is not None
    assert MARK.search(note.text)
    assert (removed.kind, removed.data["of"], assigned.kind) == ("secret_removed", note.seq, "assigned")


def test_a25_a28_others_hand_nothing_over_and_she_reads_no_note(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    with pytest.raises(ConversationNotFound):
        hands(desk.olek, name, desk.olek.agent_id)
    hands(desk.noor, name, desk.sol.agent_id)
    assert [entry.kind for entry in queries.list_for_record(name, ada)[1]] == ["opened", "message", "assigned"]


@pytest.mark.django_db(transaction=True)
def test_a33_two_agents_who_hand_over_at_once_leave_one_story() -> None:
    desk = cast.open_the_desk()
    name = cast.opens(cast.ada())
    cast.at_once(
        lambda: hands(desk.noor, name, desk.sol.agent_id, "To Sol."),
        lambda: hands(desk.sol, name, desk.noor.agent_id, "To Noor."),
        lambda: conversations.assign(conversation=name, sight=desk.sol, agent_id=desk.sol.agent_id, at=cast.later(2)),
    )
    entries = queries.get_thread(name, desk.noor).entries
    steps = [entry.data for entry in entries if entry.kind == "assigned"]
    assert [step["from"] for step in steps] == [None, *(step["to"] for step in steps[:-1])]
    row = queries.find_conversation(name, desk.noor)
    assert row is not None
    assert row.assignee_id == steps[-1]["to"]
    kinds = [entry.kind for entry in entries[2:]]
    assert kinds.count("note") == 2
