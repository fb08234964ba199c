"""News reaches whoever the table lists, each in its way, and only together with the change it tells of."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction

from vigil.kernel import events
from vigil.kernel.events import Event, Listeners, PublishedOutsideTransaction, publish, publish_all


@dataclass(frozen=True, slots=True)
class Sent(Event):
    """A letter was sent."""

    number: int


@dataclass(frozen=True, slots=True)
class Read(Event):
    """A letter was read."""

    number: int


@pytest.fixture
def heard() -> Iterator[list[object]]:
    before, heard = dict(events._table), list[object]()
    events.wire(
        {
            Sent: Listeners(now=[lambda event: heard.append(("each", event.number))], together=[lambda alike: heard.append([*alike])]),
            Read: Listeners(now=[lambda event: heard.append(("read", event.number))]),
        }
    )
    yield heard
    events.wire(before)


@pytest.mark.django_db
def test_what_was_published_at_once_is_told_one_by_one_and_together(heard: list[object]) -> None:
    with transaction.atomic():
        publish_all([Sent(1), Read(1), Sent(2)])
    assert heard == [("each", 1), ("each", 2), [Sent(1), Sent(2)], ("read", 1)]


@pytest.mark.django_db
def test_one_event_alone_is_told_together_as_well(heard: list[object]) -> None:
    with transaction.atomic():
        publish(Sent(7))
    assert heard == [("each", 7), [Sent(7)]]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_outside_a_transaction(heard: list[object]) -> None:
    with pytest.raises(PublishedOutsideTransaction, match="Sent"):
        publish(Sent(1))
    assert heard == []
