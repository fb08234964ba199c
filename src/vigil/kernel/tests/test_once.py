from datetime import UTC, datetime, timedelta

import pytest

from vigil.kernel import once

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 28, 23, 58, tzinfo=UTC)


def test_what_was_spent_cannot_be_spent_again() -> None:
    assert once.spend("proof", "a", until=AT)
    assert not once.spend("proof", "a", until=AT + timedelta(hours=1))


def test_another_kind_is_something_else() -> None:
    assert once.spend("proof", "a", until=AT)
    assert once.spend("voucher", "a", until=AT)


def test_what_does_not_hold_any_more_is_forgotten() -> None:
    once.spend("proof", "old", until=AT)
    once.spend("proof", "new", until=AT + timedelta(minutes=5))
    assert once.clear(before=AT + timedelta(minutes=1)) == 1
    assert not once.spend("proof", "new", until=AT)
