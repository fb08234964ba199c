"""From entries to the lines of a record: everything a template shows, worked out beforehand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from vigil.conversations.queries import EntryRow
from vigil.conversations.rules import read_times
from vigil.languages import formats
from vigil.languages.table import find_language
from vigil.markup.writing import Tag, as_plain, pieces
from vigil.records.sentences import EVENTS, event_key
from vigil.safety.queries import HiddenSecret, kind_name, split_hidden
from vigil.team import queries as team

_WORDS = {"message": "customer", "reply": "agent"}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of what was said: words, a tag that shapes them, what was taken out, what file was sent, or a time on the reader's clock."""

    text: str
    is_tag: bool = False
    is_hidden: bool = False
    is_file: bool = False
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the record; `by` is empty for events. Times are written in the reader's zone and in UTC."""

    side: Literal["customer", "agent", "event"]
    by: str
    parts: tuple[Part, ...]
    language: str
    direction: str
    stamp: str
    at_local: str
    at_utc: str


def make_lines(entries: Iterable[EntryRow], *, language: str, zone: str, is_plain: bool = False) -> Iterator[Line]:
    """Write the entries as lines, in the active language; those without words for a customer are left out.

    What signs shape is shaped by tags, or where it `is_plain`, by lines and letters alone.
    """
    names: dict[int, str] = {}
    for entry in entries:
        side, by, parts = _said(entry, language, zone, is_plain=is_plain) if entry.kind in _WORDS else _happened(entry, names)
        if parts:
            speech = find_language(entry.language) if entry.kind in _WORDS else None
            yield Line(
                side=side,
                by=by,
                parts=parts,
                language=speech.code if speech else "",
                direction=speech.direction if speech else "auto",
                stamp=entry.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                at_local=formats.moment(entry.created_at, language, zone),
                at_utc=utc(entry.created_at, language),
            )


def utc(at: datetime, language: str) -> str:
    """Write a moment in UTC and say so."""
    return f"{formats.moment(at, language, 'UTC')} UTC"


def _said(entry: EntryRow, language: str, zone: str, *, is_plain: bool) -> tuple[Literal["customer", "agent"], str, tuple[Part, ...]]:
    if entry.kind == "reply":
        return "agent", entry.agent_public_name or _("Support"), (*_reply(entry, language, zone, is_plain=is_plain), *_files(entry))
    return "customer", _("You"), (*_words(entry.text or ""), *_files(entry))


def _reply(entry: EntryRow, language: str, zone: str, *, is_plain: bool) -> Iterator[Part]:
    text = entry.text or ""
    for piece in [as_plain(text)] if is_plain else pieces(text):
        if isinstance(piece, Tag):
            yield Part(piece, is_tag=True)
        else:
            yield from _with_times(_words(piece), entry, language, zone)


def _files(entry: EntryRow) -> Iterator[Part]:
    names = {"image": _("Picture"), "video": _("Video")}
    for place, file in enumerate(entry.data.get("files", ())):
        if place or entry.text:
            yield Part(" " if place else "\n")
        yield Part(names.get(file["kind"], names["image"]), is_file=True)


def _words(text: str) -> tuple[Part, ...]:
    return tuple(
        Part(str(kind_name(part.kind)), is_hidden=True) if isinstance(part, HiddenSecret) else Part(part) for part in split_hidden(text)
    )


def _with_times(parts: Iterable[Part], entry: EntryRow, language: str, zone: str) -> Iterator[Part]:
    """Put behind each time that an agent has written what the reader's clock shows then."""
    for part in parts:
        begin = 0
        if "zone" in entry.data and not part.is_hidden:
            for time in read_times(part.text, zone=entry.data["zone"], at=entry.created_at):
                there = formats.on_own_clock(time.at, language, zone, has_day=time.has_day)
                if there:
                    yield Part(part.text[begin : time.end])
                    yield Part(f" ({there})", is_aside=True)
                    begin = time.end
        yield replace(part, text=part.text[begin:])


def _happened(entry: EntryRow, names: dict[int, str]) -> tuple[Literal["event"], str, tuple[Part, ...]]:
    name = _assigned_name(entry, names) if entry.kind == "assigned" else None
    key = event_key(entry.kind, entry.data, name, is_own=entry.author_kind == "customer")
    if key is None:
        return "event", "", ()
    said = Part(str(EVENTS[key]) % {"name": name, "score": entry.data.get("score")})
    other = entry.data.get("into") or entry.data.get("from") if key in {"onward", "joined"} else None
    comment = (Part(_("Number: %(number)s") % {"number": other}),) if other else _words(entry.text or "")
    return "event", "", (said, Part("\n"), *comment) if comment else (said,)


def _assigned_name(entry: EntryRow, names: dict[int, str]) -> str | None:
    agent_id = entry.data.get("to")
    if agent_id is None:
        return None
    if agent_id not in names:
        names[agent_id] = team.public_name(agent_id)
    return names[agent_id]
