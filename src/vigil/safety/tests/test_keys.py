"""Keys, key files and set-up links are hidden; what is public and looks alike stays."""

import pytest

from vigil.safety.commands import screen
from vigil.safety.tests import makers

PAIR = makers.solana_pair(1)
KEYS = {
    "WIF": (makers.wif(1), "private_key"),
    "uncompressed WIF": (makers.wif(2, compressed=False), "private_key"),
    "BIP-38": (makers.bip38(1), "private_key"),
    "xprv": (makers.extended(1, "0488ade4", private=True), "private_key"),
    "zprv": (makers.extended(2, "04b2430c", private=True), "private_key"),
    "tprv": (makers.extended(3, "04358394", private=True), "private_key"),
    "xpub": (makers.extended(4, "0488b21e", private=False), "xpub"),
    "xpub of another curve": (makers.extended(4, "0488b21e", private=True), "xpub"),
    "XRP seed": (makers.xrp_seed(1), "private_key"),
    "Stellar seed": (makers.stellar(1), "private_key"),
    "Solana pair": (makers.base58(PAIR), "private_key"),
    "Solana list": (str(list(PAIR)), "private_key"),
    "otpauth": ("otpauth://totp/Vigil:ada?secret=" + makers.stellar(9)[:32] + "&issuer=Vigil", "totp_secret"),
    "PEM": ("-----BEGIN EC PRIVATE KEY-----\n" + makers.wif(5) + "\n-----END EC PRIVATE KEY-----", "key_file"),
    "OpenSSH without an end": ("-----BEGIN OPENSSH PRIVATE KEY-----\n" + makers.wif(6), "key_file"),
    "PGP": ("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nabc\n-----END PGP PRIVATE KEY BLOCK-----", "key_file"),
}


@pytest.mark.parametrize("name", KEYS)
def test_a_key_is_hidden_wherever_it_stands(name: str) -> None:
    secret, kind = KEYS[name]
    for text in (secret, f"看{secret}" if name != "Solana list" else f"看 {secret}", f"key={secret}", f"wo ist mein Geld\n{secret}"):
        screened = screen(text)
        assert [finding.kind for finding in screened.findings] == [kind], text
        assert secret[8:24] not in screened.text


@pytest.mark.parametrize("name", ["WIF", "xprv", "BIP-38"])
def test_a_key_broken_over_lines_is_hidden_whole(name: str) -> None:
    secret, kind = KEYS[name]
    broken = f"{secret[:30]}\n{secret[30:]}"
    assert screen(f"look: {broken} thanks").text == f"look: ⟦hidden:{kind}⟧ thanks"


def test_full_width_and_invisible_characters_hide_nothing() -> None:
    secret = makers.wif(3)
    wide = "".join(chr(ord(char) + 0xFEE0) for char in secret)
    for text in (wide, "\u200b".join(secret), "\u00ad".join(secret), "\u202e" + secret):
        assert screen(text).text.lstrip("\u202e") == "⟦hidden:private_key⟧"


@pytest.mark.parametrize(
    "label",
    [
        "my private key",
        "私钥：",
        "закрытый ключ",
        "khóa riêng:",
        "özel anahtar",
        "chave privada",
        "clave privada",
        "kunci pribadi",
        "秘密鍵",
        "개인키",
    ],
)
def test_64_hex_digits_are_hidden_where_words_call_them_a_key(label: str) -> None:
    value = makers.hex64(1)
    assert value not in screen(f"{label} {value}").text
    assert value not in screen(f"{label} 0x{value}").text


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "txid {}",
        "I gave nobody my private key. The transaction hash is {}",
        "交易哈希：{}",
        "хеш транзакции {}",
        "https://explorer.example/tx/{}",
        "not my private key, the hash: {} ok",
    ],
)
def test_64_hex_digits_stay_where_nothing_calls_them_a_key(text: str) -> None:
    written = text.format(makers.hex64(2))
    assert screen(written).text == written


def test_what_is_public_stays() -> None:
    signature = makers.base58(PAIR[:32] + bytes(31) + b"\x05")
    public = [
        makers.stellar(2, version=6),
        signature,
        makers.base58check(b"\0" + PAIR[:20]),
        makers.wif(7)[:-1] + "1",
        makers.hex64(4)[:40],
    ]
    for value in public:
        assert screen(f"please look at {value}").text == f"please look at {value}"
