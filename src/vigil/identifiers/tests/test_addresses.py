"""Addresses: by their checksums, chain by chain."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigil.identifiers.addresses.judging import judge_address
from vigil.identifiers.chains import CHAINS, EVM
from vigil.identifiers.tests import makers

PUBLISHED = {
    # EIP-55
    "0x52908400098527886E0F7030069857D2E4169EE7": "ethereum",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359": "ethereum",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB": "ethereum",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb": "ethereum",
    # BIP-173 and BIP-350
    "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4": "bitcoin",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0": "bitcoin",
    "BC1SW50QGDZ25J": "bitcoin",
    "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy": "bitcoin-testnet",
    # The first block's, and the ledger's root account
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa": "bitcoin",
    "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh": "xrp",
    # CashAddr's specification
    "bitcoincash:qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy": "bitcoin-cash",
    # SEP-23
    "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ": "stellar",
    "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ": "stellar",
    # The zero address of Algorand, and Substrate's well-known development account
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAY5HFKQ": "algorand",
    "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY": "polkadot",
    # CIP-19
    "addr1vx2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzers66hrl8": "cardano",
}
NOT_VALID = [
    # BIP-350
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
    "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
    "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
    "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq",
]


@pytest.mark.parametrize(("address", "network"), PUBLISHED.items())
def test_a_published_address_is_known_and_checked(address: str, network: str) -> None:
    verdict = judge_address(address)
    assert verdict is not None
    assert (verdict.networks[0], verdict.checked or address[:2] == "0x", verdict.problem) == (network, True, None)


@pytest.mark.parametrize("address", NOT_VALID)
def test_a_published_counterexample_is_told_as_mistyped(address: str) -> None:
    verdict = judge_address(address)
    assert verdict is not None
    assert not verdict.checked
    assert verdict.problem in {"checksum", "character"}


@pytest.mark.parametrize("name", makers.CHECKED)
@pytest.mark.parametrize("n", range(3))
def test_every_chain_s_address_is_checked(name: str, n: int) -> None:
    address = makers.CHECKED[name](n)
    verdict = judge_address(address)
    assert verdict is not None, address
    assert verdict.checked
    assert verdict.problem is None
    assert makers.key_of(name) in verdict.networks
    assert verdict.value.lower() == address.lower()


@settings(max_examples=400, deadline=None)
@given(
    name=st.sampled_from(sorted(makers.CHECKED)),
    n=st.integers(0, 10_000),
    at=st.integers(0, 200),
    other=st.sampled_from(string.digits + string.ascii_letters),
)
def test_one_wrong_letter_is_never_a_checked_address(name: str, n: int, at: int, other: str) -> None:
    address = makers.CHECKED[name](n)
    at %= len(address)
    wrong = address[:at] + other + address[at + 1 :]
    if wrong.lower() != address.lower():
        verdict = judge_address(wrong)
        assert verdict is None or not verdict.checked, wrong


@pytest.mark.parametrize("n", range(20))
def test_one_letter_of_the_wrong_case_is_seen_in_an_ethereum_address(n: int) -> None:
    address = makers.evm(n)
    at = max(place for place, char in enumerate(address) if char.isalpha() and place > 1)
    verdict = judge_address(address[:at] + address[at].swapcase() + address[at + 1 :])
    assert verdict is not None
    assert verdict.problem == "checksum"


def test_an_address_of_one_case_has_no_checksum_and_no_problem() -> None:
    for address in (makers.evm(1).lower(), "0x" + makers.evm(1)[2:].upper()):
        verdict = judge_address(address)
        assert verdict is not None
        assert (verdict.networks, verdict.checked, verdict.problem) == (EVM, False, None)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (makers.evm(1)[:-1], "length"),
        (makers.evm(1) + "a", "length"),
        (makers.evm(1)[:-1] + "O", "character"),
        (makers.evm(1).swapcase().replace("X", "x"), "checksum"),
        (makers.base58check("41", 1)[:-1] + "A", "checksum"),
        (makers.base58check("41", 1)[:-1] + "0", "character"),
        (makers.stellar(1)[:-1] + "A", "checksum"),
        (makers.ton(1)[:-1] + "_", "checksum"),
        (makers.witness("bc", 0, 1, 20)[:-1] + "b", "character"),
    ],
)
def test_what_was_meant_as_an_address_says_what_is_wrong(code: str, problem: str) -> None:
    verdict = judge_address(code)
    assert verdict is not None
    assert (verdict.checked, verdict.problem) == (False, problem)


def test_both_spellings_of_a_ton_account_are_addresses() -> None:
    for address in ("EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPrHF", "UQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPuwA"):
        verdict = judge_address(address)
        assert verdict is not None
        assert verdict.checked
        assert verdict.networks == ("ton",)


def test_a_shape_without_a_check_is_told_as_a_shape() -> None:
    for code, network in ((makers.base58(makers.payload(1, 32)), "solana"), ("ada.near", "near"), ("0.0.123456", "hedera")):
        verdict = judge_address(code)
        assert verdict is not None
        assert (verdict.networks, verdict.checked, verdict.problem) == ((network,), False, None)


@pytest.mark.parametrize("code", ["", "x", "ab" * 32, "0x" + "ab" * 32, "S" + makers.stellar(1)[1:], "5" * 88, "internationalisation" * 2])
def test_keys_and_words_are_no_addresses(code: str) -> None:
    assert judge_address(code) is None


def test_every_network_has_a_title() -> None:
    for name in makers.CHECKED:
        assert makers.key_of(name) in CHAINS
