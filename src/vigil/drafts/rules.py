"""Which of two savings of a draft stands, judged on plain values."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LEAST = timedelta(microseconds=1)


def version_of(saved_at: datetime) -> str:
    """Write the moment of a saving as a version: whole microseconds, so that two savings never share one."""
    return str((saved_at - _EPOCH) // _LEAST)


def next_moment(before: datetime, at: datetime) -> datetime:
    """Give the moment under which what follows `before` is saved, also where the clock stood still or went back."""
    return max(at, before + _LEAST)


def may_replace(standing: str, *, base: str, is_same: bool) -> bool:
    """Say whether words written upon the version `base` may take the place of the standing one: not where somebody wrote meanwhile."""
    return is_same or base == standing
