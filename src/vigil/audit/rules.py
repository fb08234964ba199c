"""What a record may hold and how it is sealed. Pure."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

Plain = int | bool | str | None
Detail = Plain | list[Plain]

GENESIS = "0" * 64
_ACTOR = re.compile(r"system|[a-z][a-z_]{0,30}:[A-Za-z0-9_-]{1,48}")
_SUBJECT = re.compile(r"[a-z][a-z_.]{0,30}(:[A-Za-z0-9_-]{1,48})?")
_ACTION = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")
# Short enough that neither a sentence nor a hexadecimal private key (64 digits) fits; no @, so that no address does.
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+/-]{0,47}")
_LONGEST_ACTION = 60
_MOST_DETAILS = 20
_MOST_IN_A_LIST = 100
_LARGEST = 2**63 - 1


class NotPlain(ValueError):
    """A record was to hold something that is not an id, a number or a code; the message names the field, not the value."""


@dataclass(frozen=True, slots=True)
class Link:
    """Everything of one record that its seal covers."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, Detail]
    previous: str


def seal(link: Link) -> str:
    """Compute the SHA-256 of a record and of the seal before it, as 64 hexadecimal digits."""
    values = {
        "action": link.action,
        "actor": link.actor,
        "at": link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "details": link.details,
        "number": link.number,
        "previous": link.previous,
        "subject": link.subject,
    }
    canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def check_plain(*, actor: str, action: str, subject: str, details: Mapping[str, Detail]) -> None:
    """Refuse whatever could hold a person's words or a secret. Raises NotPlain."""
    if not _ACTOR.fullmatch(actor):
        raise NotPlain("actor")
    if len(action) > _LONGEST_ACTION or not _ACTION.fullmatch(action):
        raise NotPlain("action")
    if not _SUBJECT.fullmatch(subject):
        raise NotPlain("subject")
    if len(details) > _MOST_DETAILS:
        raise NotPlain("details")
    for key, value in details.items():
        if not _KEY.fullmatch(key) or not _is_detail(value):
            raise NotPlain(f"details.{key}" if _KEY.fullmatch(key) else "details")


def _is_detail(value: object) -> bool:
    if isinstance(value, list):
        return len(value) <= _MOST_IN_A_LIST and all(_is_plain(each) for each in value)
    return _is_plain(value)


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return bool(_SLUG.fullmatch(value))
    return value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) <= _LARGEST)
