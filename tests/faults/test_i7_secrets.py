"""I7, I8: after crashes and outages no secret that was sent lies anywhere, in any spelling, and the audit's chain is whole."""

import asyncio
import base64
import json
import os
import random
import re
import signal
from pathlib import Path
from urllib.parse import quote

import httpx

from tests.cast import PASSWORD
from tests.faults.canaries import carriers_of, found_of, make_secrets, spellings_of
from tests.faults.clients import Agent, Customer, listening, stay_to_the_end
from tests.faults.history import Journal, assert_clean
from tests.houses import House

RESET_TOKEN = "c2VjcmV0LXJlc2V0LXRva2Vu:1abcde:canary-in-an-address"


async def _visit(house: House, journal: Journal, dice: random.Random, secrets: dict[str, str]) -> None:
    """Send each secret while the server is killed before the scan and before the commit, and while the scanner breaks."""
    texts = carriers_of(secrets)
    house.settings["VIGIL_FAULTS"] = "safety.before_scan=kill@3,conversations.after_commit=sleep:0.01@1"
    await asyncio.to_thread(house.start)
    ada = Customer("ada", house, journal, dice)
    await ada.arrive(texts[0])
    assert house.server is not None
    async with listening(ada):
        sending = asyncio.create_task(_say(ada, texts[1:3]))
        await asyncio.to_thread(house.server.wait, 15)
        house.settings["VIGIL_FAULTS"] = "conversations.before_commit=kill@1"
        # Whoever still sends may be the death of it before it is asked how it is.
        house.start(wait=False)
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
    secrets = make_secrets(dice)
    asyncio.run(_visit(own_house, journal, dice, secrets))
    own_house.stop()
    assert_clean(journal, own_house.database_url)
    assert found_of(secrets, own_house, Path(os.environ["VIGIL_VAR"])) == []
    checked = own_house.type_in("verify-audit")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert int(checked.stdout.split()[0]) >= 2, "a refused sign-in and one that came in: " + checked.stdout
    assert RESET_TOKEN not in own_house.log()


def test_i7_the_search_itself_finds_a_secret_in_every_spelling(dice: random.Random) -> None:
    for secret in make_secrets(dice).values():
        raw = secret.encode()
        plain = [raw, raw.lower(), json.dumps({"a": secret}).encode(), quote(f"x={secret}").encode(), raw.hex().encode()]
        for wrapped in (*plain, *(base64.b64encode(b"a" * offset + raw + b"z") for offset in range(1, 5))):
            assert any(spelling in wrapped for spelling in spellings_of(secret) if len(spelling) > 12), (secret, wrapped)
