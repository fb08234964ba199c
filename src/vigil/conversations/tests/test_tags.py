"""A team's own words on a conversation, and who keeps an eye on it."""

from collections.abc import Callable

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.errors import ConversationNotFound, TagNotPossible, TooManyTags
from vigil.conversations.rules import Denied, State, on_tag, tidy_tag
from vigil.safety.tests.makers import phrase
from vigil.workspace.sight import Sight

STATE = State("closed", 3, 1, 1, 5, None, None, None, 4)


@pytest.fixture
def desk(db: None) -> cast.Desk:
    return cast.open_the_desk()


def tags(desk: cast.Desk, name: str) -> tuple[str, ...]:
    row = queries.find_conversation(name, desk.noor)
    assert row is not None
    return row.tags


def puts(desk: cast.Desk, name: str, word: str, *, on: bool = True) -> conversations.Written:
    return conversations.tag(conversation=name, sight=desk.noor, word=word, on=on, at=cast.later())


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("  Bridge  Loss ", "bridge loss"),
        ("#VIP", "vip"),
        ("ＶＩＰ", "vip"),
        ("链上\n延迟", "链上 延迟"),
        ("ВОЗВРАТ", "возврат"),
        ("# ", ""),
    ],
)
def test_the_rule_writes_one_word_one_way(written: str, tidy: str) -> None:
    assert tidy_tag(written) == tidy


def test_the_rule_keeps_twenty_and_takes_the_same_word_once() -> None:
    twenty = [str(number) for number in range(20)]
    assert on_tag(STATE, twenty, tag="vip", on=True, by=5) == Denied("tags")
    for same in (on_tag(STATE, twenty, tag="3", on=True, by=5), on_tag(STATE, twenty, tag="vip", on=False, by=5)):
        assert not isinstance(same, Denied)
        assert same.entries == ()


def test_tags_are_put_on_and_taken_off_and_the_timeline_says_by_whom(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    for word in ("Bridge", "VIP", "#bridge"):
        puts(desk, name, word)
    puts(desk, name, "bridge", on=False)
    assert tags(desk, name) == ("vip",)
    told = [(entry.text, entry.data["on"], entry.agent_id) for entry in queries.get_thread(name, desk.noor).entries[2:]]
    assert told == [("bridge", True, desk.noor.agent_id), ("vip", True, desk.noor.agent_id), ("bridge", False, desk.noor.agent_id)]
    puts(desk, name, "vip", on=False)
    assert tags(desk, name) == ()


def test_a_tag_that_is_none_is_refused_and_a_twenty_first_too(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    for word in ("", " # ", "x" * 41, "\x00", "4111 1111 1111 1111"):
        with pytest.raises(TagNotPossible):
            puts(desk, name, word)
    for number in range(20):
        puts(desk, name, f"tag {number}")
    with pytest.raises(TooManyTags):
        puts(desk, name, "one more")
    assert len(tags(desk, name)) == 20


def test_a06_a_recovery_phrase_word_by_word_does_not_become_twelve_tags(desk: cast.Desk) -> None:
    name, words = cast.opens(cast.ada()), phrase("english", 11)
    for word in words:
        puts(desk, name, word)
    assert " ".join(words) not in " ".join(tags(desk, name))


def test_what_a_team_uses_most_is_suggested_and_no_other_teams(desk: cast.Desk) -> None:
    ada = cast.ada()
    for word in ("vip", "bridge", "vip"):
        puts(desk, cast.opens(ada), word)
    far = cast.opens(ada, queue=desk.far_queue)
    conversations.tag(conversation=far, sight=desk.olek, word="far", on=True, at=cast.later())
    assert queries.list_used_tags(desk.noor.team_ids[0]) == ["vip", "bridge"]
    assert queries.list_used_tags(desk.olek.team_ids[0]) == ["far"]


def test_a25_a28_others_tag_and_follow_nothing_and_she_learns_of_neither(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    refused: list[Callable[[], object]] = [
        lambda: conversations.tag(conversation=name, sight=desk.olek, word="vip", on=True, at=cast.later()),
        lambda: conversations.follow(conversation=name, sight=desk.olek, follows=True, at=cast.later()),
    ]
    for attempt in refused:
        with pytest.raises(ConversationNotFound):
            attempt()
    puts(desk, name, "difficult")
    conversations.follow(conversation=name, sight=desk.sol, follows=True, at=cast.later())
    assert [entry.kind for entry in queries.list_for_record(name, ada)[1]] == ["opened", "message"]


def test_who_follows_keeps_their_marks_and_may_stop(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    written = puts(desk, name, "vip")
    conversations.mark_seen(conversation=name, who=desk.sol, delivered=2, read=2)
    for follows in (True, True, False):
        conversations.follow(conversation=name, sight=desk.sol, follows=follows, at=cast.later())
        assert (desk.sol.agent_id in queries.followers_of(written.conversation_id)) is follows
    conversations.follow(conversation=name, sight=desk.sol, follows=True, at=cast.later())
    conversations.mark_seen(conversation=name, who=desk.sol, delivered=3, read=3)
    assert desk.sol.agent_id in queries.followers_of(written.conversation_id)
    assert desk.noor.agent_id not in queries.followers_of(written.conversation_id)
    assert queries.get_thread(name, desk.noor).marks.team_read == 3


@pytest.mark.django_db(transaction=True)
def test_a33_agents_who_tag_and_follow_at_once_lose_none() -> None:
    desk = cast.open_the_desk()
    name = cast.opens(cast.ada())

    def tags_it(sight: Sight, word: str) -> Callable[[], object]:
        return lambda: conversations.tag(conversation=name, sight=sight, word=word, on=True, at=cast.later())

    follows = [lambda: conversations.follow(conversation=name, sight=desk.sol, follows=True, at=cast.later())] * 2
    outcomes = cast.at_once(tags_it(desk.noor, "vip"), tags_it(desk.sol, "bridge"), tags_it(desk.sol, "vip"), *follows)
    assert sorted(tags(desk, name)) == ["bridge", "vip"]
    entries = queries.get_thread(name, desk.noor).entries
    assert sorted(str(entry.text) for entry in entries[2:]) == ["bridge", "vip"]
    assert desk.sol.agent_id in queries.followers_of(outcomes[0].conversation_id)
