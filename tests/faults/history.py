"""The history checker: what clients were told against what the database holds and what the streams showed.

Every simulated client writes down *invoke* before it sends, then *ok*, *fail* or *unknown*, always with its own key, and
every entry its stream shows. At the end: lost = ok - stored, doubled = stored more than once, phantom = stored - invoked,
disorder = numbers with gaps, streams out of order, an entry shown twice or never. The seed and the journal of a run that
failed are kept, and the report says where.
"""

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

# What a customer's stream shows, written here a second time on purpose: the checker must not believe the product.
SHOWN_TO_CUSTOMERS = frozenset({"opened", "message", "reply", "secret_removed", "assigned", "status", "key_replayed", "rated"})
_WORDS = frozenset({"message", "reply", "note"})


class Journal:
    """What all clients of one run did and saw, line by line; written to a file at the end, and also when a test breaks off."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path, self.seed = path, seed
        self.lines: list[dict[str, Any]] = []
        self.note("seed", "run", seed=seed)

    def note(self, what: str, who: str, **facts: Any) -> None:
        """Write down one thing that happened."""
        line = {"t": round(time.monotonic(), 4), "what": what, "who": who, **facts}
        self.lines.append(line)

    def write(self) -> None:
        """Write the journal to its file."""
        self.path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self.lines), encoding="utf-8")

    def count(self, what: str) -> int:
        """Count the lines of one kind."""
        return sum(line["what"] == what for line in self.lines)


@dataclass(frozen=True, slots=True)
class Stored:
    """One entry as the database has it."""

    conversation: str
    seq: int
    kind: str
    author_kind: str
    key: str | None


@dataclass
class Report:
    """What is wrong with a run; every list is empty when nothing is."""

    seed: int
    journal: Path
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    phantom: list[str] = field(default_factory=list)
    disorder: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.phantom or self.disorder)

    def __str__(self) -> str:
        counts = f"lost {len(self.lost)}, doubled {len(self.doubled)}, phantom {len(self.phantom)}, disorder {len(self.disorder)}"
        examples = [*self.lost[:3], *self.doubled[:3], *self.phantom[:3], *self.disorder[:3]]
        return f"seed {self.seed}: {counts}; journal {self.journal}\n" + "\n".join(examples)


def read_stored(database_url: str) -> list[Stored]:
    """Read every timeline of a house."""
    question = (
        "SELECT c.public_id, e.seq, e.kind, e.author_kind, e.client_key::text FROM conversations_entry e "
        "JOIN conversations_conversation c ON c.id = e.conversation_id ORDER BY c.id, e.seq, e.id"
    )
    with psycopg.connect(database_url) as connection:
        return [Stored(*row) for row in connection.execute(question)]


def check(journal: Journal, stored: Iterable[Stored]) -> Report:
    """Compare what clients wrote down with what is stored."""
    rows = list(stored)
    report = Report(journal.seed, journal.path)
    _check_words(journal, rows, report)
    _check_numbers(rows, report)
    _check_streams(journal, rows, report)
    return report


def assert_clean(journal: Journal, database_url: str) -> Report:
    """Check a run and fail with the report; the journal stays where the report says."""
    journal.write()
    report = check(journal, read_stored(database_url))
    assert report.is_clean, str(report)
    assert journal.count("ok") > 0, f"seed {journal.seed}: nothing was acknowledged, so nothing was proven; journal {journal.path}"
    return report


def _check_words(journal: Journal, rows: list[Stored], report: Report) -> None:
    times = Counter(row.key for row in rows if row.kind in _WORDS and row.key)
    places = {row.key: (row.conversation, row.seq) for row in rows if row.kind in _WORDS and row.key}
    invoked = {line["key"] for line in journal.lines if line["what"] == "invoke"}
    for line in (line for line in journal.lines if line["what"] == "ok"):
        if line["key"] not in times:
            report.lost.append(f"{line['who']} was told that {line['key']} is stored, and it is not")
        elif (line["conversation"], line["seq"]) != places[line["key"]]:
            report.disorder.append(f"{line['who']} was told {line['seq']} for {line['key']}, stored is {places[line['key']]}")
    report.doubled += [f"{key} is stored {count} times" for key, count in times.items() if count > 1]
    report.phantom += [f"{key} is stored and nobody sent it" for key in times if key not in invoked]
    for line in (line for line in journal.lines if line["what"] == "fail"):
        if line["key"] in times:
            report.phantom.append(f"{line['who']} was told that {line['key']} is refused, and it is stored")


def _check_numbers(rows: list[Stored], report: Report) -> None:
    numbers: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        numbers[row.conversation].append(row.seq)
    for conversation, found in numbers.items():
        if found != list(range(1, len(found) + 1)):
            report.disorder.append(f"{conversation} is numbered {found[:40]}")


def _check_streams(journal: Journal, rows: list[Stored], report: Report) -> None:
    shown: dict[tuple[str, str], list[int]] = defaultdict(list)
    for line in journal.lines:
        if line["what"] == "shown":
            shown[line["who"], line["conversation"]].append(line["seq"])
    for (who, conversation), numbers in shown.items():
        if len(set(numbers)) != len(numbers):
            twice = [number for number, count in Counter(numbers).items() if count > 1]
            report.disorder.append(f"{who} was shown {twice[:10]} of {conversation} twice")
        if numbers != sorted(numbers):
            report.disorder.append(f"{who} was shown {conversation} out of order: {numbers[:40]}")
    for line in (line for line in journal.lines if line["what"] == "stayed"):
        seen = set(shown[line["who"], line["conversation"]])
        ours = (row for row in rows if row.conversation == line["conversation"])
        due = {row.seq for row in ours if line["is_staff"] or row.kind in SHOWN_TO_CUSTOMERS}
        if missed := sorted(due - seen):
            report.disorder.append(f"{line['who']} stayed to the end of {line['conversation']} and missed {missed[:20]}")
        if invented := sorted(seen - due):
            report.disorder.append(f"{line['who']} was shown {invented[:20]} of {line['conversation']}, which is not theirs to see")
