"""The live token opens what it says, for as long as it says."""

from datetime import UTC, datetime, timedelta

import pytest

from vigil.kernel import clock
from vigil.kernel.live import tokens
from vigil.kernel.live.refusals import TokenExpired, TokenInvalid

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_token_says_what_was_signed() -> None:
    with clock.set_to(lambda: NOON):
        claims = tokens.claims_for("guest:17", ["c:1", "c:2"], "widget", at=NOON, language="zh-Hans", detail={"customer": 17})
        assert tokens.read(tokens.mint(claims)) == claims


def test_a_token_ends_after_ten_minutes() -> None:
    with clock.set_to(lambda: NOON):
        token = tokens.mint(tokens.claims_for("guest:17", ["c:1"], "widget", at=NOON))
    with clock.set_to(lambda: NOON + timedelta(minutes=10)), pytest.raises(TokenExpired):
        tokens.read(token)


def test_no_token_is_made_for_longer() -> None:
    with clock.set_to(lambda: NOON), pytest.raises(ValueError, match="ten minutes"):
        tokens.mint(tokens.Claims("guest:17", frozenset(), "widget", NOON + timedelta(minutes=11)))


def test_a_token_that_was_touched_is_nobodys() -> None:
    with clock.set_to(lambda: NOON):
        token = tokens.mint(tokens.claims_for("guest:17", ["c:1"], "widget", at=NOON))
        for place in range(0, len(token), 7):
            touched = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
            with pytest.raises(TokenInvalid):
                tokens.read(touched)


@pytest.mark.parametrize("token", ["", "x", ":", "a:b", "ü", "x" * 10_000, "\x00"])
def test_nonsense_is_nobodys_token(token: str) -> None:
    with pytest.raises(TokenInvalid):
        tokens.read(token)
