"""Who gets what, how much may wait for a slow client, and when a stream has to end."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.kernel.live.frames import KEEP_ALIVE, Frame, from_signal, make
from vigil.kernel.live.hub import MOST_STREAMS_OF_ONE, Hub
from vigil.kernel.live.refusals import Busy, TooMany
from vigil.kernel.live.shown import Shown
from vigil.kernel.live.subscriber import MOST_BYTES, MOST_FRAMES, PIECE
from vigil.kernel.live.tokens import Claims

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Hands:
    """A clock that is moved by hand, in unix seconds."""

    def __init__(self) -> None:
        self.at = NOON.timestamp()

    def __call__(self) -> float:
        return self.at


def claims(subject: str, *topics: str, minutes: float = 10) -> Claims:
    return Claims(subject, frozenset(topics), "widget", NOON + timedelta(minutes=minutes))


def entry(topic: str, seq: int, size: int = 10) -> Frame:
    return make(topic, "entry", {"text": "x" * size}, conversation=topic, seq=seq)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def hub(hands: Hands) -> Hub:
    return Hub(hands)


def test_a_frame_reaches_those_who_listen_to_its_topic_and_nobody_else(hub: Hub) -> None:
    ada, mallory = hub.subscribe(claims("guest:ada", "c:1")), hub.subscribe(claims("guest:mallory", "c:2"))
    assert hub.publish(entry("c:1", 1)) == 1
    assert [frame.seq for frame in ada.take()] == [1]
    assert mallory.take() == []


@pytest.mark.parametrize("topic", ["c:*", "c:%", "c:", "*", "c:1*", "C:1", "c:1 ", "c:１", "c:_", "#", ""])
def test_v29_a_topic_is_compared_letter_by_letter(hub: Hub, topic: str) -> None:
    mallory = hub.subscribe(claims("guest:mallory", topic))
    hub.publish(entry("c:1", 1))
    assert mallory.take() == []


def test_v29_the_right_to_a_frame_is_checked_when_it_is_sent(hub: Hub, hands: Hands) -> None:
    ada = hub.subscribe(claims("guest:ada", "c:1", minutes=1))
    hub.publish(entry("c:1", 1))
    ada.topics = frozenset()
    hub.publish(entry("c:1", 2))
    ada.topics = frozenset({"c:1"})
    hands.at += 61
    hub.publish(entry("c:1", 3))
    assert [frame.seq for frame in ada.take()] == [1]


def test_a_frame_is_written_once_however_many_receive_it(hub: Hub) -> None:
    listeners = [hub.subscribe(claims(f"guest:{n}", "c:1")) for n in range(3)]
    hub.publish(entry("c:1", 7))
    written = {id(listener.take()[0].sse) for listener in listeners}
    assert len(written) == 1


def test_an_entry_is_written_as_the_event_stream_standard_asks() -> None:
    assert Frame("c:1", "entry", b'{"a":1}', "c:1", 7).sse == b'id: 7\nevent: entry\ndata: {"a":1}\n\n'
    assert Frame("c:1", "typing", b"{}").sse == b"event: typing\ndata: {}\n\n"


def test_words_with_line_breaks_stay_on_one_line() -> None:
    assert make("c:1", "entry", {"text": "a\nb\r\u2028id: 9"}).data.count(b"\n") == 0


def test_f18_a_queue_of_500_frames_is_full_and_the_client_is_sent_away(hub: Hub) -> None:
    ada, wei = hub.subscribe(claims("guest:ada", "c:1")), hub.subscribe(claims("guest:wei", "c:1"))
    for seq in range(1, MOST_FRAMES + 2):
        hub.publish(entry("c:1", seq))
        wei.take()
    assert ada.closing == "slow"
    assert [frame.sse for frame in ada.take()] == [b'event: bye\ndata: {"reason":"slow"}\n\n']
    assert wei.closing is None
    assert hub.counts.slow == 1


def test_f18_no_client_makes_us_hold_more_than_its_share(hub: Hub) -> None:
    ada = hub.subscribe(claims("guest:ada", "c:1"))
    for seq in range(1, 400):
        hub.publish(entry("c:1", seq, size=3000))
        assert ada.size + ada.sending <= MOST_BYTES
    assert ada.closing == "slow"


def test_what_is_under_way_counts_against_the_share(hub: Hub) -> None:
    ada = hub.subscribe(claims("guest:ada", "c:1"))
    hub.publish(entry("c:1", 1, size=MOST_BYTES // 2))
    ada.take()
    hub.publish(entry("c:1", 2, size=MOST_BYTES // 2))
    assert ada.closing == "slow"


def test_frames_are_taken_in_pieces(hub: Hub) -> None:
    ada = hub.subscribe(claims("guest:ada", "c:1"))
    for seq in range(1, 21):
        hub.publish(entry("c:1", seq, size=5000))
    first = ada.take()
    assert 1 < len(first) <= PIECE // 5000 + 1
    rest = [frame.seq for frame in first]
    while piece := ada.take():
        rest += [frame.seq for frame in piece]
    assert rest == list(range(1, 21))


def test_signals_are_dropped_first_when_a_queue_is_half_full(hub: Hub) -> None:
    ada = hub.subscribe(claims("guest:ada", "c:1"))
    typing = from_signal({"topic": "c:1", "event": "typing", "data": "{}"})
    for seq in range(1, MOST_FRAMES // 2 + 1):
        hub.publish(entry("c:1", seq))
    assert hub.publish(typing) == 0
    assert hub.publish(entry("c:1", 999)) == 1
    assert ada.closing is None
    assert hub.counts.dropped == 1


def test_v43_a_revoked_subject_gets_a_bye_and_nothing_after_it(hub: Hub) -> None:
    noor, olek = hub.subscribe(claims("agent:noor", "t:1")), hub.subscribe(claims("agent:olek", "t:1"))
    hub.publish(entry("t:1", 1))
    hub.revoke("agent:noor")
    hub.publish(entry("t:1", 2))
    assert [frame.event for frame in noor.take()] == ["bye"]
    assert [frame.seq for frame in olek.take()] == [1, 2]


def test_v43_a_token_from_before_the_revocation_is_dead_and_a_newer_one_is_not(hub: Hub, hands: Hands) -> None:
    hub.revoke("agent:noor")
    assert hub.is_revoked(claims("agent:noor", "t:1"))
    assert hub.is_revoked(claims("agent:noor", "t:1", minutes=3))
    assert not hub.is_revoked(claims("agent:noor", "t:1", minutes=10.1))
    assert not hub.is_revoked(claims("agent:olek", "t:1"))
    hands.at += 601
    hub.forget_losses()
    assert not hub.is_revoked(claims("agent:noor", "t:1"))


def test_a_stream_ends_at_the_last_visit_before_its_token_does_and_so_misses_nothing(hub: Hub, hands: Hands) -> None:
    ada = hub.subscribe(claims("guest:ada", "c:1", minutes=1))
    hands.at += 54
    hub.visit(hub.everybody())
    assert hub.publish(entry("c:1", 1)) == 1
    assert [frame.seq for frame in ada.take()] == [1]
    hands.at += 5
    hub.visit(hub.everybody())
    assert [frame.data for frame in ada.take()] == [b'{"reason":"expired"}']


def test_a_silent_stream_is_kept_alive_every_25_seconds_and_a_busy_one_is_not(hub: Hub) -> None:
    ada, wei = hub.subscribe(claims("guest:ada", "c:1")), hub.subscribe(claims("guest:wei", "c:2"))
    for _ in range(5):
        hub.publish(entry("c:2", 1))
        wei.take()
        hub.visit(hub.everybody())
    assert [frame.sse for frame in ada.take()] == [KEEP_ALIVE]
    assert wei.take() == []


def test_streams_of_the_beating_door_are_asked_for_a_sign_of_life_every_20_seconds_silent_or_not(hands: Hands) -> None:
    hub = Hub(hands, beating="widget")
    silent, busy = hub.subscribe(claims("guest:ada", "c:1")), hub.subscribe(claims("guest:wei", "c:2"))
    beats = []
    for _ in range(8):
        hub.publish(entry("c:2", 1))
        hub.visit(hub.everybody())
        beats += [(frame.event, frame.seq) for frame in (*silent.take(), *busy.take()) if frame.seq is None]
    assert beats == [("beat", None)] * 4


def test_a_stream_that_does_not_even_take_its_bye_is_cut(hub: Hub) -> None:
    cut: list[str] = []
    ada = hub.subscribe(claims("guest:ada", "c:1"), lambda: cut.append("ada"))
    ada.close("slow")
    hub.visit(hub.everybody())
    assert cut == []
    hub.visit(hub.everybody())
    assert cut == ["ada"]


def test_a_draining_hub_says_goodbye_and_takes_nobody_in(hub: Hub) -> None:
    ada = hub.subscribe(claims("guest:ada", "c:1"))
    hub.drain("restart")
    assert [frame.data for frame in ada.take()] == [b'{"reason":"restart"}']
    with pytest.raises(Busy):
        hub.subscribe(claims("guest:wei", "c:2"))


def test_one_subject_may_not_open_streams_without_end(hub: Hub) -> None:
    for _ in range(MOST_STREAMS_OF_ONE):
        hub.subscribe(claims("guest:mallory", "c:1"))
    with pytest.raises(TooMany):
        hub.subscribe(claims("guest:mallory", "c:1"))
    hub.subscribe(claims("guest:ada", "c:1"))


def test_a_stream_that_left_leaves_nothing_behind(hub: Hub) -> None:
    ada = hub.subscribe(claims("guest:ada", "c:1", "c:2"))
    hub.unsubscribe(ada)
    hub.unsubscribe(ada)
    report = hub.report()
    assert (report["streams"], report["subjects"], report["topics"]) == (0, 0, 0)


def test_a_sleeper_is_woken_by_a_frame_and_never_misses_one(hub: Hub) -> None:
    async def story() -> None:
        ada = hub.subscribe(claims("guest:ada", "c:1"))
        hub.publish(entry("c:1", 1))
        await asyncio.wait_for(ada.sleep(), 0.1)
        ada.take()
        sleeping = ada.sleep()
        assert not sleeping.done()
        hub.publish(entry("c:1", 2))
        hub.publish(entry("c:1", 3))
        await asyncio.wait_for(sleeping, 0.1)
        assert [frame.seq for frame in ada.take()] == [2, 3]

    asyncio.run(story())


def test_an_entry_is_shown_ahead_of_the_reader_and_not_once_more(hub: Hub) -> None:
    ada = hub.subscribe(claims("guest:ada", "c:1"))
    hub.publish_all([entry("c:1", 1)])
    hub.publish_ahead([entry("c:1", 2), entry("c:1", 3)])
    hub.publish_all([entry("c:1", 2), entry("c:1", 3), entry("c:1", 4)])
    assert [frame.seq for frame in ada.take()] == [1, 2, 3, 4]


def test_an_entry_that_does_not_come_next_is_left_to_the_reader(hub: Hub) -> None:
    ada = hub.subscribe(claims("guest:ada", "c:1"))
    hub.publish_ahead([entry("c:1", 2)])  # What came before it is not known here.
    hub.publish_all([entry("c:1", 1)])
    hub.publish_ahead([entry("c:1", 3)])  # Number 2 was written elsewhere and has not been read yet.
    assert [frame.seq for frame in ada.take()] == [1]
    hub.publish_all([entry("c:1", 2), entry("c:1", 3)])
    assert [frame.seq for frame in ada.take()] == [2, 3]


def test_both_sides_of_an_entry_are_shown_though_they_share_its_number(hub: Hub) -> None:
    ada, noor = hub.subscribe(claims("guest:ada", "p:1")), hub.subscribe(claims("agent:noor", "t:1"))
    hub.publish_all([make(topic, "entry", {}, conversation="c", seq=1) for topic in ("t:1", "p:1")])
    hub.publish_ahead([make(topic, "entry", {}, conversation="c", seq=2) for topic in ("t:1", "p:1")])
    assert [frame.seq for frame in ada.take()] == [frame.seq for frame in noor.take()] == [1, 2]


def test_the_conversations_that_were_silent_longest_are_forgotten() -> None:
    shown = Shown()
    for number in range(20_001):
        shown.note([entry(f"c:{number}", 1)])
    assert not shown.has("c:0", 1)
    assert shown.has("c:1", 1)
    assert shown.has("c:20000", 1)


@given(st.lists(st.sampled_from(["write", "show ahead", "read"]), max_size=40))
def test_however_writers_and_the_reader_take_turns_everything_is_shown_once_and_in_order(turns: list[str]) -> None:
    hub = Hub(NOON.timestamp)
    ada = hub.subscribe(claims("guest:ada", "c:1"))
    written = read = 0
    heard: list[int | None] = []
    for turn in [*turns, "read"]:
        if turn == "read":
            hub.publish_all([entry("c:1", seq) for seq in range(read + 1, written + 1)])
            read = written
        else:
            written += 1
            if turn == "show ahead":
                hub.publish_ahead([entry("c:1", written)])
        heard += [frame.seq for frame in ada.take()]
    assert heard == list(range(1, written + 1))
