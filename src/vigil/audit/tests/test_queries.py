from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection

from vigil.audit import queries
from vigil.audit.commands import record
from vigil.audit.queries import BadAnchor
from vigil.audit.rules import GENESIS, Link, seal

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 1, 3, 10, tzinfo=UTC)


@pytest.fixture
def five_records() -> None:
    for number in range(1, 6):
        record(actor=f"agent:{number}", action="conversation.revealed", subject="conversation:7c0", at=AT, details={"n": number})


@contextmanager
def as_the_owner_of_the_database() -> Iterator[None]:
    """Triggers asleep: what an administrator of the database can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


def tamper(*statements: str) -> queries.Verification:
    with as_the_owner_of_the_database(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    return queries.verify()


def test_an_empty_chain_holds() -> None:
    assert queries.verify() == queries.Verification(0, None, "", f"0:{GENESIS}")


@pytest.mark.usefixtures("five_records")
def test_an_untouched_chain_holds_and_names_its_head() -> None:
    verification = queries.verify()
    assert (verification.checked, verification.first_bad) == (5, None)
    assert verification.anchor == queries.get_anchor()
    assert verification.anchor.startswith("5:")


@pytest.mark.usefixtures("five_records")
@pytest.mark.parametrize("at_once", [1, 2, 5, 6])
def test_a_long_chain_is_walked_in_parts(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(queries, "_AT_ONCE", at_once)
    assert (queries.verify().checked, queries.verify().holds) == (5, True)
    verification = tamper("DELETE FROM audit_record WHERE number = 4")
    assert (verification.first_bad, verification.reason) == (4, "gap")


@pytest.mark.usefixtures("five_records")
@pytest.mark.parametrize(
    ("statements", "first_bad", "reason"),
    [
        pytest.param(["UPDATE audit_record SET actor = 'agent:9' WHERE number = 3"], 3, "edited", id="actor"),
        pytest.param(["UPDATE audit_record SET at = at + interval '1 second' WHERE number = 1"], 1, "edited", id="moment"),
        pytest.param(["""UPDATE audit_record SET details = '{"n": 30}' WHERE number = 3"""], 3, "edited", id="details"),
        pytest.param(["UPDATE audit_record SET hash = repeat('a', 64) WHERE number = 5"], 5, "edited", id="seal"),
        pytest.param(["UPDATE audit_record SET previous = repeat('a', 64) WHERE number = 2"], 2, "broken", id="link"),
        pytest.param(["DELETE FROM audit_record WHERE number = 3"], 3, "gap", id="one deleted"),
        pytest.param(["DELETE FROM audit_record WHERE number = 1"], 1, "gap", id="first deleted"),
        pytest.param(
            ["DELETE FROM audit_record WHERE number = 3", "UPDATE audit_record SET number = number - 1 WHERE number > 3"],
            3,
            "broken",
            id="one deleted and the rest moved up",
        ),
        pytest.param(
            [
                "UPDATE audit_record SET number = 99 WHERE number = 2",
                "UPDATE audit_record SET number = 2 WHERE number = 3",
                "UPDATE audit_record SET number = 3 WHERE number = 99",
            ],
            2,
            "broken",
            id="two swapped",
        ),
        pytest.param(["DELETE FROM audit_record WHERE number = 5"], 5, "truncated", id="last deleted"),
        pytest.param(["DELETE FROM audit_record"], 1, "truncated", id="all deleted"),
        pytest.param(
            ["INSERT INTO audit_record SELECT 6, at, actor, action, subject, details, previous, hash FROM audit_record WHERE number = 5"],
            6,
            "beyond_head",
            id="one added past the head",
        ),
        pytest.param(["UPDATE audit_head SET number = 4"], 4, "anchor", id="head moved back"),
        pytest.param(["UPDATE audit_head SET hash = repeat('a', 64)"], 5, "anchor", id="head's seal changed"),
        pytest.param(["DELETE FROM audit_head"], 1, "beyond_head", id="head deleted"),
    ],
)
def test_a81_verification_names_the_first_record_that_does_not_hold(statements: list[str], first_bad: int, reason: str) -> None:
    verification = tamper(*statements)
    assert (verification.first_bad, verification.reason) == (first_bad, reason)
    assert not verification.holds


@pytest.mark.usefixtures("five_records")
def test_a81_a_tail_cut_off_together_with_the_head_is_found_by_the_anchor_kept_elsewhere() -> None:
    kept = queries.get_anchor()
    verification = tamper(
        "DELETE FROM audit_record WHERE number > 3",
        "UPDATE audit_head SET number = 3, hash = (SELECT hash FROM audit_record WHERE number = 3)",
    )
    assert verification.holds
    verification = queries.verify(expected_head=kept)
    assert (verification.first_bad, verification.reason) == (4, "truncated")


@pytest.mark.usefixtures("five_records")
def test_a81_a_chain_rewritten_from_its_start_is_found_by_the_anchor_kept_elsewhere() -> None:
    kept = queries.get_anchor()
    previous = GENESIS
    with as_the_owner_of_the_database(), connection.cursor() as cursor:
        for number in range(1, 6):
            link = Link(number, AT, "agent:1", "conversation.revealed", "conversation:7c0", {"n": number}, previous)
            forged = "UPDATE audit_record SET actor = 'agent:1', previous = %s, hash = %s WHERE number = %s"
            cursor.execute(forged, [previous, seal(link), number])
            previous = seal(link)
        cursor.execute("UPDATE audit_head SET hash = %s", [previous])
    assert queries.verify().holds
    verification = queries.verify(expected_head=kept)
    assert (verification.first_bad, verification.reason) == (5, "anchor")


@pytest.mark.usefixtures("five_records")
def test_a_chain_that_grew_since_still_passes_through_its_anchor() -> None:
    kept = queries.get_anchor()
    record(actor="system", action="settings.changed", subject="settings", at=AT)
    assert queries.verify(expected_head=kept).holds


@pytest.mark.parametrize("anchor", ["5", "x:" + GENESIS, "5:abc", "nonsense"])
def test_an_anchor_of_another_form_is_refused(anchor: str) -> None:
    with pytest.raises(BadAnchor):
        queries.verify(expected_head=anchor)


@pytest.mark.usefixtures("five_records")
def test_records_are_listed_page_by_page_newest_first() -> None:
    first = queries.list_records(limit=2)
    second = queries.list_records(limit=2, before=first.before)
    last = queries.list_records(limit=2, before=second.before)
    assert [[row.number for row in page.rows] for page in (first, second, last)] == [[5, 4], [3, 2], [1]]
    assert (first.before, second.before, last.before) == (4, 2, None)


@pytest.mark.usefixtures("five_records")
def test_records_are_narrowed_by_who_what_and_whom() -> None:
    assert [row.number for row in queries.list_records(actor="agent:2").rows] == [2]
    assert len(queries.list_records(subject="conversation:7c0", action="conversation.revealed").rows) == 5
    assert queries.list_records(subject="conversation:7c").rows == ()
