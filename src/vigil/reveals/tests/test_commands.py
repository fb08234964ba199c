"""Whoever wants to see what is masked says why; that is kept, and the value itself nowhere."""

from datetime import timedelta

import pytest
from django.apps import apps

from tests import cast
from vigil.audit.queries import list_records
from vigil.conversations import commands
from vigil.conversations import queries as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.customers import commands as customers
from vigil.reveals.commands import LONGEST_REASON, reveal
from vigil.reveals.errors import PersonalNotFound, ReasonUnsaid
from vigil.reveals.queries import Count, Personal, counts_of, list_reveals, personal_beside, personal_fact
from vigil.safety.refusals import WordsTooLong
from vigil.team import queries as people
from vigil.workspace.sight import Sight

SECRET = "legal winner thank year wave sausage worth useful legal winner thank yellow"


@pytest.fixture
def desk(db: None) -> cast.Desk:
    return cast.open_the_desk()


def beside(name: str, sight: Sight) -> dict[str, Personal]:
    _row, found = conversations.get_facts(name, sight)
    return {each.kind: each for each in personal_beside(name, found)}


def looks(sight: Sight, name: str, key: str, *, reason: str = "reach", words: str = "", minute: float = 1) -> Personal:
    return reveal(conversation=name, sight=sight, key=key, reason=reason, words=words, at=cast.later(minute))


def test_a62_a_look_gives_the_value_and_leaves_who_whose_what_why_and_when(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    customers.give_address(customer_id=ada, email="ada.byron@letters.example", at=cast.NIGHT)
    known = beside(name, desk.noor)
    assert {kind: each.masked for kind, each in known.items()} == {"address": "a•••@l•••.example", "email": "a•••@m•••.example"}
    assert looks(desk.noor, name, known["address"].key).value == "ada.byron@letters.example"
    (row,) = list_reveals(desk.noor.agent_id, desk.sol)
    assert (row.conversation, row.customer, row.kind, row.reason, row.at) == (name, "Ada Byron", "address", "reach", cast.later())
    record = list_records(action="reveals.personal_shown").rows[0]
    assert (record.actor, record.subject, record.at) == (f"agent:{desk.noor.agent_id}", f"customer:{ada}", cast.later())
    assert {"what": "address", "reason": "reach"}.items() <= record.details.items()
    stored = [list(model.objects.values()) for model in (apps.get_model("reveals", "Reveal"), apps.get_model("audit", "Record"))]
    assert "letters.example" not in str(stored)


def test_a62_another_reason_is_said_in_words_and_they_are_screened(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    key = beside(name, desk.noor)["email"].key
    for silence in ("", "  \u200b "):
        with pytest.raises(ReasonUnsaid):
            looks(desk.noor, name, key, reason="other", words=silence)
    with pytest.raises(WordsTooLong):
        looks(desk.noor, name, key, reason="other", words="x" * (LONGEST_REASON + 1))
    with pytest.raises(ValueError, match="boredom"):
        looks(desk.noor, name, key, reason="boredom")
    assert counts_of([desk.noor.agent_id], at=cast.later(2)) == {}
    looks(desk.noor, name, key, reason="other", words=f"She dictated it: {SECRET}")
    (row,) = list_reveals(desk.noor.agent_id, desk.noor)
    assert SECRET not in str(row.words)
    assert str(row.words).startswith("She dictated it")


def test_a59_nobody_looks_at_what_they_do_not_see_and_a_key_opens_nothing_elsewhere(desk: cast.Desk) -> None:
    name, other = cast.opens(cast.ada()), cast.opens(cast.wei())
    key = beside(name, desk.noor)["email"].key
    with pytest.raises(ConversationNotFound):
        looks(desk.olek, name, key)
    for wrong in (key[:-1], "email-0000000000000000", ""):
        with pytest.raises(PersonalNotFound):
            looks(desk.noor, name, wrong)
    with pytest.raises(PersonalNotFound):
        looks(desk.noor, other, key)
    assert counts_of([desk.noor.agent_id, desk.olek.agent_id], at=cast.later(2)) == {}


def test_a62_what_a_customer_has_said_is_masked_beside_their_words_too(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada(), "Write to ada.b@other.example about 500 USDT, please. +44 7700 900123")
    facts = conversations.facts_of(conversations.get_thread(name, desk.noor).entries)
    personal = {each.kind: each for fact in facts if (each := personal_fact(name, fact))}
    assert set(personal) == {"email", "phone"}
    assert looks(desk.noor, name, personal["email"].key).value == "ada.b@other.example"


def test_a62_looks_are_counted_by_the_clock_and_beyond_the_usual_they_are_marked(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    key = beside(name, desk.noor)["email"].key
    for minute in (0, 60, 23 * 60):
        looks(desk.noor, name, key, minute=minute)
    at = cast.NIGHT + timedelta(hours=24)
    assert counts_of([desk.noor.agent_id, desk.sol.agent_id], at=at) == {desk.noor.agent_id: Count(2, 3)}
    assert counts_of([desk.noor.agent_id], at=at + timedelta(days=8)) == {}
    assert [Count(n, n).is_unusual for n in (30, 31)] == [False, True]


def test_a59_looks_in_conversations_of_another_team_are_listed_to_nobody_here(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    looks(desk.noor, name, beside(name, desk.noor)["email"].key)
    commands.move(conversation=name, sight=desk.noor, queue_id=people.get_queue(desk.far_queue).id, at=cast.later(2))
    assert list_reveals(desk.noor.agent_id, desk.sol) == []
    # That there were some is known all the same.
    assert counts_of([desk.noor.agent_id], at=cast.later(3)) == {desk.noor.agent_id: Count(1, 1)}
