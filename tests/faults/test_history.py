"""The checker must be seen to fail: each kind of harm, done to a sound history, is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.history import Journal, Report, Stored, check


def _sound(folder: Path) -> tuple[Journal, list[Stored]]:
    journal = Journal(folder / "journal.jsonl", 7)
    stored = [Stored("c", 1, "opened", "system", None)]
    for seq, key in enumerate(("k2", "k3", "k4"), start=2):
        journal.note("invoke", "ada", key=key)
        journal.note("ok", "ada", key=key, conversation="c", seq=seq)
        stored.append(Stored("c", seq, "message", "customer", key))
    journal.note("invoke", "ada", key="never-answered")
    journal.note("unknown", "ada", key="never-answered")
    stored.append(Stored("c", 5, "note", "agent", "n5"))
    journal.note("invoke", "noor", key="n5")
    for seq in (1, 2, 3, 4):
        journal.note("shown", "ada", conversation="c", seq=seq)
    for seq in (1, 2, 3, 4, 5):
        journal.note("shown", "noor", conversation="c", seq=seq)
    journal.note("stayed", "ada", conversation="c", is_staff=False)
    journal.note("stayed", "noor", conversation="c", is_staff=True)
    return journal, stored


def test_a_sound_history_is_clean(tmp_path: Path) -> None:
    report = check(*_sound(tmp_path))
    assert report.is_clean, str(report)


def test_an_unknown_outcome_may_be_stored_or_not(tmp_path: Path) -> None:
    journal, stored = _sound(tmp_path)
    stored.append(Stored("c", 6, "message", "customer", "never-answered"))
    journal.note("shown", "ada", conversation="c", seq=6)
    journal.note("shown", "noor", conversation="c", seq=6)
    assert check(journal, stored).is_clean


def _lose(journal: Journal, stored: list[Stored]) -> None:
    stored[:] = [row if row.key != "k3" else Stored("c", 3, "message", "customer", "another") for row in stored]
    journal.note("invoke", "ada", key="another")


def _double(journal: Journal, stored: list[Stored]) -> None:
    stored.append(Stored("c", 6, "message", "customer", "k3"))


def _invent(journal: Journal, stored: list[Stored]) -> None:
    stored.append(Stored("c", 6, "message", "customer", "nobodys"))


def _store_what_was_refused(journal: Journal, stored: list[Stored]) -> None:
    journal.note("fail", "ada", key="never-answered")
    stored.append(Stored("c", 6, "message", "customer", "never-answered"))


def _leave_a_gap(journal: Journal, stored: list[Stored]) -> None:
    stored[:] = [row for row in stored if row.seq != 1]


def _number_twice(journal: Journal, stored: list[Stored]) -> None:
    stored.append(Stored("c", 5, "status", "system", None))


def _tell_a_wrong_number(journal: Journal, stored: list[Stored]) -> None:
    journal.note("ok", "ada", key="k3", conversation="c", seq=9)


def _show_twice(journal: Journal, stored: list[Stored]) -> None:
    journal.note("shown", "ada", conversation="c", seq=4)


def _show_out_of_order(journal: Journal, stored: list[Stored]) -> None:
    shown = next(line for line in journal.lines if line["what"] == "shown")
    journal.lines.remove(shown)
    journal.lines.append(shown)


def _miss(journal: Journal, stored: list[Stored]) -> None:
    journal.lines[:] = [line for line in journal.lines if not (line["what"] == "shown" and line["who"] == "ada" and line["seq"] == 4)]


def _show_a_note_to_a_customer(journal: Journal, stored: list[Stored]) -> None:
    journal.note("shown", "ada", conversation="c", seq=5)


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        (_lose, "lost"),
        (_double, "doubled"),
        (_invent, "phantom"),
        (_store_what_was_refused, "phantom"),
        (_leave_a_gap, "disorder"),
        (_number_twice, "disorder"),
        (_tell_a_wrong_number, "disorder"),
        (_show_twice, "disorder"),
        (_show_out_of_order, "disorder"),
        (_miss, "disorder"),
        (_show_a_note_to_a_customer, "disorder"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_harmed_history_is_not_clean(tmp_path: Path, harm: Callable[[Journal, list[Stored]], None], named: str) -> None:
    journal, stored = _sound(tmp_path)
    harm(journal, stored)
    report: Report = check(journal, stored)
    assert getattr(report, named), str(report)
    assert str(journal.path) in str(report)
    assert "seed 7" in str(report)
