"""The timeline, entry by entry, as the thread shows it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from vigil.conversations.queries import ConversationRow, EntryRow, Marks
from vigil.faces.desk.doors import Visitor, zone_of
from vigil.faces.desk.presenters.happenings import Names, look_up_names, removed, say
from vigil.faces.desk.presenters.rows import name_of
from vigil.languages import formats
from vigil.safety.queries import HiddenSecret, kind_name, split_hidden

WORDS = ("message", "reply", "note")
_MARKS = {"sent": gettext_lazy("sent"), "delivered": gettext_lazy("delivered"), "read": gettext_lazy("read")}
_CLASSES = {"message": "msg", "reply": "msg me", "note": "msg note"}


def show_entries(
    entries: Iterable[EntryRow], conversation: ConversationRow, marks: Marks, visitor: Visitor, *, behind: EntryRow | None = None
) -> list[dict[str, Any]]:
    """Show entries with a line for each day that begins among them; `behind` is the entry before the first."""
    rows = list(entries)
    names = look_up_names(rows)
    zone = zone_of(visitor.agent.zone)
    day: date | None = behind.created_at.astimezone(zone).date() if behind else None
    authors = {row.seq: row.author_kind for row in ([behind] if behind else []) + rows}
    shown: list[dict[str, Any]] = []
    for row in rows:
        today = row.created_at.astimezone(zone).date()
        if today != day:
            shown.append({"what": "day", "seq": row.seq, "text": _day(row.created_at, visitor)})
            day = today
        # Only the chat tells its customers at once, and only of what they wrote themselves.
        was_told = conversation.channel == "chat" and authors.get(row.data.get("of", 0)) == "customer"
        shown.append(_removed(row, was_told=was_told) if row.kind == "secret_removed" else _entry(row, conversation, marks, visitor, names))
    return shown


def blank_entry(kind: str) -> dict[str, Any]:
    """Give the empty form of words, from which the browser makes the copies it fills itself."""
    lock = _("note, only the team sees it") if kind == "note" else ""
    return {
        "what": "words",
        "kind": kind,
        "classes": _CLASSES[kind],
        "seq": "",
        "name": "",
        "parts": [],
        "lang": "",
        "note": lock,
        "mark": "",
        "is_blank": True,
    }


def mark_of(seq: int, marks: Marks) -> str:
    """Tell how far a reply has come: sent, delivered or read."""
    if seq <= marks.customer_read:
        return "read"
    return "delivered" if seq <= marks.customer_delivered else "sent"


def _entry(row: EntryRow, conversation: ConversationRow, marks: Marks, visitor: Visitor, names: Names) -> dict[str, Any]:
    shown: dict[str, Any] = {"seq": row.seq, "kind": row.kind, "at": row.created_at, "clock": _clock(row.created_at, visitor)}
    if row.kind in WORDS:
        return shown | _words(row, conversation, marks, visitor)
    return shown | {"what": "said", "text": say(row, names)}


def _removed(row: EntryRow, *, was_told: bool) -> dict[str, Any]:
    sentences, advice = removed(row)
    return {"what": "guard", "seq": row.seq, "sentences": sentences, "advice": advice if was_told else ""}


def _words(row: EntryRow, conversation: ConversationRow, marks: Marks, visitor: Visitor) -> dict[str, Any]:
    is_theirs = row.author_kind == "customer"
    is_mine = row.agent_id == visitor.agent.id
    parts = split_hidden(row.text or "")
    name = name_of(conversation) if is_theirs else pgettext("the agent who reads", "You") if is_mine else row.agent_name
    return {
        "what": "words",
        "kind": row.kind,
        "classes": _CLASSES[row.kind],
        "key": str(row.client_key) if row.client_key and not is_theirs else "",
        "name": name,
        "name_lang": conversation.language if is_theirs and conversation.customer_name else "",
        # Nearly all words are whole; only where something was taken out are they shown piece by piece.
        "whole": parts[0] if len(parts) == 1 and isinstance(parts[0], str) else "",
        "parts": [_part(part) for part in parts],
        "lang": row.language or (conversation.language if is_theirs else ""),
        "note": _("note, only the team sees it") if row.kind == "note" else "",
        "mark": str(_MARKS[mark_of(row.seq, marks)]) if row.kind == "reply" else "",
    }


def _part(part: str | HiddenSecret) -> Any:
    return part if isinstance(part, str) else {"secret": str(kind_name(part.kind))}


def _clock(at: datetime, visitor: Visitor) -> str:
    return formats.clock(at, visitor.language, visitor.agent.zone)


def _day(at: datetime, visitor: Visitor) -> str:
    return formats.day(at, visitor.language, visitor.agent.zone, now=visitor.at)
