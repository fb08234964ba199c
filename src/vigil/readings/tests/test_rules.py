"""When reading is unusual, when too much, and when that is news."""

from datetime import timedelta

from tests import cast
from vigil.readings.rules import HOUR, Count, Limits, is_news

LIMITS = Limits(usual=2, most=4)


def test_the_usual_is_not_unusual_and_the_most_is_where_it_stops() -> None:
    assert [Count(n, n).is_unusual(LIMITS) for n in (2, 3)] == [False, True]
    assert [Count(n, n).is_stopped(LIMITS) for n in (3, 4)] == [False, True]
    assert not Count(9, 3).is_stopped(LIMITS), "what was read before a release stops nobody"


def test_it_is_news_once_an_hour_and_once_more_after_a_release() -> None:
    now, before = cast.NIGHT, cast.NIGHT - timedelta(minutes=10)
    assert is_news(None, at=now)
    assert not is_news(before, at=now)
    assert is_news(now - HOUR, at=now)
    assert is_news(before, at=now, since=now - timedelta(minutes=5))
    assert not is_news(before, at=now, since=now - timedelta(minutes=30))
