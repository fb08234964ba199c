"""A02, A25, V29, V35, V43 over real streams: whoever has no right to a conversation hears nothing of it, and no longer than allowed."""

import asyncio
import random
import time
from collections.abc import Callable

import psycopg
import pytest

from tests.faults import wire
from tests.faults.clients import Customer, listening, new_key, token_of_agent
from tests.faults.history import Journal
from tests.houses import House
from tests.security.attackers import Browser


async def _reason_of_the_end(stream: wire.Stream) -> tuple[str, list[str]]:
    events = []
    async for event, data in stream.frames():
        events.append(event)
        if event == "bye":
            return data["reason"], events
    return "", events


def test_v43_signing_out_ends_the_stream_at_once_and_the_token_is_dead(target: House, guest: Callable[[str], Customer]) -> None:
    async def run() -> None:
        ada, noor = guest("ada"), Browser(target)
        await ada.arrive()
        await noor.sign_in()
        token = await noor.live_token(ada.conversation)
        stream = await wire.open_stream(target.port, f"/live/stream?watch={ada.conversation}", token=token)
        assert stream.status == 200
        ends = asyncio.create_task(_reason_of_the_end(stream))
        begun = time.monotonic()
        assert (await noor.post("/desk/sign-out")).status == 302
        reason, _ = await asyncio.wait_for(ends, 5)
        assert reason == "revoked"
        assert time.monotonic() - begun < 5
        own = {"authorization": f"Bearer {token}"}
        said = {"conversation": ada.conversation, "key": new_key(ada.dice), "text": "Still here?"}
        for method, path, body in (("GET", "/live/poll?wait=0", None), ("POST", "/live/send", said), ("GET", "/live/stream", None)):
            answer = await ada.ask(method, path, body, headers=own)
            assert answer.status == 401, (path, answer)
        stream.close()

    asyncio.run(run())


def test_v43_an_agent_who_is_switched_off_hears_nothing_more_within_five_seconds(target: House, guest: Callable[[str], Customer]) -> None:
    async def run() -> None:
        ada = guest("ada")
        await ada.arrive()
        browser = Browser(target)
        await browser.sign_in("sol@vigil.example")
        token = token_of_agent(target, "sol@vigil.example")
        stream = await wire.open_stream(target.port, f"/live/stream?watch={ada.conversation}", token=token)
        ends = asyncio.create_task(_reason_of_the_end(stream))
        await asyncio.to_thread(target.type_in, "agents", "off", "sol@vigil.example")
        reason, events = await asyncio.wait_for(ends, 5)
        assert reason == "revoked"
        assert events[-1] == "bye"
        assert (await browser.get("/desk/mine", accept="application/json")).status == 401
        stream.close()

    asyncio.run(run())


@pytest.mark.parametrize("deed", ["off", "sign-out", "guest"])
def test_v43_a_right_that_ended_stays_ended_when_the_server_forgets_everything(own_house: House, dice: random.Random, deed: str) -> None:
    async def run() -> None:
        own_house.start()
        ada, noor = Customer("ada", own_house, Journal(own_house.var / "journal.jsonl", 1), dice), Browser(own_house)
        await ada.arrive()
        await noor.sign_in()
        token = ada.token if deed == "guest" else await noor.live_token(ada.conversation)
        if deed == "sign-out":
            assert (await noor.post("/desk/sign-out")).status == 302
        elif deed == "off":
            await asyncio.to_thread(own_house.type_in, "agents", "off", "noor@vigil.example")
        else:
            with psycopg.connect(own_house.database_url) as connection:
                connection.execute("UPDATE customers_guestsession SET ended_at = now()")
        own_house.kill()
        await asyncio.to_thread(own_house.start)
        said = {"conversation": ada.conversation, "key": new_key(dice), "text": "Still here?"}
        seen = {"conversation": ada.conversation, "delivered": 1, "read": 1}
        typing = {"conversation": ada.conversation, "typing": True}
        for path, body in (("/live/signal", typing), ("/live/send", said), ("/live/seen", seen)):
            answer = await ada.ask("POST", path, body, headers={"authorization": f"Bearer {token}"})
            assert (answer.status, answer.json()["error"]) == (401, "token_invalid"), (path, answer)

    asyncio.run(run())


