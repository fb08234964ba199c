"""Figures, amounts and what they count."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.identifiers import read_facts
from vigil.identifiers.numbers import read_figure, scaled


def amounts(text: str) -> list[str]:
    return [f"{fact.value}{'?' if fact.problem else ''}" for fact in read_facts(text) if fact.kind == "amount"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500 USDT", "500 USDT"),
        ("500usdt", "500 USDT"),
        ("USDT 500", "500 USDT"),
        ("usdt: 250.75", "250.75 USDT"),
        ("1,234.56 USDT", "1234.56 USDT"),
        ("1.234,56 USDT", "1234.56 USDT"),
        ("1 234,56 USDT", "1234.56 USDT"),
        ("1\u202f234\u00a0567,89 руб", "1234567.89 RUB"),
        ("1'234.50 CHF", "1234.50 CHF"),
        ("1.234.567 USDT", "1234567 USDT"),
        ("0,5 BTC", "0.5 BTC"),
        ("0.005 BTC", "0.005 BTC"),
        ("0.123 BTC", "0.123 BTC"),
        ("0.00338462 BTC", "0.00338462 BTC"),
        ("１，２３４．５６ ＵＳＤＴ", "1234.56 USDT"),
        ("R$ 1.234,56", "1234.56 BRL"),
        ("1.200 dólares", "1200 USD"),
        ("500.000đ", "500000 VND"),
        ("Rp 1.000.000", "1000000 IDR"),
        ("₩50,000", "50000 KRW"),
        ("$1.2m", "1200000 USD"),
        ("1.5kUSDT", "1500 USDT"),
        ("12万USDT", "120000 USDT"),
        ("1,200顆USDT", "1200 USDT"),
        ("620U", "620 USDT"),
        ("10만원", "100000 KRW"),
        ("1만2천원", "12000 KRW"),
        ("7億8310万ドル", "783100000 USD"),
        ("3 triệu", "3000000 VND"),
        ("350rb", "350000 IDR"),
        ("5 тыс рублей", "5000 RUB"),
        ("780 000 тенге", "780000 KZT"),
        ("3.500 lira", "3500 TRY"),
        ("¥5,000です", "5000 JPY"),
        ("¥5,000 到了", "5000 CNY"),
        ("TON 348.5", "348.5 TON"),
        ("100 USDT-TRC20", "100 USDT"),
        ("100USDT(BEP20)", "100 USDT"),
    ],
)
def test_an_amount_is_written_with_a_dot_and_its_money(text: str, expected: str) -> None:
    assert amounts(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("please, I sent you 1.234 BTC", "1.234 BTC"),
        ("please, I sent you 1,234 BTC", "1234 BTC"),
        ("我充值了 1,234 USDT", "1234 USDT"),
        ("gönderdim 1.234 USDT", "1.234 USDT?"),
        ("gönderdim 1,234 USDT", "1,234 USDT?"),
        ("1.850 XRP", "1.850 XRP?"),
        ("envié 2.000 USDT", "2.000 USDT?"),
    ],
)
def test_a_figure_that_can_mean_two_things_says_so(text: str, expected: str) -> None:
    assert amounts(text) == [expected]


@pytest.mark.parametrize(
    "text", ["30d", "2d ago", "10W", "元4610", "5 one", "3 sun", "0xabUSD", "1.2.3 USDT", "91057b3155 BTCx", "4u32", "25x"]
)
def test_what_counts_no_money_is_no_amount(text: str) -> None:
    assert amounts(text) == []


@given(whole=st.integers(0, 10**12), cents=st.integers(0, 99))
def test_every_way_to_group_means_the_same(whole: int, cents: int) -> None:
    expected = f"{whole}.{cents:02}"
    english = f"{whole:,}.{cents:02}"
    swapped = english.translate(str.maketrans(",.", ".,"))
    spaced = english.replace(",", " ").replace(".", ",")
    for written in (english, swapped, spaced, english.replace(",", "'")):
        assert read_figure(written) == expected


def test_a_figure_that_is_none_is_refused() -> None:
    for written in ("1,2,3", "1.23.4", "12,34.567.8", "1,234,56.7", "x"):
        with pytest.raises(ValueError, match=re.escape(written)):
            read_figure(written)


def test_a_dot_is_moved_without_arithmetic() -> None:
    assert [scaled("1.5", 3), scaled("0.0001", 4), scaled("12", 4), scaled("1.23456", 3), scaled("1.50", 0)] == [
        "1500",
        "1",
        "120000",
        "1234.56",
        "1.50",
    ]
