"""Canaries: secrets that nobody owns, the words that carry them, and the search for them in everything that a house wrote."""

import base64
import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
from mnemonic import Mnemonic

from tests.houses import House


def _key(dice: random.Random) -> str:
    """Make a private key in WIF, with its checksum, as a wallet shows it."""
    return _base58(b"\x80" + dice.randbytes(32) + b"\x01")


def _extended(dice: random.Random) -> str:
    """Make an extended private key as BIP-32 writes it."""
    body = bytes.fromhex("0488ade4") + bytes(9) + dice.randbytes(32) + b"\x00" + dice.randbytes(32)
    return _base58(body)


def _card(dice: random.Random) -> str:
    """Make a card number whose last digit checks."""
    digits = "4539" + "".join(str(dice.randrange(10)) for _ in range(11))
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits))]
    return digits + str(-sum(each // 10 + each % 10 for each in doubled) % 10)


def _base58(body: bytes) -> str:
    check = hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4]
    number, letters = int.from_bytes(body + check, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[digit] + letters
    return letters


def make_secrets(dice: random.Random) -> dict[str, str]:
    """Make canaries: valid secrets that nobody owns."""
    words = {language: Mnemonic(language).to_mnemonic(dice.randbytes(16)) for language in ("english", "chinese_simplified", "korean")}
    return {**words, "wif": _key(dice), "hex": "0x" + dice.randbytes(32).hex(), "card": _card(dice), "xprv": _extended(dice)}


def carriers_of(secrets: dict[str, str]) -> list[str]:
    return [
        f"My phrase is {secrets['english']} please help",
        f"我的助记词：{secrets['chinese_simplified']}",
        f"복구 문구 {secrets['korean']}",
        f"private key {secrets['wif']}",
        f"private key: {secrets['hex']}",
        f"my card is {secrets['card']}",
        f"wallet backup {secrets['xprv']}",
    ]


def spellings_of(secret: str) -> Iterator[bytes]:
    # A phrase is found by its middle as well: a piece of it in a log would be as bad.
    words = secret.split()
    pieces = {secret, secret.lower(), secret.replace(" ", ""), *({" ".join(words[3:9])} if len(words) > 1 else {secret[5:40]})}
    for piece in pieces:
        raw = piece.encode()
        yield from (raw, quote(piece).encode(), quote(piece, safe="").replace("%20", "+").encode(), json.dumps(piece)[1:-1].encode())
        yield from (raw.hex().encode(), raw.hex().upper().encode(), raw[::-1])
        for offset in range(3):
            # Base64 of the piece wherever it may begin within three bytes, without the ends that depend on its neighbours.
            yield base64.b64encode(b"\0" * offset + raw)[4 * bool(offset) : -4].rstrip(b"=")


def _dump(house: House) -> Iterator[tuple[str, bytes]]:
    """Write out every table, the queue and the sessions among them."""
    tables = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
    with psycopg.connect(house.database_url) as connection:
        for (table,) in connection.execute(tables).fetchall():
            with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
                yield f"table {table}", b"".join(bytes(piece) for piece in copy)


def places_of(house: House, var: Path) -> Iterator[tuple[str, bytes]]:
    """Give everything that a house wrote: its tables, its state, its logs, and its database's own log."""
    yield from _dump(house)
    files = [path for path in house.var.rglob("*") if "static" not in path.parts]
    for path in sorted([*files, *(var / "postgres").glob("*log*"), *(var / "postgres" / "log").glob("*")]):
        if path.is_file():
            yield str(path), path.read_bytes()


def found_of(secrets: dict[str, str], house: House, var: Path) -> list[str]:
    """List where any spelling of any secret stands in what a house wrote."""
    found = set()
    for place, content in places_of(house, var):
        for name, secret in secrets.items():
            if any(len(spelling) > 12 and spelling in content for spelling in spellings_of(secret)):
                found.add(f"{name} in {place}")
    return sorted(found)
