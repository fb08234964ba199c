"""What travels down a stream, written once however many people receive it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KEEP_ALIVE = b":\n\n"
# Some proxies hold back the first two kilobytes; a comment of that size pushes the hello through them.
PADDING = b":" + b" " * 2048 + b"\n\n"


# Made once: json.dumps makes a new one for every call that is not all defaults.
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def as_json(value: Any) -> bytes:
    """Write compact JSON in UTF-8."""
    return _write(value).encode()


@dataclass(frozen=True, slots=True)
class Frame:
    """One piece of news for one topic; `data` is JSON on one line.

    With `conversation` and `seq` it is a lasting entry that a client resumes after; without `seq` it is a signal
    (typing, presence), the first to be dropped for a slow client unless it `matters`.
    """

    topic: str
    event: str
    data: bytes
    conversation: str | None = None
    seq: int | None = None
    matters: bool = True
    sse: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        number = b"" if self.seq is None else b"id: %d\n" % self.seq
        written = b"%bevent: %b\ndata: %b\n\n" % (number, self.event.encode(), self.data)
        object.__setattr__(self, "sse", written)

    def for_poll(self) -> bytes:
        """Write the frame as an object of the long poll's list."""
        number = b"null" if self.seq is None else b"%d" % self.seq
        return b'{"event":%b,"id":%b,"data":%b}' % (as_json(self.event), number, self.data)


def make(
    topic: str, event: str, data: Mapping[str, Any], *, conversation: str | None = None, seq: int | None = None, matters: bool = True
) -> Frame:
    """Make a frame from plain values."""
    return Frame(topic, event, as_json(data), conversation, seq, matters)


def bye(reason: str) -> Frame:
    """Say why a stream ends: restart, expired, revoked or slow."""
    return make("", "bye", {"reason": reason})


def from_signal(payload: Mapping[str, Any]) -> Frame:
    """Make the frame that another process asked for. Raises KeyError when the payload is not of ours."""
    return Frame(payload["topic"], payload["event"], payload["data"].encode(), payload.get("conversation"), matters=False)
