"""`vigil` with a defence removed, for the tests that prove that the checker would notice. Never part of the product.

VIGIL_TEST_BREAK names what is taken away: "keys" (a known key is not looked up, and the database takes it twice), "commit"
(acknowledged although the transaction is rolled back, every seventh time), "bell" (every bell is lost), "budgets" (everybody
may do as much as they like), "nothing" (a sound worker that knows a letter of the tests' own).
"""

import itertools
import os
import sys
from typing import Any

from vigil.config.cli import main
from vigil.config.cli.run import set_up

_count = itertools.count(1)


def _without_keys() -> None:
    from django.db import connection  # Imported here and below: only now is Django set up.

    from vigil.conversations.commands import timeline

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE conversations_entry DROP CONSTRAINT IF EXISTS entry_is_sent_once")
        cursor.execute("DROP INDEX IF EXISTS entry_is_sent_once")
    connection.close()
    timeline._Desk._repeat_of = lambda self, change, row: None  # type: ignore[method-assign]  # That is the point.
    # Nor may the same words be known again: they would hide what is missing.
    timeline._Desk._folded = lambda self, change, row: None  # type: ignore[method-assign]  # That is the point.


def _without_commit() -> None:
    from django.db import transaction

    from vigil.conversations.commands import timeline

    whole: Any = timeline._apply

    def half(changes: Any, at: Any, **how: Any) -> Any:
        if next(_count) % 7:
            return whole(changes, at, **how)
        with transaction.atomic():
            outcomes = whole(changes, at, **how)
            transaction.set_rollback(True)
        return outcomes

    setattr(timeline, "_apply", half)  # noqa: B010 - the checker knows better than to let a test do this


def _without_bell() -> None:
    from vigil.kernel.live.bell.notify import NotifyDriver

    NotifyDriver.ring = lambda self: None  # type: ignore[method-assign]  # That is the point.


def _without_budgets() -> None:
    from vigil.kernel.live.limits import Buckets

    Buckets.take = lambda self, key: 0  # type: ignore[method-assign]  # That is the point.


def _with_a_letter() -> None:
    from vigil.kernel import post

    post.register("test.hello", lambda args, language: post.Rendered("Hello", f"Letter {args['number']}"))


_BREAKS = {"keys": _without_keys, "commit": _without_commit, "bell": _without_bell, "budgets": _without_budgets, "nothing": _with_a_letter}

if __name__ == "__main__":
    set_up()
    _BREAKS[os.environ["VIGIL_TEST_BREAK"]]()
    raise SystemExit(main(sys.argv[1:]))
