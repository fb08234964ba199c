"""Building the world: all of it, once, in the past, and with no secret left in it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import transaction
from pytest_django import DjangoDbBlocker

from vigil.conversations.rules import holds_time
from vigil.demo.commands import create_world
from vigil.demo.identifiers import phrase
from vigil.demo.world.loader import load_world

pytestmark = pytest.mark.django_db
AT = datetime(2025, 10, 10, 13, 20, tzinfo=UTC)
WORLD = load_world()
# Tests may look into the rows of other apps; the demo itself may not.
Conversation = apps.get_model("conversations", "Conversation")
Entry = apps.get_model("conversations", "Entry")
Agent = apps.get_model("team", "Agent")
MacroText = apps.get_model("macros", "MacroText")
Customer = apps.get_model("customers", "Customer")


class Steps:
    """Remembers the steps it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int, int]] = []

    def __call__(self, step: str, done: int, total: int) -> None:
        self.told.append((step, done, total))


def build(at: datetime = AT) -> Steps:
    steps = Steps()
    create_world(at=at, password="a long sentence for the demo", progress=steps)
    return steps


@pytest.fixture(scope="module", autouse=True)
def steps(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Steps]:
    """Build the world once for all of this, and take it down at the end; a building takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def test_everybody_and_every_conversation_is_there() -> None:
    assert Agent.objects.count() == len(WORLD.staff)
    assert Customer.objects.count() == len(WORLD.customers)
    assert Conversation.objects.count() == len(WORLD.conversations)


def test_every_conversation_stands_where_it_was_written_to_stand() -> None:
    by_start = {(c.created_at, c.channel, c.topic): c for c in Conversation.objects.select_related("queue", "assignee")}
    for one in WORLD.conversations:
        row = by_start[AT - timedelta(minutes=one.started_minutes_ago), one.channel, one.topic]
        person = next((p for p in WORLD.staff if p.key == one.agent), None)
        assert (row.status, row.queue.key) == (one.status, one.queue), one.number
        assert (row.assignee and row.assignee.email) == (person and person.email), one.number


def test_building_twice_changes_nothing_even_hours_later() -> None:
    before = list(Entry.objects.order_by("id").values_list("conversation_id", "seq", "text"))
    build(AT + timedelta(hours=5))
    assert list(Entry.objects.order_by("id").values_list("conversation_id", "seq", "text")) == before
    assert (Agent.objects.count(), Customer.objects.count()) == (len(WORLD.staff), len(WORLD.customers))


def test_nothing_has_happened_after_the_moment_of_building() -> None:
    assert not Entry.objects.filter(created_at__gt=AT).exists()


def test_a_time_that_staff_wrote_is_kept_with_the_zone_of_its_author_as_the_desk_keeps_it() -> None:
    zones = {person.email: person.zone for person in WORLD.staff}
    written = Entry.objects.filter(kind__in=("reply", "note")).values_list("text", "data__zone", "agent__email")
    held = [(zone, zones[str(email)]) for text, zone, email in written if holds_time(text or "")]
    assert held
    assert [each for each in held if each[0] != each[1]] == []


def test_the_pasted_phrase_is_nowhere_and_its_conversation_is_urgent() -> None:
    removed = Entry.objects.filter(kind="secret_removed")
    assert removed.count() == 1
    assert removed.get().conversation.priority == 1
    assert not Entry.objects.filter(text__contains=" ".join(phrase(16).split()[3:9])).exists()


def test_progress_counts_every_step_to_its_end(steps: Steps) -> None:
    told = steps.told
    assert told[0] == ("Staff", 1, len(WORLD.staff))
    assert told[-1] == ("Conversations", len(WORLD.conversations), len(WORLD.conversations))
    assert len(told) == len(WORLD.staff) + len(WORLD.customers) + len(WORLD.macros) + len(WORLD.conversations)


def test_macros_carry_the_brand_and_keep_their_variables() -> None:
    texts = list(MacroText.objects.values_list("text", flat=True))
    assert len(texts) == len(WORLD.macros) * 11
    assert not [text for text in texts if "{brand}" in text]
    assert any("{{agent.name}}" in text for text in texts)
