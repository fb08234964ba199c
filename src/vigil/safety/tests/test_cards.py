"""Card numbers are hidden without a digit left; other long numbers stay."""

import pytest

from vigil.safety.commands import screen
from vigil.safety.tests import makers

VISA, AMEX, UNION = makers.card(1), makers.card(2, "37", 15), makers.card(3, "6217", 19)


@pytest.mark.parametrize(
    "written",
    [
        VISA,
        makers.grouped(VISA, " "),
        makers.grouped(VISA, "-"),
        makers.grouped(VISA, "\u00a0"),
        "".join(chr(ord(digit) + 0xFEE0) for digit in VISA),
        AMEX,
        f"{AMEX[:4]} {AMEX[4:10]} {AMEX[10:]}",
        UNION,
        makers.grouped(UNION, " "),
        makers.card(4, "51"),
        makers.card(5, "2204"),
        makers.card(6, "3530"),
    ],
)
def test_a_card_number_is_hidden_whole(written: str) -> None:
    for text in (written, f"card {written} declined", f"卡号{written}，谢谢", f"{written} 12/29", f"order 77 paid by card {written}"):
        screened = screen(text)
        assert [finding.kind for finding in screened.findings] == ["card"], text
        assert screened.text.replace("⟦hidden:card⟧", "") == text.replace(written, "")


@pytest.mark.parametrize(
    "text",
    [
        f"order {VISA}",
        f"UID: {VISA}",
        f"订单号 {VISA}",
        f"+{VISA}",
        f"C02__{VISA}",
        f"{VISA}X2",
        f"{VISA}.50 USDT",
        VISA[:-1] + str((int(VISA[-1]) + 1) % 10),
        "9" + VISA[1:],
        makers.card(7, "474250", 18),
        "2026-10-10 12:30:15 1760099415123",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert screen(text).text == text


def test_a_word_inside_another_word_clears_nothing() -> None:
    assert screen(f"at the border {VISA}").findings
    assert screen(f"for the hotel {VISA}").findings
