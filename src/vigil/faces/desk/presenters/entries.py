"""The timeline, entry by entry, as the thread shows it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from vigil.conversations.queries import ConversationRow, EntryRow, Marks
from vigil.conversations.rules import WITHDRAWN_WITHIN, read_times
from vigil.faces.desk.doors import Visitor, zone_of
from vigil.faces.desk.presenters.happenings import Names, look_up_names, removed, say, withdrew
from vigil.faces.desk.presenters.rows import name_of
from vigil.languages import formats
from vigil.markup.writing import Tag, pieces
from vigil.mentions.rules import may_name, namings_in
from vigil.safety.queries import HiddenSecret, kind_name, split_hidden
from vigil.team import queries as team

WORDS = ("message", "reply", "note")
_MARKS = {"sent": gettext_noop("sent"), "delivered": gettext_noop("delivered"), "read": gettext_noop("read")}
CLASSES = {"message": "msg", "reply": "msg me", "note": "msg note"}


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A stretch of somebody's words, a tag that shapes them, what was taken out there, or what the reader's clock shows then.

    What `names` somebody is the text itself: "you" the reader, "colleague" another.
    """

    text: str = ""
    tag: str = ""
    secret: str = ""
    there: str = ""
    moment: str = ""
    names: str = ""


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A picture or video that was sent: where it is shown, and how large a small one is drawn before it has come."""

    url: str
    name: str
    is_picture: bool
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry exactly as the thread shows it; `what` is words, said, guard, day or nothing, and decides what else is filled."""

    what: str
    seq: str
    kind: str = ""
    classes: str = ""
    clock: str = ""
    key: str = ""
    name: str = ""
    name_lang: str = ""
    # Nearly all words are whole; only where something was taken out are they shown piece by piece.
    whole: str = ""
    parts: tuple[ShownPart, ...] = ()
    is_shaped: bool = False
    lang: str = ""
    files: tuple[ShownFile, ...] = ()
    # For so many seconds more its author may take it back.
    fresh: int = 0
    # It goes by post, and has not gone: what undoes it, and the moment in which it goes.
    departure: str = ""
    goes_at: str = ""
    waits: tuple[str, ...] = ()
    note: str = ""
    mark: str = ""
    again: str = ""
    is_unclear: bool = False
    # Said in another conversation that goes on here: it has no number in this one.
    is_merged: bool = False
    text: str = ""
    sentences: tuple[str, ...] = ()
    advice: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    """What all entries of a page have in common, looked up and said once."""

    conversation: ConversationRow
    marks: Marks
    visitor: Visitor
    names: Names
    customer: str
    own: str
    said: Mapping[str, str]
    # Whom notes may name; asked for where one holds a sign with which names begin.
    colleagues: Mapping[int, str]


def show_entries(
    entries: Iterable[EntryRow], conversation: ConversationRow, marks: Marks, visitor: Visitor, *, behind: EntryRow | None = None
) -> list[ShownEntry]:
    """Show entries with a line for each day that begins among them; `behind` is the entry before the first."""
    rows = list(entries)
    names = look_up_names(rows, language=visitor.language, zone=visitor.agent.zone)
    own, said = pgettext("the agent who reads", "You"), {mark: _(words) for mark, words in _MARKS.items()}
    may_name_somebody = any(row.kind == "note" and may_name(row.text or "") for row in rows)
    colleagues = team.names_in_sight_of(conversation.team_id) if may_name_somebody else {}
    page = _Page(conversation, marks, visitor, names, name_of(conversation), own, said, colleagues)
    zone = zone_of(visitor.agent.zone)
    day: date | None = behind.created_at.astimezone(zone).date() if behind else None
    authors = {(row.part, row.seq): row.author_kind for row in ([behind] if behind else []) + rows}
    shown: list[ShownEntry] = []
    for row in rows:
        today = row.created_at.astimezone(zone).date()
        if today != day:
            shown.append(ShownEntry("day", str(row.seq), text=_day(row.created_at, visitor)))
            day = today
        shown.append(_removed(row, page, authors) if row.kind == "secret_removed" else _entry(row, page))
    return shown


def show_words(text: str, visitor: Visitor) -> tuple[ShownPart, ...]:
    """Show an agent's own words as an entry will, before they are one."""
    parts: Iterable[str | HiddenSecret | ShownPart] = _shaped(text)
    if visitor.agent.zone:
        parts = (piece for part in parts for piece in _with_times(part, visitor.agent.zone, visitor.at, visitor))
    return tuple(map(_part, parts))


def blank_entry(kind: str) -> ShownEntry:
    """Give the empty form of words, from which the browser makes the copies it fills itself."""
    return ShownEntry("words", "", kind, CLASSES[kind], note=_note(kind))


def mark_of(seq: int, marks: Marks) -> str:
    """Tell how far a reply has come: sent, delivered or read."""
    if seq <= marks.customer_read:
        return "read"
    return "delivered" if seq <= marks.customer_delivered else "sent"


def _entry(row: EntryRow, page: _Page) -> ShownEntry:
    language, zone = page.visitor.language, page.visitor.agent.zone
    clock = formats.clock(row.created_at, language, zone)
    if "withdrawn_at" in row.data:
        gone_at = formats.clock(datetime.fromisoformat(row.data["withdrawn_at"]), language, zone)
        return ShownEntry("said", _number(row), row.kind, clock=gone_at, text=withdrew(row))
    if row.kind == "withdrawn":
        # What it reports stands where the reply stood.
        return ShownEntry("nothing", str(row.seq), row.kind)
    if row.kind in WORDS:
        return _words(row, clock, page)
    comment = tuple(map(_part, split_hidden(row.text or "")))
    return ShownEntry("said", str(row.seq), row.kind, clock=clock, text=say(row, page.names), parts=comment, lang=row.language)


