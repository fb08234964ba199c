"""The arithmetic, against the vectors of those who defined it."""

import hashlib

import pytest

from vigil.identifiers.codes.base32 import crc_16, crockford_check, decode_base32, decode_nano
from vigil.identifiers.codes.base58 import decode_base58, has_check
from vigil.identifiers.codes.bech32 import decode_bech32, to_bytes
from vigil.identifiers.codes.cashaddr import decode_cashaddr
from vigil.identifiers.codes.keccak import keccak_256


@pytest.mark.parametrize(
    ("message", "digest"),
    [
        # From the Keccak team's known answers (ShortMsgKAT_256).
        (b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        (bytes.fromhex("cc"), "eead6dbfc7340a56caedc044696a168870549a6a7f6f56961e84a54bd9970b8a"),
        (b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
    ],
)
def test_keccak_gives_the_known_answers(message: bytes, digest: str) -> None:
    assert keccak_256(message).hex() == digest


@pytest.mark.parametrize("length", [135, 136, 137, 271, 272, 300])
def test_keccak_is_sha_3_but_for_its_padding_at_the_edges_of_a_block(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from vigil.identifiers.codes import keccak  # the module, to put the later padding in

    monkeypatch.setattr(keccak, "_PADDING", 0x06)
    message = bytes(range(256)) * 2
    assert keccak.keccak_256.__wrapped__(message[:length]) == hashlib.sha3_256(message[:length]).digest()


def test_base58_keeps_leading_zeros_and_knows_its_alphabet() -> None:
    assert decode_base58("1111") == bytes(4)
    assert decode_base58("2NEpo7TZRRrLZSi2U") == b"Hello World!"  # draft-msporny-base58
    assert decode_base58("0OIl") is None
    assert not has_check(b"")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        # Valid ones of BIP-173 and BIP-350.
        ("A12UEL5L", "bech32"),
        ("an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs", "bech32"),
        ("11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j", "bech32"),
        ("split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", "bech32"),
        ("A1LQFN3A", "bech32m"),
        ("a1lqfn3a", "bech32m"),
        ("split1checkupstagehandshakeupstreamerranterredcaperredlc445v", "bech32m"),
        # Invalid ones: wrong checksums.
        ("A1G7SGD8", ""),
        ("M1VUXWEZ", ""),
    ],
)
def test_bech32_tells_which_of_its_forms_holds(text: str, form: str) -> None:
    decoded = decode_bech32(text)
    assert decoded is not None
    assert decoded.form == form


@pytest.mark.parametrize("text", ["pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "a12UEL5L", ""])
def test_bech32_refuses_what_is_not_written_like_it(text: str) -> None:
    assert decode_bech32(text) is None


def test_what_is_left_over_of_five_bit_letters_is_nothing() -> None:
    assert to_bytes([31, 28]) == b"\xff"
    assert to_bytes([31, 29]) is None
    assert to_bytes([0, 0, 0]) is None


@pytest.mark.parametrize(
    ("prefix", "text", "size"),
    [
        # From the CashAddr specification.
        ("bitcoincash", "qr6m7j9njldwwzlg9v7v53unlr4jkmx6eylep8ekg2", 20),
        ("bchtest", "pr6m7j9njldwwzlg9v7v53unlr4jkmx6eyvwc0uz5t", 20),
        ("bitcoincash", "qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy", 20),
    ],
)
def test_cashaddr_reads_its_specification(prefix: str, text: str, size: int) -> None:
    decoded = decode_cashaddr(prefix, text)
    assert decoded is not None
    assert len(decoded) == 1 + size
    assert decode_cashaddr("ecash", text) is None


def test_the_small_alphabets() -> None:
    assert crc_16(b"123456789") == 0x31C3  # the check value of CRC-16/XMODEM
    assert decode_base32("MZXW6YTBOI") == b"foobar"  # RFC 4648
    assert decode_base32("1") is None
    assert decode_base32("MZXW6YTBOJ") is None  # the same bytes, written in another way
    assert decode_nano("1") == 0
    assert decode_nano("l") is None
    assert crockford_check("16J") == "D"  # Crockford: 1234
    with pytest.raises(ValueError, match="substring"):
        crockford_check("U")
