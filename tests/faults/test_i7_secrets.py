"""I7, I8: after crashes and outages no secret that was sent lies anywhere, in any spelling, and the audit's chain is whole."""

import asyncio
import base64
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import psycopg
from mnemonic import Mnemonic

from tests.cast import PASSWORD
from tests.faults.clients import Agent, Customer, listening, stay_to_the_end
from tests.faults.history import Journal, assert_clean
from tests.houses import ROOT, House

RESET_TOKEN = "c2VjcmV0LXJlc2V0LXRva2Vu:1abcde:canary-in-an-address"


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


def _secrets(dice: random.Random) -> dict[str, str]:
    """Make canaries: valid secrets that nobody owns."""
    words = {language: Mnemonic(language).to_mnemonic(dice.randbytes(16)) for language in ("english", "chinese_simplified", "korean")}
    return {**words, "wif": _key(dice), "hex": "0x" + dice.randbytes(32).hex(), "card": _card(dice), "xprv": _extended(dice)}


def _carriers(secrets: dict[str, str]) -> list[str]:
    return [
        f"My phrase is {secrets['english']} please help",
        f"我的助记词：{secrets['chinese_simplified']}",
        f"복구 문구 {secrets['korean']}",
        f"private key {secrets['wif']}",
        f"private key: {secrets['hex']}",
        f"my card is {secrets['card']}",
        f"wallet backup {secrets['xprv']}",
    ]


def _spellings(secret: str) -> Iterator[bytes]:
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


def _places(house: House, var: Path) -> Iterator[tuple[str, bytes]]:
    """Give everything that a house wrote: its tables, its state, its logs, and its database's own log."""
    yield from _dump(house)
    files = [path for path in house.var.rglob("*") if "static" not in path.parts]
    for path in sorted([*files, *(var / "postgres").glob("*log*"), *(var / "postgres" / "log").glob("*")]):
        if path.is_file():
            yield str(path), path.read_bytes()


async def _visit(house: House, journal: Journal, dice: random.Random, secrets: dict[str, str]) -> None:
    """Send each secret while the server is killed before the scan and before the commit, and while the scanner breaks."""
    texts = _carriers(secrets)
    house.settings["VIGIL_FAULTS"] = "safety.before_scan=kill@3,conversations.after_commit=sleep:0.01@1"
    await asyncio.to_thread(house.start)
    ada = Customer("ada", house, journal, dice)
    await ada.arrive(texts[0])
    assert house.server is not None
    async with listening(ada):
        sending = asyncio.create_task(_say(ada, texts[1:3]))
        await asyncio.to_thread(house.server.wait, 15)
        house.settings["VIGIL_FAULTS"] = "conversations.before_commit=kill@2"
        await asyncio.to_thread(house.start)
        await asyncio.gather(sending, asyncio.create_task(_say(ada, texts[3:4])), asyncio.to_thread(_revive, house))
        for text in texts[4:]:
            assert await ada.send(text) is not None
        await _at_the_desk(house, journal, dice, ada.conversation, texts)
        for odd in (b"{", b'{"text":', b"\xff"):
            # What cannot be read is not kept either, not even in a log.
            answer = await ada.ask("POST", "/live/send", odd + texts[0].encode(), headers={"content-type": "application/json"})
            assert answer.status == 400
        await ada.ask("GET", f"/desk/sign-in?{quote(secrets['english'])}")
        await stay_to_the_end(house, ada)


async def _at_the_desk(house: House, journal: Journal, dice: random.Random, conversation: str, texts: list[str]) -> None:
    """Let Noor mistype her password as a secret, come in, and quote what the customer sent, in notes and answers."""
    await asyncio.to_thread(_sign_in, house, texts[0])
    noor = Agent("noor", house, journal, dice)
    await noor.refresh()
    noor.conversation = conversation
    for kind in ("note", "reply"):
        for text in texts:
            assert await noor.send(text, kind=kind) is not None
    with httpx.Client(base_url=house.url, trust_env=False) as browser:
        await asyncio.to_thread(browser.get, f"/desk/reset/{RESET_TOKEN}")


def _sign_in(house: House, wrong: str) -> None:
    with httpx.Client(base_url=house.url, trust_env=False) as browser:
        for password, status in ((wrong, 403), (PASSWORD, 302)):
            found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get("/desk/sign-in").text)
            assert found is not None
            form = {"csrfmiddlewaretoken": found[1], "email": "noor@vigil.example", "password": password, "next": "/desk/"}
            answer = browser.post("/desk/sign-in", data=form, headers={"origin": house.url})
            assert answer.status_code == status, answer.text[:300]


async def _say(ada: Customer, texts: list[str]) -> None:
    for text in texts:
        assert await ada.send(text, within=60) is not None


def _revive(house: House) -> None:
    """Wait until the server is dead, and start it again with a scanner that breaks once."""
    assert house.server is not None
    assert house.server.wait(30) == -signal.SIGKILL
    house.settings["VIGIL_FAULTS"] = "safety.before_scan=oserror:EIO@1"
    house.start()
    del house.settings["VIGIL_FAULTS"]


def test_i7_i8_no_secret_is_anywhere_after_any_crash_and_the_audit_holds(own_house: House, journal: Journal, dice: random.Random) -> None:
    secrets = _secrets(dice)
    asyncio.run(_visit(own_house, journal, dice, secrets))
    own_house.stop()
    assert_clean(journal, own_house.database_url)
    found = []
    for place, content in _places(own_house, Path(os.environ["VIGIL_VAR"])):
        for name, secret in secrets.items():
            found += [f"{name} in {place}" for spelling in _spellings(secret) if len(spelling) > 12 and spelling in content]
    assert not found, sorted(set(found))
    checked = subprocess.run(
        [sys.executable, "-m", "vigil.config.cli", "verify-audit"],
        env=own_house.environment(), cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert int(checked.stdout.split()[0]) >= 2, "a refused sign-in and one that came in: " + checked.stdout
    assert RESET_TOKEN not in own_house.log()


def test_i7_the_search_itself_finds_a_secret_in_every_spelling(dice: random.Random) -> None:
    for secret in _secrets(dice).values():
        raw = secret.encode()
        plain = [raw, raw.lower(), json.dumps({"a": secret}).encode(), quote(f"x={secret}").encode(), raw.hex().encode()]
        for wrapped in (*plain, *(base64.b64encode(b"a" * offset + raw + b"z") for offset in range(1, 5))):
            assert any(spelling in wrapped for spelling in _spellings(secret) if len(spelling) > 12), (secret, wrapped)
