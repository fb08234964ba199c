from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import uuid4

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.drafts import commands as drafts
from vigil.drafts.errors import DraftHoldsSecret
from vigil.drafts.queries import NOTHING, find_draft, with_drafts
from vigil.drafts.rules import may_replace, next_moment, version_of
from vigil.safety.refusals import WordsTooLong
from vigil.team import commands as team
from vigil.workspace.sight import Sight

PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"
NIGHT = datetime(2026, 2, 28, 23, 58, tzinfo=UTC)


def keep(name: str, sight: Sight, text: str, *, base: str = "", kind: Literal["reply", "note"] = "reply") -> drafts.Kept:
    return drafts.keep_draft(conversation=name, sight=sight, text=text, kind=kind, base=base, at=cast.later())


def test_no_two_savings_have_one_version_even_where_the_clock_stands_or_goes_back() -> None:
    after = next_moment(NIGHT, NIGHT - timedelta(hours=1))
    assert after > NIGHT
    assert version_of(after) != version_of(NIGHT)
    assert next_moment(NIGHT, NIGHT + timedelta(hours=1)) == NIGHT + timedelta(hours=1)


@pytest.mark.parametrize(("base", "is_same", "stands"), [("7", False, True), ("6", False, False), ("", False, False), ("6", True, True)])
def test_only_what_was_written_upon_the_standing_version_or_says_the_same_takes_its_place(base: str, is_same: bool, stands: bool) -> None:
    assert may_replace("7", base=base, is_same=is_same) is stands


@pytest.mark.django_db
def test_a_draft_is_kept_for_its_agent_alone_and_goes_on_from_the_version_it_was_written_upon() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada())
    first = keep(name, desk.noor, "We have ").draft
    second = keep(name, desk.noor, "We have found it.", base=first.version, kind="note").draft
    assert find_draft(name, desk.noor.agent_id) == second
    assert (second.text, second.kind) == ("We have found it.", "note")
    assert find_draft(name, desk.sol.agent_id) == NOTHING
    row = conversations.reply(conversations.Words(cast.opens(cast.wei()), desk.noor, uuid4(), "Hello."), at=cast.later()).conversation_id
    first_id = cast.answers(desk.sol, name, "Hello.", at=cast.later()).conversation_id
    assert with_drafts(desk.noor.agent_id, [row, first_id]) == {first_id}
    assert with_drafts(desk.sol.agent_id, [row, first_id]) == set()


@pytest.mark.django_db
def test_of_two_tabs_the_later_is_told_what_the_other_wrote_and_nothing_is_lost() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada())
    base = keep(name, desk.noor, "Hello").draft.version
    there = keep(name, desk.noor, "Hello there", base=base)
    here = keep(name, desk.noor, "Hello here", base=base)
    assert (there.is_mine, here.is_mine) == (True, False)
    assert here.draft == there.draft == find_draft(name, desk.noor.agent_id)
    assert not keep(name, desk.noor, "", base=base).is_mine
    assert keep(name, desk.noor, "Hello there\n\nHello here", base=here.draft.version).is_mine


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_begin_at_once_make_one_draft() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada())
    kept = cast.at_once(lambda: keep(name, desk.noor, "one"), lambda: keep(name, desk.noor, "two"))
    assert sorted(each.is_mine for each in kept) == [False, True]
    assert len({each.draft for each in kept}) == 1


@pytest.mark.django_db
def test_empty_words_forget_the_draft_and_may_be_repeated() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada())
    base = keep(name, desk.noor, "Hello").draft.version
    assert keep(name, desk.noor, " \u200b\n", base=base) == drafts.Kept(NOTHING, is_mine=True)
    assert keep(name, desk.noor, "", base=base).is_mine
    assert find_draft(name, desk.noor.agent_id) == NOTHING


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["reply", "note"])
def test_sending_forgets_what_was_sent_or_its_beginning_and_leaves_what_was_begun_since(kind: Literal["reply", "note"]) -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada())
    keep(name, desk.noor, "We have found", kind=kind)
    keep(name, desk.sol, "We have found", kind=kind)
    conversations.reply(conversations.Words(name, desk.noor, uuid4(), "We have found it.", kind), at=cast.later(2))
    assert find_draft(name, desk.noor.agent_id) == NOTHING
    assert find_draft(name, desk.sol.agent_id).text == "We have found"
    keep(name, desk.noor, "And what is more", kind=kind)
    conversations.reply(conversations.Words(name, desk.noor, uuid4(), "It hangs in the bridge.", kind), at=cast.later(3))
    assert find_draft(name, desk.noor.agent_id).text == "And what is more"


@pytest.mark.django_db
def test_i7_a_draft_with_a_secret_is_refused_and_what_stood_before_stays() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada())
    before = keep(name, desk.noor, "She sent this:").draft
    with pytest.raises(DraftHoldsSecret):
        keep(name, desk.noor, f"She sent this: {PHRASE}", base=before.version)
    assert find_draft(name, desk.noor.agent_id) == before
    with pytest.raises(WordsTooLong):
        keep(name, desk.noor, "x" * 8001, base=before.version)


@pytest.mark.django_db
def test_a25_nobody_keeps_a_draft_where_they_do_not_see() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada())
    with pytest.raises(ConversationNotFound):
        keep(name, desk.olek, "Hello")


@pytest.mark.django_db
def test_the_drafts_of_somebody_who_leaves_are_forgotten() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada())
    keep(name, desk.noor, "Hello")
    team.switch_off(agent_id=desk.noor.agent_id, actor="system", at=cast.later())
    assert find_draft(name, desk.noor.agent_id) == NOTHING
