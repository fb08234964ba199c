"""What may be used once: tokens and solutions of puzzles, told apart by their hash, in whatever process they are shown."""

from datetime import datetime
from hashlib import sha256

from django.db import connection

from vigil.kernel.models import Spent

# Asked by insertion alone, so that two at the same moment cannot both be the first.
_SPEND = "INSERT INTO kernel_spent (digest, expires_at) VALUES (%s, %s) ON CONFLICT (digest) DO NOTHING"


def spend(kind: str, name: str, *, until: datetime) -> bool:
    """Use up `name` among its `kind`; False when somebody has before. `until` is when it would not hold any more anyway.

    Part of the caller's transaction: where that is taken back, it may be used again.
    """
    digest = sha256(f"{kind}\n{name}".encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, (digest, until))
        return bool(cursor.rowcount)


def clear(*, before: datetime) -> int:
    """Forget what held until before `before`; return how many."""
    return Spent.objects.filter(expires_at__lt=before).delete()[0]
