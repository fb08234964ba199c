"""One table of who listens, and nothing beside it."""

import importlib
from pathlib import Path

from vigil.config.wiring import TABLE
from vigil.kernel.events import Event

SOURCE = Path(__file__).parents[2] / "src" / "vigil"


def _all_events() -> set[type[Event]]:
    for path in SOURCE.rglob("events.py"):
        importlib.import_module("vigil." + path.relative_to(SOURCE).with_suffix("").as_posix().replace("/", "."))
    return {event for event in Event.__subclasses__() if event.__module__.startswith("vigil.") and ".tests." not in event.__module__}


def test_every_event_stands_in_the_table() -> None:
    missing = {event.__name__ for event in _all_events()} - {event.__name__ for event in TABLE}
    assert missing == set(), "list it in config.wiring, with no listeners if nobody listens"


def test_events_are_facts_in_the_past_tense_without_words() -> None:
    for event in TABLE:
        assert not {"text", "words", "body", "name"} & set(event.__dataclass_fields__), event.__name__


def test_nobody_uses_signals() -> None:
    users = [
        path.as_posix() for path in SOURCE.rglob("*.py") if "django.dispatch" in path.read_text() or "db.models.signals" in path.read_text()
    ]
    assert users == []
