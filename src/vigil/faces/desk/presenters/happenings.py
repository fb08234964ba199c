"""What happened between the words, said to the team in whole sentences."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vigil.conversations.queries import EntryRow
from vigil.faces.desk.words import queue_name
from vigil.languages import formats
from vigil.team import queries as team
from vigil.topics.queries import topic_name

_OPENED = {
    "chat": _("Chat opened"),
    "ticket": _("Request opened"),
    "email": _("E-mail arrived"),
    "telegram": _("Conversation opened on Telegram"),
    "x": _("Conversation opened on X"),
    "facebook": _("Conversation opened on Facebook"),
}
_STATUS_BY = {
    "open": _("%(by)s opened it again"),
    "waiting": _("%(by)s waits for their answer"),
    "snoozed": _("%(by)s snoozed it"),
    "resolved": _("%(by)s resolved it"),
    "closed": _("%(by)s closed it"),
}
_STATUS = {
    "open": pgettext_lazy("what happened", "Open again"),
    "waiting": _("Waiting for their answer"),
    "snoozed": pgettext_lazy("what happened", "Snoozed"),
    "resolved": pgettext_lazy("what happened", "Resolved"),
    "closed": pgettext_lazy("what happened", "Closed"),
}
_PRIORITY_BY = {
    1: _("%(by)s set the priority to urgent"),
    2: _("%(by)s set the priority to high"),
    3: _("%(by)s set the priority to normal"),
    4: _("%(by)s set the priority to low"),
}
_PRIORITY = {
    1: _("Priority set to urgent"),
    2: _("Priority set to high"),
    3: _("Priority set to normal"),
    4: _("Priority set to low"),
}
_REMOVED = {
    "mnemonic": _("A recovery phrase was removed before anything was stored."),
    "private_key": _("A private key was removed before anything was stored."),
    "xpub": _("An extended public key was removed before anything was stored."),
    "card": _("A card number was removed before anything was stored."),
    "key_file": _("A private key file was removed before anything was stored."),
    "totp_secret": _("An authenticator set-up link was removed before anything was stored."),
    "api_secret": _("An access key was removed before anything was stored."),
    "password": _("A password was removed before anything was stored."),
    "one_time_code": _("A one-time code was removed before anything was stored."),
}
_SECRET = _("A secret was removed before anything was stored.")
_ADVISED = _("They were told at once what to do now. Stay until they are safe.")


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a page's happenings speak of, by id, and the clock on which their moments are told."""

    agents: Mapping[int, str]
    queues: Mapping[int, str]
    language: str = "en"
    zone: str = "UTC"


def look_up_names(entries: Iterable[EntryRow], *, language: str, zone: str) -> Names:
    """Ask for the names that entries mention by id; nothing is asked when they mention none."""
    hands = [entry for entry in entries if entry.kind == "assigned"]
    people = {entry.data[end] for entry in hands for end in ("from", "to") if entry.data.get(end)}
    places = {entry.data["to"] for entry in entries if entry.kind == "queue"}
    return Names(team.names_of(people) if people else {}, team.queue_names(places) if places else {}, language, zone)


def say(entry: EntryRow, names: Names) -> str:
    """Say what an entry reports."""
    return _SAYING.get(entry.kind, _key_replayed)(entry, names)


def removed(entry: EntryRow) -> tuple[list[str], str]:
    """Say which kinds of secret were removed, and what is being done about it."""
    sentences: list[str | Promise] = [_REMOVED.get(kind, _SECRET) for kind in entry.data["kinds"]]
    return list(dict.fromkeys(str(sentence) for sentence in sentences)), str(_ADVISED)


def _assigned(entry: EntryRow, names: Names) -> str:
    by, to = entry.agent_name, entry.data.get("to")
    if to is None and entry.data.get("silent"):
        told = {"name": names.agents.get(entry.data["from"], "?")}
        if entry.data.get("answered"):
            return _("The desk of %(name)s fell silent. Back in the queue.") % told
        return _("The desk of %(name)s fell silent. Back at the head of the queue.") % told
    if to is None:
        return _("%(by)s put it back into the queue") % {"by": by} if by else str(_("Back in the queue"))
    before = entry.data.get("from")
    if to == entry.agent_id and before:
        return _("%(name)s took it over from %(other)s") % {"name": by, "other": names.agents.get(before, "?")}
    if to == entry.agent_id:
        return _("%(name)s took it") % {"name": by}
    name = names.agents.get(to, "?")
    return _("%(by)s gave it to %(name)s") % {"by": by, "name": name} if by else _("Given to %(name)s") % {"name": name}


