"""When a conversation began, as lexemes: a year, a month and a day, in UTC, so that any span is a few of them."""

from datetime import UTC, date, datetime, timedelta

# Nobody writes to us from before this, or from after that.
_FIRST, _LAST = date(2009, 1, 1), date(2099, 12, 31)


def days_of(at: datetime) -> list[str]:
    """Name the year, the month and the day of a moment."""
    day = at.astimezone(UTC).date()
    return [_year(day), _month(day), _day(day)]


def days_between(since: datetime | None, until: datetime | None) -> list[str]:
    """Name a span by as few lexemes as hold exactly its days, the first and the last one among them; either end may be open."""
    day = max(since.astimezone(UTC).date(), _FIRST) if since else _FIRST
    last = min(until.astimezone(UTC).date(), _LAST) if until else _LAST
    found = []
    while day <= last:
        end, name = day, _day
        if day.day == 1 and _end_of_month(day) <= last:
            end, name = _end_of_month(day), _month
            if day.month == 1 and _end_of_year(day) <= last:
                end, name = _end_of_year(day), _year
        found.append(name(day))
        day = end + timedelta(days=1)
    return found


def _end_of_year(day: date) -> date:
    return date(day.year, 12, 31)


def _end_of_month(day: date) -> date:
    return (date(day.year, day.month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _year(day: date) -> str:
    return f"y:{day.year}"


def _month(day: date) -> str:
    return f"d:{day.year}{day.month:02d}"


def _day(day: date) -> str:
    return f"e:{day.year}{day.month:02d}{day.day:02d}"
