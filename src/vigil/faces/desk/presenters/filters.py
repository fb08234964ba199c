"""The filters of a search: what each may be set to, and what an agent means who types one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vigil.conversations.queries import list_used_tags
from vigil.faces.desk.doors import Visitor, zone_of
from vigil.faces.desk.presenters.clocks import status_name
from vigil.faces.desk.words import queue_titles
from vigil.languages.lexemes.folding import fold
from vigil.languages.table import find_language, list_languages
from vigil.search.rules import Asked, Filters
from vigil.search.rules.facets import NOBODY
from vigil.team import queries as team
from vigil.team.queries import QueueRow
from vigil.topics.queries import list_groups

_STATUSES = ("open", "waiting", "snoozed", "resolved", "closed")
_MOST_TEAMS = 3  # whose tags are suggested; any other can be typed
_DAYS = {"today": 0, "7d": 7, "30d": 30, "365d": 365}
_NAMES = {
    "status": gettext_lazy("Status"),
    "agent": gettext_lazy("Agent"),
    "queue": gettext_lazy("Queue"),
    "time": gettext_lazy("Begun"),
    "channel": gettext_lazy("Channel"),
    "language": gettext_lazy("Language"),
    "topic": gettext_lazy("Topic"),
    "tag": gettext_lazy("Tag"),
}
_SPANS = {
    "today": gettext_lazy("Today"),
    "7d": gettext_lazy("Last 7 days"),
    "30d": gettext_lazy("Last 30 days"),
    "365d": gettext_lazy("Last 12 months"),
}
CHANNELS = {
    "chat": gettext_lazy("Chat"),
    "email": gettext_lazy("E-mail"),
    "ticket": gettext_lazy("Ticket"),
    "telegram": "Telegram",
    "x": "X",
    "facebook": "Facebook",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something a filter may be set to: as it is typed, as it is called, and the rows it means."""

    key: str
    name: str
    ids: tuple[int, ...] = ()


Choices = dict[str, list[Choice]]


@dataclass(frozen=True, slots=True)
class ShownFilter:
    """A filter with its choices; `shown` says what it is set to."""

    key: str
    name: str
    value: str
    shown: str
    choices: tuple[Choice, ...]
    is_known: bool


def choices_for(visitor: Visitor, queues: Sequence[QueueRow]) -> Choices:
    """List what each filter may be set to, by whoever looks, in their language."""
    titles = queue_titles(queues)
    colleagues = team.list_colleagues(visitor.sight.team_ids)
    tags = dict.fromkeys(word for team_id in visitor.sight.team_ids[:_MOST_TEAMS] for word in list_used_tags(team_id))
    return {
        "status": [Choice(each, status_name(each)) for each in _STATUSES],
        "agent": [
            Choice("me", _("You"), (visitor.agent.id,)),
            Choice("nobody", _("Nobody"), (NOBODY,)),
            *(Choice(each.name, each.name, (each.id,)) for each in colleagues if each.id != visitor.agent.id),
        ],
        "queue": [Choice(each.key, titles[each.id], (each.id,)) for each in queues],
        "time": [Choice(key, str(name)) for key, name in _SPANS.items()],
        "channel": [Choice(key, str(name)) for key, name in CHANNELS.items()],
        "language": [Choice(each.code, each.own_name) for each in list_languages() if not each.is_pseudo],
        "topic": [Choice(each.key, each.name) for group in list_groups() for each in group.topics],
        "tag": [Choice(word, word) for word in tags],
    }


def show_filters(asked: Asked, choices: Choices) -> list[ShownFilter]:
    """Show every filter as it is set; one that is set to what nobody knows says so."""
    return [_shown(key, asked.filters.get(key, ""), choices[key]) for key in _NAMES]


def filters_of(asked: Asked, choices: Choices, visitor: Visitor) -> Filters:
    """Tell what found conversations have to be like. What nobody knows fits none."""
    meant = {key: _meant(value, choices[key]) for key, value in asked.filters.items() if key in choices}

    def key_of(name: str) -> str:
        return meant[name][0].key if meant.get(name) else asked.filters.get(name, "")

    def ids_of(name: str) -> tuple[int, ...] | None:
        return tuple(each for choice in meant[name] for each in choice.ids) if name in meant else None

    since, until = _span(asked, visitor)
    found = find_language(asked.filters.get("language", ""))
    return Filters(
        status=key_of("status"),
        agent_ids=ids_of("agent"),
        queue_ids=ids_of("queue"),
        channel=key_of("channel"),
        language=found.code if found and not meant["language"] else key_of("language"),
        topic=key_of("topic"),
        tag=asked.filters.get("tag", ""),
        since=since,
        until=until,
    )


def _shown(key: str, value: str, choices: Sequence[Choice]) -> ShownFilter:
    meant = _meant(value, choices) if value else []
    shown = ", ".join(each.name for each in meant) or value
    # A tag that is not among the most used is one all the same.
    return ShownFilter(
        key, str(_NAMES[key]), meant[0].key if len(meant) == 1 else value, shown, tuple(choices), not value or bool(meant) or key == "tag"
    )


def _meant(value: str, choices: Sequence[Choice]) -> list[Choice]:
    """List what a typed value may mean: what is called so, or else what begins so."""
    wanted = fold(value.removeprefix("@"))
    tests: tuple[Callable[[str], bool], ...] = (lambda name: fold(name) == wanted, lambda name: fold(name).startswith(wanted))
    for fits in tests:
        found = [each for each in choices if fits(each.key) or fits(each.name)]
        if found:
            return found
    return []


def _span(asked: Asked, visitor: Visitor) -> tuple[datetime | None, datetime | None]:
    zone = zone_of(visitor.agent.zone)
    today = visitor.at.astimezone(zone).date()
    spans = [choice for choice in _DAYS if choice == asked.filters.get("time", "").lower()]
    first = today - timedelta(days=_DAYS[spans[0]]) if spans else None
    first = max(filter(None, (first, _day(asked.filters.get("after", "")))), default=None)
    last = _day(asked.filters.get("before", ""))
    if first is None and last is None:
        return None, None
    until = datetime.combine(last or today + timedelta(days=1), time(), zone)
    return (datetime.combine(first, time(), zone) if first else None), until


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