def test_v43_a_guest_whose_right_ended_without_a_bell_types_for_five_seconds_at_most(own_house: House, dice: random.Random) -> None:
    async def run() -> None:
        own_house.start()
        ada = Customer("ada", own_house, Journal(own_house.var / "journal.jsonl", 1), dice)
        await ada.arrive()
        typing = {"conversation": ada.conversation, "typing": True}
        assert (await ada.ask("POST", "/live/signal", typing)).status == 204
        with psycopg.connect(own_house.database_url) as connection:
            connection.execute("UPDATE customers_guestsession SET ended_at = now()")
        begun = time.monotonic()
        while (await ada.ask("POST", "/live/signal", typing)).status == 204:
            assert time.monotonic() - begun < 6
            await asyncio.sleep(0.25)
        assert ada.statuses[-1] == 401

    asyncio.run(run())


def test_v29_nobody_hears_what_is_not_theirs_however_it_is_asked_for(target: House, guest: Callable[[str], Customer]) -> None:
    async def run() -> None:
        ada, mallory = guest("ada"), guest("mallory")
        await ada.arrive()
        await mallory.arrive()
        olek = token_of_agent(target, "olek@vigil.example")
        name = ada.conversation
        for token in (mallory.token, olek):
            for watch in (name, name.upper(), f"{name}%25", f"{name[:-1]}_", "c%3A" + name, "t%3A1"):
                stream = await wire.open_stream(target.port, f"/live/stream?watch={watch}", token=token)
                assert stream.status in {400, 404}, (watch, stream.status)
                stream.close()
        heard: list[tuple[str, object]] = []

        async def overhear(token: str) -> None:
            stream = await wire.open_stream(target.port, "/live/stream", token=token)
            try:
                heard.extend([frame async for frame in stream.frames() if frame[0] != "hello"])
            finally:
                stream.close()

        spies = [asyncio.create_task(overhear(token)) for token in (mallory.token, olek)]
        async with listening(ada):
            await asyncio.sleep(0.2)
            said = await ada.send("For Noor's ears only.")
            assert said is not None
            await ada.stay_until(said["seq"])
            await ada.ask("POST", "/live/signal", {"conversation": name, "typing": True})
            await asyncio.sleep(0.3)
        for spy in spies:
            spy.cancel()
        assert heard == []

    asyncio.run(run())


def test_v35_a25_marks_typing_and_words_for_a_foreign_conversation_change_nothing(target: House, guest: Callable[[str], Customer]) -> None:
    async def run() -> None:
        ada, mallory = guest("ada"), guest("mallory")
        await ada.arrive()
        await mallory.arrive()
        olek = token_of_agent(target, "olek@vigil.example")
        frames: list[str] = []

        async def watch() -> None:
            stream = await wire.open_stream(target.port, f"/live/stream?watch={ada.conversation}", token=ada.token)
            try:
                async for event, _ in stream.frames():
                    frames.append(event)
            finally:
                stream.close()

        watching = asyncio.create_task(watch())
        await asyncio.sleep(0.2)
        known = list(frames)
        nothing = "0" * 26
        for token in (mallory.token, olek):
            own = {"authorization": f"Bearer {token}"}
            for conversation in (ada.conversation, nothing):
                bodies = {
                    "/live/seen": {"conversation": conversation, "delivered": 9, "read": 9},
                    "/live/signal": {"conversation": conversation, "typing": True},
                    "/live/send": {"conversation": conversation, "key": new_key(ada.dice), "text": "Not mine"},
                }
                for path, body in bodies.items():
                    answer = await mallory.ask("POST", path, body, headers=own)
                    assert answer.status == 404, (path, answer)
        real = await mallory.ask("GET", f"/widget/api/conversations/{ada.conversation}/transcript.txt")
        none = await mallory.ask("GET", f"/widget/api/conversations/{nothing}/transcript.txt")
        assert (real.status, real.body) == (none.status, none.body) == (404, none.body)
        await asyncio.sleep(0.3)
        watching.cancel()
        assert frames == known

    asyncio.run(run())


def test_a02_guessing_names_of_conversations_ends_in_429(target: House, guest: Callable[[str], Customer]) -> None:
    async def run() -> None:
        mallory = guest("mallory")
        await mallory.arrive()
        statuses = []
        for number in range(25):
            name = f"{number:026d}"
            statuses.append((await mallory.ask("GET", f"/widget/api/conversations/{name}/transcript.txt")).status)
        assert set(statuses[:19]) == {404}, statuses
        assert statuses[-1] == 429, statuses

    asyncio.run(run())


def test_a02_guessing_on_the_live_tier_ends_in_429_too(target: House, guest: Callable[[str], Customer]) -> None:
    async def run() -> None:
        mallory = guest("mallory")
        await mallory.arrive()
        statuses = [(await mallory.ask("GET", f"/live/poll?wait=0&watch={number:026d}")).status for number in range(25)]
        assert set(statuses[:19]) == {404}, statuses
        assert statuses[-1] == 429, statuses

    asyncio.run(run())
