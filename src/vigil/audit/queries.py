"""Reading the records, and proving that nobody touched them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from vigil.audit.models import Head, Record
from vigil.audit.rules import GENESIS, Detail, Link, seal

_AT_ONCE = 2000
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record, as it is shown."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, Detail]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Records, newest first; `before` asks for the next page, and is None on the last."""

    rows: tuple[RecordRow, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class Verification:
    """What a walk along the chain found.

    `checked` records held; `first_bad` is the number of the first that does not, with its `reason`: gap, edited, broken,
    anchor, truncated, beyond_head. `anchor` is "number:hash" of the head, to be kept away from this database.
    """

    checked: int
    first_bad: int | None
    reason: str
    anchor: str

    @property
    def holds(self) -> bool:
        """Say whether nothing was found."""
        return self.first_bad is None


class BadAnchor(ValueError):
    """An anchor has the form number:hash, as `verify` gave it."""


def list_records(
    *, subject: str | None = None, actor: str | None = None, action: str | None = None, before: int | None = None, limit: int = 50
) -> RecordPage:
    """List the newest records first, narrowed by any of the three; `before` continues a page, at most 200 at once."""
    rows = Record.objects.order_by("-number")
    wanted = {"subject": subject, "actor": actor, "action": action, "number__lt": before}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    size = max(1, min(limit, 200))
    found = [RecordRow(row.number, row.at, row.actor, row.action, row.subject, row.details) for row in rows[: size + 1]]
    shown = tuple(found[:size])
    return RecordPage(shown, shown[-1].number if len(found) > size else None)


def get_anchor() -> str:
    """Give the head of the chain as "number:hash"; "0:000…" before the first record."""
    head = Head.objects.filter(id=1).first()
    return str(head) if head else f"0:{GENESIS}"


def verify(*, expected_head: str | None = None) -> Verification:
    """Walk the whole chain, from the first record to the head, and name the first that does not hold.

    Streams; takes no lock; records that are added meanwhile are left for the next walk. `expected_head` is an anchor kept
    from an earlier walk: the chain must still pass through it. Raises BadAnchor.
    """
    expected = _read_anchor(expected_head) if expected_head else None
    # The highest number is read before the head: both grow in one transaction, so the head cannot lie behind it.
    highest = Record.objects.aggregate(highest=Max("number"))["highest"] or 0
    anchor = get_anchor()
    head_number, head_hash = _read_anchor(anchor)
    checked, previous = 0, GENESIS
    for link, sealed in _links(up_to=head_number):
        reason = _fault(link, sealed, number=checked + 1, previous=previous, expected=expected)
        if reason:
            return Verification(checked, checked + 1, reason, anchor)
        checked, previous = link.number, sealed
    if checked < head_number or (expected and checked < expected[0]):
        return Verification(checked, checked + 1, "truncated", anchor)
    if previous != head_hash:
        return Verification(checked, checked, "anchor", anchor)
    if highest > head_number:
        return Verification(checked, head_number + 1, "beyond_head", anchor)
    return Verification(checked, None, "", anchor)


def _links(*, up_to: int) -> Iterator[tuple[Link, str]]:
    # By keyset and not by a cursor: no statement is long, however long the chain is.
    last = -_LARGEST
    while True:
        rows = Record.objects.filter(number__gt=last, number__lte=up_to).order_by("number")
        found = list(rows.values_list("number", "at", "actor", "action", "subject", "details", "previous", "hash")[:_AT_ONCE])
        for *values, sealed in found:
            yield Link(*values), sealed
        if len(found) < _AT_ONCE:
            return
        last = found[-1][0]


def _fault(link: Link, sealed: str, *, number: int, previous: str, expected: tuple[int, str] | None) -> str:
    if link.number != number:
        return "gap"
    if link.previous != previous:
        return "broken"
    if seal(link) != sealed:
        return "edited"
    if expected and expected[0] == number and expected[1] != sealed:
        return "anchor"
    return ""


def _read_anchor(text: str) -> tuple[int, str]:
    number, _, sealed = text.strip().partition(":")
    if not number.isdecimal() or len(number) > len(str(_LARGEST)) or len(sealed) != len(GENESIS):
        raise BadAnchor(text)
    return int(number), sealed
