"""What each side may know of an entry: the customer what concerns them, the team everything.

A customer's side is a list of kinds, and a note is not one of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from vigil.conversations.rules import read_times, told_of_merge, told_of_status
from vigil.markup.reading import read
from vigil.markup.writing import as_tree

CUSTOMER_KINDS = (
    "opened",
    "message",
    "reply",
    "secret_removed",
    "assigned",
    "status",
    "key_replayed",
    "rated",
    "claimed",
    "withdrawn",
    "merged",
)
# What a customer is told of these beside who, when and the words.
_TOLD_DATA = {"status", "secret_removed", "rated", "withdrawn", "merged"}


class Told(Protocol):
    """An entry with what its readers need of the people and the conversation around it."""

    @property
    def conversation(self) -> str: ...
    @property
    def seq(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def author_kind(self) -> str: ...
    @property
    def agent_id(self) -> int | None: ...
    @property
    def name(self) -> str | None: ...
    @property
    def public_name(self) -> str | None: ...
    @property
    def assigned_name(self) -> str | None: ...
    @property
    def at(self) -> str | None: ...
    @property
    def text(self) -> str | None: ...
    @property
    def language(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Any]: ...
    @property
    def key(self) -> UUID | None: ...
    @property
    def state(self) -> Mapping[str, Any] | None: ...


def for_customer(row: Told) -> dict[str, Any] | None:
    """Write an entry as its customer may know it; None for what is the team's."""
    # What was withdrawn is not there for them; the entry that says so is.
    if row.kind not in CUSTOMER_KINDS or (row.data and "withdrawn_at" in row.data):
        return None
    told = _told(row)
    if told is None:
        return None
    kind, news = told
    said: dict[str, Any] = {"conversation": row.conversation, "seq": row.seq, "kind": kind, "at": row.at}
    if row.author_kind == "customer":
        said["by"] = {"kind": "you"}
        if row.key is not None:
            said["key"] = str(row.key)
    elif row.author_kind == "agent":
        said["by"] = {"kind": "agent", "name": row.public_name}
    else:
        said["by"] = {"kind": "system"}
    said |= _words(row)
    if row.data and "files" in row.data:
        said["files"] = row.data["files"]
    if row.kind == "assigned":
        # Nobody is told of a place in a queue in which they do not wait.
        is_told = row.data.get("silent") and not row.data.get("answered")
        said["data"] = {"name": row.assigned_name} | ({"silent": True} if is_told else {})
    elif row.kind in _TOLD_DATA:
        said["data"] = news
    return said


def _told(row: Told) -> tuple[str, Mapping[str, Any]] | None:
    if row.kind == "merged":
        return told_of_merge(row.data)
    news = told_of_status(row.data) if row.kind == "status" else row.data
    return None if news is None else (row.kind, news)


def _words(row: Told) -> dict[str, Any]:
    if row.text is None:
        return {}
    said: dict[str, Any] = {"text": row.text, "lang": row.language}
    # Their own words are the letters they are; an agent's may be shaped, and the chat builds that without reading any HTML.
    if row.kind == "reply" and (shape := _shape(row, row.text)):
        said["shape"] = shape
    return said


def _shape(row: Told, text: str) -> list[Any] | None:
    tree = as_tree(text)
    if not row.at or "zone" not in row.data:
        return tree
    timed = list(_with_times(tree or [text], row.data["zone"], datetime.fromisoformat(row.at)))
    return timed if tree or len(timed) > 1 else None


def _with_times(tree: Iterable[Any], zone: str, at: datetime) -> Iterator[Any]:
    """Put the moment behind each time that an agent has written; what the reader's clock shows then is the reader's to tell."""
    for node in tree:
        if not isinstance(node, str):
            yield [node[0], list(_with_times(node[1], zone, at)), *node[2:]]
            continue
        begin = 0
        for time in read_times(node, zone=zone, at=at):
            yield node[begin : time.end]
            yield ["time", [], time.at.isoformat(), time.has_day]
            begin = time.end
        if node[begin:]:
            yield node[begin:]


def for_staff(row: Told) -> dict[str, Any]:
    """Write an entry as the team may know it."""
    said: dict[str, Any] = {"conversation": row.conversation, "seq": row.seq, "kind": row.kind, "at": row.at}
    if row.state is not None:
        said["state"] = row.state
    said["by"] = {"kind": row.author_kind}
    if row.author_kind == "agent":
        said["by"] |= {"id": row.agent_id, "name": row.name}
        if row.key is not None:
            said["key"] = str(row.key)
    if row.text is not None:
        said["text"], said["lang"] = row.text, row.language
        if row.author_kind == "agent" and read(row.text):
            said["is_shaped"] = True
    if row.data and "files" in row.data:
        said["files"] = row.data["files"]
    elif row.data:
        said["data"] = dict(row.data)
    if row.assigned_name is not None:
        said["data"]["name"] = row.assigned_name
    return said


def standing_of(row: Sequence[Any]) -> dict[str, Any]:
    """Write how a conversation stands, from its queue, status, assignee, wait, promise and priority."""
    queue, status, assignee, waiting_since, due_at, priority = row
    return {
        "queue": queue,
        "status": status,
        "assignee": assignee,
        "waiting_since": iso(waiting_since),
        "due_at": iso(due_at),
        "priority": priority,
    }


def iso(moment: datetime | None) -> str | None:
    """Write a moment as every stream does: UTC, to the millisecond."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
