from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from vigil.audit.rules import GENESIS, Detail, Link, NotPlain, check_plain, seal

LINK = Link(
    number=1,
    at=datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=UTC),
    actor="agent:5",
    action="conversation.revealed",
    subject="conversation:7c0",
    details={"reason": "fraud", "count": 2},
    previous=GENESIS,
)


def test_a_seal_is_sixty_four_hexadecimal_digits() -> None:
    assert len(seal(LINK)) == 64
    assert int(seal(LINK), 16)


def test_a_seal_does_not_depend_on_the_order_of_details_nor_on_the_zone_of_the_moment() -> None:
    elsewhere = replace(LINK, details={"count": 2, "reason": "fraud"}, at=LINK.at.astimezone(timezone(timedelta(hours=9))))
    assert seal(elsewhere) == seal(LINK)


@pytest.mark.parametrize(
    "other",
    [
        replace(LINK, number=2),
        replace(LINK, at=LINK.at + timedelta(microseconds=1)),
        replace(LINK, actor="agent:6"),
        replace(LINK, action="conversation.opened"),
        replace(LINK, subject="conversation:7c1"),
        replace(LINK, details={"reason": "fraud", "count": 3}),
        replace(LINK, details={"reason": "fraud", "count": "2"}),
        replace(LINK, previous="1" * 64),
    ],
    ids=["number", "moment", "actor", "action", "subject", "detail", "kind of detail", "previous"],
)
def test_a_seal_covers_every_field(other: Link) -> None:
    assert seal(other) != seal(LINK)


@pytest.mark.parametrize(
    "details",
    [
        {},
        {"agent": 5, "ok": True, "from": None, "code": "too_large", "version": "2026.1", "uid": "7c0-a", "teams": [1, 2, 3]},
        {"key": "6ba7b810-9dad-11d1-80b4-00c04fd430c8"},
    ],
)
def test_ids_numbers_and_codes_are_plain(details: dict[str, Detail]) -> None:
    check_plain(actor="system", action="settings.changed", subject="settings", details=details)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("please help me", id="words"),
        pytest.param("legal winner thank year wave sausage worth useful legal winner thank yellow", id="seed phrase"),
        pytest.param("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318", id="private key"),
        pytest.param("ada@example.com", id="address"),
        pytest.param("Помогите", id="words without spaces"),
        pytest.param("请帮帮我", id="Chinese words"),
        pytest.param("a" * 49, id="long"),
        pytest.param("", id="nothing"),
        pytest.param("code\n", id="line break"),
        pytest.param(1.5, id="fraction"),
        pytest.param(2**63, id="number past the database's"),
        pytest.param({"nested": 1}, id="nested"),
        pytest.param([[1]], id="list in a list"),
        pytest.param(["two words"], id="words in a list"),
        pytest.param([1] * 101, id="long list"),
    ],
)
def test_what_could_be_words_or_a_secret_is_refused_without_being_repeated(value: Detail) -> None:
    with pytest.raises(NotPlain) as refused:
        check_plain(actor="system", action="settings.changed", subject="settings", details={"value": value})
    assert str(refused.value) == "details.value"


@pytest.mark.parametrize("actor", ["", "Ada", "agent:", "agent:5 ", "agent:5\n", "ada@example.com", "agent:" + "5" * 49])
def test_an_actor_is_the_system_or_a_kind_and_an_id(actor: str) -> None:
    with pytest.raises(NotPlain, match="actor"):
        check_plain(actor=actor, action="signed_in", subject="agent:5", details={})


@pytest.mark.parametrize(
    ("action", "subject"), [("Signed in", "agent:5"), ("a" * 61, "agent:5"), ("signed_in", "an agent"), ("signed_in", "")]
)
def test_action_and_subject_are_codes(action: str, subject: str) -> None:
    with pytest.raises(NotPlain):
        check_plain(actor="agent:5", action=action, subject=subject, details={})


def test_details_are_few_and_their_keys_are_codes() -> None:
    for details in ({f"k{number}": number for number in range(21)}, {"Two words": 1}):
        with pytest.raises(NotPlain, match=r"^details$"):
            check_plain(actor="agent:5", action="signed_in", subject="agent:5", details=details)
