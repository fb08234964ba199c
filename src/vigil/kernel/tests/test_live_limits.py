"""How often somebody may do something."""

from hypothesis import given
from hypothesis import strategies as st

from vigil.kernel.live.limits import Buckets, TokenBucket


def test_a15_twenty_messages_in_ten_seconds_and_not_one_more() -> None:
    at = 0.0
    buckets = Buckets(20, 10.0, monotonic=lambda: at)
    assert [buckets.take("guest:mallory") for _ in range(20)] == [0] * 20
    assert buckets.take("guest:mallory") == 1
    assert buckets.take("guest:ada") == 0


def test_a_bucket_fills_up_again() -> None:
    bucket = TokenBucket(20, 10.0, 0.0)
    for _ in range(20):
        bucket.take(0.0)
    assert bucket.take(0.0) == 0.5
    assert bucket.take(0.5) == 0.0


def test_a_clock_that_steps_back_gives_nothing_away() -> None:
    bucket = TokenBucket(1, 10.0, 100.0)
    assert bucket.take(100.0) == 0.0
    assert bucket.take(50.0) > 0.0


def test_memory_is_bounded_and_the_quietest_is_forgotten() -> None:
    buckets = Buckets(1, 10.0, capacity=100, monotonic=lambda: 0.0)
    buckets.take("ada")
    for number in range(99):
        buckets.take(f"guest:{number}")
    buckets.take("ada")
    buckets.take("one more")
    assert len(buckets) == 100
    assert buckets.take("ada") > 0
    assert buckets.take("guest:0") == 0


@given(st.lists(st.floats(0, 3), min_size=1, max_size=200))
def test_no_pattern_of_asking_gets_more_than_the_rate(pauses: list[float]) -> None:
    bucket, at, granted = TokenBucket(20, 10.0, 0.0), 0.0, 0
    for pause in pauses:
        at += pause
        granted += bucket.take(at) == 0.0
    assert granted <= 20 + 2 * at + 1e-6