def _opened(entry: EntryRow, names: Names) -> str:
    return str(_OPENED.get(entry.data.get("channel", ""), _("Conversation opened")))


def _status(entry: EntryRow, names: Names) -> str:
    by, to = entry.agent_name, entry.data["to"]
    if entry.author_kind == "customer":
        return str(_("They ended the conversation"))
    if entry.data.get("slept"):
        return str(_("The snooze is over, it is open again"))
    if by and "until" in entry.data:
        return _("%(by)s snoozed it until %(time)s") % {"by": by, "time": _until(entry, names)}
    return _STATUS_BY[to] % {"by": by} if by else str(_STATUS[to])


def _until(entry: EntryRow, names: Names) -> str:
    until = datetime.fromisoformat(entry.data["until"])
    if formats.days_ahead(until, names.zone, now=entry.created_at) == 0:
        return formats.clock(until, names.language, names.zone)
    return formats.moment(until, names.language, names.zone, now=entry.created_at)


def _priority(entry: EntryRow, names: Names) -> str:
    by, to = entry.agent_name, entry.data["to"]
    return _PRIORITY_BY[to] % {"by": by} if by else str(_PRIORITY[to])


def _moved(entry: EntryRow, names: Names) -> str:
    by, queue = entry.agent_name, queue_name(names.queues.get(entry.data["to"], "?"))
    return _("%(by)s moved it to %(queue)s") % {"by": by, "queue": queue} if by else _("Moved to %(queue)s") % {"queue": queue}


def _topic(entry: EntryRow, names: Names) -> str:
    by, key = entry.agent_name, entry.data["to"]
    if not key:
        return _("%(by)s left open what it is about") % {"by": by} if by else str(_("What it is about was left open"))
    topic = topic_name(key)
    return _("%(by)s chose the topic %(topic)s") % {"by": by, "topic": topic} if by else _("The topic is %(topic)s") % {"topic": topic}


def _rated(entry: EntryRow, names: Names) -> str:
    return _("They rated the conversation %(score)s out of 5") % {"score": entry.data["score"]}


def _claimed(entry: EntryRow, names: Names) -> str:
    return str(_("They logged in and took this conversation along. The exchange has verified who they are."))


def _tagged(entry: EntryRow, names: Names) -> str:
    return (_("%(by)s added the tag") if entry.data["on"] else _("%(by)s removed the tag")) % {"by": entry.agent_name}


_BLOCKED_BY = {
    "abuse": _("%(by)s blocked them: insults or threats"),
    "spam": _("%(by)s blocked them: unwanted messages"),
    "": _("%(by)s takes their messages again"),
}


def _blocked(entry: EntryRow, names: Names) -> str:
    return _BLOCKED_BY[entry.data["reason"]] % {"by": entry.agent_name}


def _linked(entry: EntryRow, names: Names) -> str:
    if entry.data["on"]:
        return _("%(by)s linked another conversation") % {"by": entry.agent_name}
    return _("%(by)s removed the link to another conversation") % {"by": entry.agent_name}


def _merged(entry: EntryRow, names: Names) -> str:
    by, went, undone = entry.agent_name, "into" in entry.data, entry.data.get("undone", False)
    if undone:
        return _("%(by)s undid the merge with another conversation") % {"by": by}
    if went:
        return _("%(by)s merged this into another conversation, where it goes on") % {"by": by}
    return _("%(by)s merged another conversation of theirs into this one") % {"by": by}


def _unclear(entry: EntryRow, names: Names) -> str:
    if entry.data["on"]:
        return _("%(by)s marked a reply as not clear to them") % {"by": entry.agent_name}
    return _("%(by)s found that the reply was clear after all") % {"by": entry.agent_name}


def withdrew(entry: EntryRow) -> str:
    """Say who took a reply back, in its place: nobody but its author can."""
    return _("%(by)s withdrew a reply") % {"by": entry.agent_name}


def _key_replayed(entry: EntryRow, names: Names) -> str:
    return str(_("Somebody showed an outdated key to this conversation. They were refused and saw nothing."))


_SAYING: Mapping[str, Callable[[EntryRow, Names], str]] = {
    "opened": _opened,
    "assigned": _assigned,
    "status": _status,
    "priority": _priority,
    "queue": _moved,
    "topic": _topic,
    "rated": _rated,
    "claimed": _claimed,
    "tagged": _tagged,
    "unclear": _unclear,
    "blocked": _blocked,
    "linked": _linked,
    "merged": _merged,
}
