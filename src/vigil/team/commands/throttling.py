"""Counts tries in the database, so that every process counts the same and nothing passes when the count is unknown."""

from datetime import datetime, timedelta
from math import ceil

from django.db import connection
from django.utils.crypto import salted_hmac

from vigil.team.errors import TooManyTries
from vigil.team.models import Throttle

WINDOW = timedelta(minutes=15)

# One statement: two processes that count at once both count.
_COUNT = """
INSERT INTO team_throttle AS t (key, count, began_at) VALUES (%(key)s, 1, %(at)s)
ON CONFLICT (key) DO UPDATE
   SET count = CASE WHEN t.began_at <= %(over)s THEN 1 ELSE t.count + 1 END,
       began_at = CASE WHEN t.began_at <= %(over)s THEN EXCLUDED.began_at ELSE t.began_at END
RETURNING count, began_at
"""


def count_try(what: str, who: str, *, most: int, at: datetime, window: timedelta = WINDOW) -> None:
    """Count one try of `who` and refuse beyond `most` in a window. Raises TooManyTries, and OperationalError without a database."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": _key(what, who), "at": at, "over": at - window})
        count, began_at = cursor.fetchone()
    if count > most:
        wait = max(1, ceil((began_at + window - at).total_seconds()))
        raise TooManyTries(retry_after=wait, minutes=ceil(wait / 60))


def forget_tries(what: str, who: str) -> None:
    """Begin to count afresh, after a success."""
    Throttle.objects.filter(key=_key(what, who)).delete()


def clear_old_tries(*, before: datetime) -> int:
    """Delete counts whose window began before this moment; give their number."""
    return Throttle.objects.filter(began_at__lt=before).delete()[0]


def _key(what: str, who: str) -> str:
    # Neither an e-mail address that was mistyped nor anybody's network address is kept.
    return salted_hmac("vigil.throttle", f"{what}:{who.strip().lower()}", algorithm="sha256").hexdigest()
