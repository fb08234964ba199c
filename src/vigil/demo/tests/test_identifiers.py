"""The invented identifiers: known vectors, and that the same number is always the same value."""

import hashlib
from base64 import urlsafe_b64decode
from binascii import crc_hqx
from datetime import UTC, datetime

import pytest
from mnemonic import Mnemonic

from vigil.demo import identifiers

BEGAN = datetime(2025, 10, 10, 0, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("version", "payload", "written"),
    [
        (0x00, "62e907b15cbf27d5425399ebf6f0fb50ebb88f18", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
        (0x41, "a614f803b6fd780986a42c78ec9c7f77e6ded13c", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
    ],
)
def test_base58check_writes_published_addresses(version: int, payload: str, written: str) -> None:
    assert identifiers.base58check(version, bytes.fromhex(payload)) == written


def test_ton_addresses_are_written_as_published() -> None:
    written = "EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPrHF"
    assert identifiers.ton_address(urlsafe_b64decode(written)[2:34]) == written


def test_a_ton_address_ends_in_its_own_checksum() -> None:
    assert crc_hqx(urlsafe_b64decode(identifiers.address("ton", 7)), 0) == 0


def test_addresses_have_the_shape_of_their_chain() -> None:
    tron, ether = identifiers.address("trc20", 3), identifiers.address("erc20", 3)
    assert (tron[0], len(tron)) == ("T", 34)
    assert (ether[:2], len(ether), ether) == ("0x", 42, ether.lower())


def test_nobody_can_ask_for_a_chain_we_do_not_write() -> None:
    with pytest.raises(ValueError, match="no address"):
        identifiers.address("dogecoin", 1)


def test_a_transaction_id_is_the_hash_of_its_label() -> None:
    assert identifiers.txid(1) == hashlib.sha256(b"tx:1").hexdigest()


def test_order_numbers_have_eighteen_digits_and_grow() -> None:
    numbers = [identifiers.order_id(n) for n in range(200)]
    assert {len(number) for number in numbers} == {18}
    assert numbers == sorted(numbers)


def test_p2p_numbers_and_memos_keep_their_length() -> None:
    assert {len(identifiers.p2p_order_id(n)) for n in range(200)} == {20}
    assert {len(identifiers.memo(n)) for n in range(200)} == {9}


def test_a_phrase_is_valid_so_that_its_removal_is_shown_for_real() -> None:
    assert Mnemonic("english").check(identifiers.phrase(1))
    assert len(identifiers.phrase(1).split()) == 12


def test_words_are_filled_the_same_way_every_time() -> None:
    text = "UID {uid}, {brand}, {txid:1}, {address:trc20:3}, {clock:30}, {clock:-15}, {date:1}"
    first = identifiers.fill_words(text, uid="71234567", brand="MEXC", began_at=BEGAN)
    assert first == identifiers.fill_words(text, uid="71234567", brand="MEXC", began_at=BEGAN)
    assert first.startswith("UID 71234567, MEXC, ")
    assert first.endswith("23:50, 00:35, 2025-10-09")


def test_a_shift_gives_other_identifiers_and_leaves_the_rest() -> None:
    text = "{uid} {txid:1} {clock:0}"
    shifted = identifiers.fill_words(text, uid="71234567", brand="MEXC", began_at=BEGAN, shift=6)
    assert shifted == f"71234567 {identifiers.txid(7)} 00:20"


@pytest.mark.parametrize("text", ["{nothing}", "{txid}", "{address:trc20}", "a { b", "{{eta}}", "{txid:one}"])
def test_a_brace_that_is_no_placeholder_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"placeholder|brace|made|literal"):
        identifiers.check_words(text)