def _removed(row: EntryRow, page: _Page, authors: Mapping[tuple[str, int], str]) -> ShownEntry:
    sentences, advice = removed(row)
    # Only the chat tells its customers at once, and only of what they wrote themselves.
    was_told = page.conversation.channel == "chat" and authors.get((row.part, row.data.get("of", 0))) == "customer"
    return ShownEntry("guard", _number(row), row.kind, sentences=tuple(sentences), advice=advice if was_told else "")


def _words(row: EntryRow, clock: str, page: _Page) -> ShownEntry:
    conversation, visitor = page.conversation, page.visitor
    is_theirs = row.author_kind == "customer"
    is_mine = row.agent_id == visitor.agent.id
    parts = list(_parts(row, page))
    whole = parts[0] if len(parts) == 1 and isinstance(parts[0], str) else ""
    return ShownEntry(
        "words",
        _number(row),
        row.kind,
        CLASSES[row.kind],
        clock,
        key=str(row.client_key) if row.client_key and not is_theirs and not row.part else "",
        name=page.customer if is_theirs else page.own if is_mine else row.agent_name or "",
        name_lang=conversation.language if is_theirs and conversation.customer_name else "",
        whole=whole,
        parts=() if whole else tuple(map(_part, parts)),
        is_shaped=any(isinstance(part, ShownPart) and part.tag for part in parts),
        lang=row.language or (conversation.language if is_theirs else ""),
        files=tuple(_file(file, row.part or conversation.public_id) for file in row.data.get("files", ())),
        fresh=_fresh(row, visitor) if is_mine and row.kind == "reply" and conversation.channel == "chat" and not row.part else 0,
        note=_note(row.kind),
        again=_again(row.data.get("again", 0)),
        is_unclear="unclear" in row.data,
        is_merged=bool(row.part),
        mark=page.said[mark_of(row.seq, page.marks)] if row.kind == "reply" and not row.part else "",
    )


def _fresh(row: EntryRow, visitor: Visitor) -> int:
    return max(0, int((row.created_at + WITHDRAWN_WITHIN - visitor.at).total_seconds()))


def _number(row: EntryRow) -> str:
    return "" if row.part else str(row.seq)


def _file(file: Mapping[str, Any], conversation: str) -> ShownFile:
    url = reverse("desk:file", args=[conversation, file["id"]])
    is_picture = file["kind"] == "image"
    return ShownFile(url, _("Picture") if is_picture else _("Video"), is_picture, file["width"], file["height"])


def _note(kind: str) -> str:
    return _("note, only the team sees it") if kind == "note" else ""


def _again(times: int) -> str:
    # Translators: beside a message whose words the customer sent once more while waiting.
    return ngettext("sent %(n)s more time", "sent %(n)s more times", times) % {"n": times} if times else ""


def _parts(row: EntryRow, page: _Page) -> Iterable[str | HiddenSecret | ShownPart]:
    """Cut words into what shows differently: only an agent's are shaped by signs, and tell what the time is elsewhere."""
    text = row.text or ""
    parts: Iterable[str | HiddenSecret | ShownPart] = _shaped(text) if row.author_kind == "agent" else split_hidden(text)
    if "zone" in row.data:
        parts = [piece for part in parts for piece in _with_times(part, row.data["zone"], row.created_at, page.visitor)]
    if row.kind == "note" and page.colleagues:
        parts = [piece for part in parts for piece in _with_names(part, page)]
    return parts


def _shaped(text: str) -> Iterator[str | HiddenSecret | ShownPart]:
    for piece in pieces(text):
        if isinstance(piece, Tag):
            yield ShownPart(tag=piece)
        else:
            yield from split_hidden(piece)


def _with_times(
    part: str | HiddenSecret | ShownPart, zone: str, at: datetime, visitor: Visitor
) -> Iterator[str | HiddenSecret | ShownPart]:
    if not isinstance(part, str):
        yield part
        return
    begin = 0
    for time in read_times(part, zone=zone, at=at):
        there = formats.on_own_clock(time.at, visitor.language, visitor.agent.zone, has_day=time.has_day)
        if there:
            yield part[begin : time.end]
            yield ShownPart(there=there, moment=time.at.isoformat())
            begin = time.end
    if part[begin:]:
        yield part[begin:]


def _with_names(part: str | HiddenSecret | ShownPart, page: _Page) -> Iterator[str | HiddenSecret | ShownPart]:
    if not isinstance(part, str):
        yield part
        return
    begin = 0
    for naming in namings_in(part, page.colleagues):
        if part[begin : naming.start]:
            yield part[begin : naming.start]
        yield ShownPart(part[naming.start : naming.end], names="you" if page.visitor.agent.id in naming.people else "colleague")
        begin = naming.end
    if part[begin:]:
        yield part[begin:]


def _part(part: str | HiddenSecret | ShownPart) -> ShownPart:
    if isinstance(part, ShownPart):
        return part
    return ShownPart(part) if isinstance(part, str) else ShownPart(secret=str(kind_name(part.kind)))


def _day(at: datetime, visitor: Visitor) -> str:
    return formats.day(at, visitor.language, visitor.agent.zone, now=visitor.at)
