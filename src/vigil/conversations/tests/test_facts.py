"""What is looked at for facts at all: nothing that holds one is passed over."""

from datetime import UTC, datetime

import pytest

from vigil.conversations.queries.facts import facts_of
from vigil.conversations.queries.thread import EntryRow
from vigil.safety.commands import screen


def said(text: str) -> EntryRow:
    words = screen(text).text
    return EntryRow(1, "message", "customer", None, "", "", words, "en", {}, None, datetime(2026, 11, 1, tzinfo=UTC))


@pytest.mark.parametrize("text", ["BTC/USDT", "my sol/usdc order", "5 BTC", "ETHBTC is stuck", "write to ada@example.org"])
def test_a_fact_without_two_digits_is_found_too(text: str) -> None:
    assert len(facts_of([said(text)])) == 1
