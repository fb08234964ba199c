"""I7: whatever door a secret comes in by, and whatever field it stands in, it lies nowhere afterwards."""

import asyncio
import json
import os
import random
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import jwt
import psycopg

from tests.cast import PASSWORD
from tests.faults.canaries import carriers_of, found_of, make_secrets
from tests.faults.clients import SITE, Agent, Customer, new_key
from tests.faults.history import Journal
from tests.houses import House
from tests.security.attackers import Browser
from vigil.kernel import clock

SITE_SECRET = "what the exchange signs with has thirty-two letters and more"
# The team has no page for its people yet: they come in by these commands, from a file of the brand or of the demo.
_HIRE = """
import json, sys
import django
django.setup()
from vigil.kernel.errors import Refusal
from vigil.macros import commands as macros
from vigil.team import commands as team
for number, (name, secret) in enumerate(json.loads(sys.argv[1])):
    near = team.ensure_team(key="near", name="Near")
    for name, public in ((name, secret), (name, name), (secret, secret), ("Nobody", secret)):
        try:
            named = team.ensure_team(key=f"team-{number}", name=name)
            team.ensure_queue(key=f"queue-{number}", name=name, team_id=named)
            team.ensure_agent(
                email=f"canary-{number}@vigil.example", name=name, public_name=public, role="agent", languages=["en"],
                team_ids=[near], password=sys.argv[2],
            )
        except Refusal as refusal:
            assert refusal.code == "too_long", refusal.code
"""


def _hire(house: House, names: list[tuple[str, str]]) -> None:
    house.runs(_HIRE, json.dumps(names), PASSWORD)


def _voucher(name: str, number: int) -> str:
    claims = {"aud": SITE, "sub": f"7001{number}", "exp": int(clock.now().timestamp()) + 300, "jti": str(uuid4()), "name": name}
    return jwt.encode(claims, SITE_SECRET, algorithm="HS256")


async def _as_guest(ada: Customer, words: str, secret: str, number: int) -> None:
    """Put a secret into every field that a guest fills in, or that a browser fills in for one."""
    await ada.arrive()
    here = f"/widget/api/conversations/{ada.conversation}"
    key = new_key(ada.dice)
    for field in ("language", "zone", "site", "token", words[:40]):
        await ada.ask("POST", "/widget/api/session", {"site": SITE, "language": "en", "zone": "", field: words})
    for path, body in (
        ("/widget/api/language", {"language": words}),
        ("/widget/api/files", {"name": f"{words[:150]}.png", "type": "image/png", "size": 5}),
        ("/widget/api/files", {"name": "a.png", "type": words, "size": 5}),
        ("/widget/api/address", {"email": words}),
        ("/widget/api/conversations", {"key": words, "text": words, "language": words}),
        (f"{here}/end", {}),
        (f"{here}/rating", {"key": key, "score": 2, "text": words}),
        ("/live/seen", {"conversation": words, "delivered": 1}),
        ("/live/signal", {"conversation": ada.conversation, "typing": words}),
        ("/live/send", {"conversation": ada.conversation, "key": new_key(ada.dice), "text": words + " " * 70_000}),
    ):
        answer = await ada.ask("POST", path, body)
        assert answer.status < 500, (path, answer)
    named = {"user-agent": "x " + quote(words), "referer": f"https://e.example/{quote(words)}", "cookie": f"a={quote(words)}"}
    overheard = f"/widget/api/conversations/{quote(secret, safe='')}/place"
    for path in (f"/widget/frame?site={quote(words)}", overheard, f"/live/poll?watch={quote(words)}"):
        assert (await ada.ask("GET", path, headers=named)).status < 500, path
    known = await ada.ask("POST", "/widget/api/identify", {"token": _voucher(words[:200], number)})
    assert known.status == 200, known
    ada.token = known.json()["live"]
    opened = await ada.ask("POST", "/widget/api/conversations", {"key": new_key(ada.dice), "text": "It is me.", "language": "en"})
    assert opened.status == 201, opened
    ada.conversation = opened.json()["conversation"]


async def _as_agent(ada: Customer, words: str, number: int) -> None:
    """Let the agent with that name answer the customer with that name, and put the secret into every field of the desk."""
    house, conversation = ada.house, ada.conversation
    desk = Browser(house)
    email = f"canary-{number}@vigil.example"
    with psycopg.connect(house.database_url) as connection:
        if connection.execute("SELECT 1 FROM team_agent WHERE email = %s", (email,)).fetchone() is None:
            email = "noor@vigil.example"
    await desk.sign_in(email)
    agent = Agent(email, house, ada.journal, ada.dice, conversation=conversation, email=email)
    await agent.refresh()
    assert await agent.send("How can I help?", kind="reply") is not None
    here = f"/desk/conversations/{conversation}"
    for path in ("/desk/team", here, f"/desk/queues/{quote(words)}", f"{here}/macros?q={quote(words)}", f"/desk/team?q={quote(words)}"):
        assert (await desk.get(path)).status < 500, path
    for path, form in (
        (f"{here}/status", {"status": words}), (f"{here}/priority", {"priority": words}), (f"{here}/queue", {"queue": words}),
        (f"{here}/assignment", {"agent": words}), (f"{here}/topic", {"topic": words}),
        (f"{here}/draft", {"text": words, "kind": "note", "base": words}),
        (f"{here}/preview", {"text": words}), (f"{here}/files", {"name": f"{words}.png", "type": words, "size": "12"}),
        (f"{here}/files", {"name": f"{words}.png", "type": "image/png", "size": "12"}),
        ("/desk/language", {"language": words, "next": f"/{words}"}),
        ("/desk/availability", {"availability": words, "next": words}),
        ("/desk/account", {"public_name": words, "languages": "en", "signature": words, "zone": "UTC", "ui_language": "en", "theme": "dark",
                           "density": "dense"}),
        ("/desk/account/factors/passkey", {"name": words, "answer": words}), ("/desk/account/password", {"old": words, "new": words}),
        ("/desk/prove", {"way": "code", "code": words}), ("/desk/confirm", {"password": words, "next": words}),
        ("/desk/reset", {"email": words}), ("/desk/sign-in", {"email": words, "password": words, "next": words}),
    ):  # fmt: skip
        assert (await desk.post(path, form)).status < 500, path


def test_i7_names_fields_headers_and_addresses_that_hold_a_secret_leave_nothing(
    own_house: House, journal: Journal, dice: random.Random
) -> None:
    secrets = make_secrets(dice)
    own_house.settings["VIGIL_SITE_SECRETS"] = f"{SITE}={SITE_SECRET}"
    _hire(own_house, list(zip(carriers_of(secrets), secrets.values(), strict=True)))
    own_house.start()
    own_house.start_worker()

    async def run() -> None:
        for number, (words, secret) in enumerate(zip(carriers_of(secrets), secrets.values(), strict=True)):
            ada = Customer(f"ada-{number}", own_house, journal, random.Random(dice.random()))
            await _as_guest(ada, words, secret, number)
            await _as_agent(ada, words, number)

    asyncio.run(run())
    own_house.stop()
    found = found_of(secrets, own_house, Path(os.environ["VIGIL_VAR"]))
    assert not found, found
    with psycopg.connect(own_house.database_url) as connection:
        names = connection.execute("SELECT name FROM customers_customer WHERE is_verified").fetchall()
    assert len(names) == len(secrets)
    assert all("hidden:" in name for (name,) in names), "what was left of the name says what was taken out"
