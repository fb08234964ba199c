"""From whom nothing is taken any more, and how they are told."""

from functools import partial
from uuid import uuid4

import pytest
from django.utils import translation

from tests import cast
from vigil.audit.models import Record
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.errors import BlockedForAbuse, BlockedForSpam, ConversationNotFound
from vigil.conversations.models import Conversation, Entry
from vigil.customers import queries as customers
from vigil.workspace.sight import Sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


def blocks(sight: Sight, name: str, reason: str = "abuse", minutes: float = 1) -> conversations.Written:
    return conversations.block_customer(conversation=name, sight=sight, reason=reason, at=cast.later(minutes))


def rates(customer_id: int, name: str) -> conversations.Written:
    return conversations.rate_conversation(conversations.Rating(name, customer_id, uuid4(), 1, "Bah."), at=cast.later(5))


def test_nothing_is_taken_from_whoever_is_blocked_in_any_conversation_of_theirs(desk: cast.Desk) -> None:
    mallory = cast.mallory()
    name, other = cast.opens(mallory), cast.opens(mallory, "And this?", queue="amer-general")
    assert blocks(desk.noor, name).entry is not None
    conversations.set_status(conversation=name, sight=desk.noor, status="resolved", at=cast.later(2))
    before = (Entry.objects.count(), Conversation.objects.count())
    for deed in (
        partial(cast.writes, mallory, name, "You fools.", at=cast.later(3)),
        partial(cast.writes, mallory, other, "You fools.", at=cast.later(3)),
        partial(cast.opens, mallory, "New words.", at=cast.later(3)),
        partial(rates, mallory, name),
    ):
        with pytest.raises(BlockedForAbuse):
            deed()
    assert (Entry.objects.count(), Conversation.objects.count()) == before
    cast.writes(cast.ada(), cast.opens(cast.ada()), "I am not Mallory.", at=cast.later(3))


def test_they_are_told_why_in_their_language(desk: cast.Desk) -> None:
    mallory = cast.mallory()
    name = cast.opens(mallory)
    blocks(desk.noor, name, "spam")
    with pytest.raises(BlockedForSpam) as refused:
        cast.writes(mallory, name, "Buy this.", at=cast.later(3))
    assert (refused.value.code, refused.value.status) == ("blocked", 403)
    sentences = set()
    for language in ("en", "ru", "zh-hans", "ko"):
        with translation.override(language):
            sentences.add(refused.value.say())
    assert len(sentences) == 4


def test_what_was_stored_before_is_answered_as_it_was(desk: cast.Desk) -> None:
    mallory, key = cast.mallory(), uuid4()
    name = cast.opens(mallory)
    stored = cast.writes(mallory, name, "You fools.", at=cast.later(0.5), key=key)
    blocks(desk.noor, name)
    again = cast.writes(mallory, name, "You fools.", at=cast.later(2), key=key)
    assert again.is_repeat
    assert again.entry == stored.entry
    assert len(queries.list_for_record(name, mallory)[1]) == 3


def test_a_block_is_written_down_audited_and_taken_back(desk: cast.Desk) -> None:
    mallory = cast.mallory()
    name = cast.opens(mallory)
    blocks(desk.noor, name)
    assert blocks(desk.sol, name).entry is None
    blocks(desk.sol, name, "spam")
    assert customers.get_customer(mallory).block_reason == "spam"
    blocks(desk.noor, name, "")
    assert blocks(desk.noor, name, "").entry is None
    assert customers.get_customer(mallory).block_reason == ""
    assert cast.writes(mallory, name, "Sorry.", at=cast.later(3)).entry is not None
    written = [entry.data["reason"] for entry in queries.get_thread(name, desk.noor).entries if entry.kind == "blocked"]
    assert written == ["abuse", "spam", ""]
    told = Record.objects.filter(subject=f"customer:{mallory}").order_by("number").values_list("action", "actor")
    blocked, noor = "conversations.customer_blocked", f"agent:{desk.noor.agent_id}"
    assert list(told) == [(blocked, noor), (blocked, f"agent:{desk.sol.agent_id}"), ("conversations.customer_unblocked", noor)]
    with pytest.raises(ValueError, match="fun"):
        blocks(desk.noor, name, "fun")


def test_a25_an_agent_of_another_team_blocks_nobody_here(desk: cast.Desk) -> None:
    mallory = cast.mallory()
    name = cast.opens(mallory)
    with pytest.raises(ConversationNotFound):
        blocks(desk.olek, name)
    assert customers.get_customer(mallory).block_reason == ""


def test_a28_the_customers_record_says_nothing_of_it(desk: cast.Desk) -> None:
    mallory = cast.mallory()
    name = cast.opens(mallory)
    blocks(desk.noor, name)
    assert "blocked" not in [entry.kind for entry in queries.list_for_record(name, mallory)[1]]


@pytest.mark.django_db(transaction=True)
def test_a33_two_agents_in_two_conversations_of_the_same_customer_block_once() -> None:
    desk, mallory = cast.open_the_desk(), cast.mallory()
    name, other = cast.opens(mallory), cast.opens(mallory, "And this?")
    outcomes = cast.at_once(partial(blocks, desk.noor, name), partial(blocks, desk.sol, other))
    assert sorted(outcome.entry is None for outcome in outcomes) == [False, True]
    assert Entry.objects.filter(kind="blocked").count() == 1
    assert Record.objects.filter(subject=f"customer:{mallory}").count() == 1
