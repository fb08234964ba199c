"""F08, F10, F12, F13: a database that is gone, full, locked, or whose answer to the commit is lost."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import psycopg
import pytest

from tests.faults import wire
from tests.faults.clients import Client, Customer, listening, new_key, stay_to_the_end
from tests.faults.conftest import IS_SOAK
from tests.faults.history import Journal, assert_clean
from tests.faults.load import gather_crowd, talking
from tests.faults.proxy import Proxy, postgres, through
from tests.houses import House

GONE_SECONDS = 60 if IS_SOAK else 4
PAUSE_SECONDS = 1.5 if IS_SOAK else 0.3  # Whoever asks faster for a whole minute is told to be slower, database or not.

_REFUSE = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '%(code)s'; END $$;
CREATE TRIGGER refuse BEFORE INSERT ON conversations_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse();
"""


@pytest.fixture
def far_house(own_house: House) -> Iterator[tuple[House, Proxy]]:
    """A house whose way to the database can be cut."""
    with Proxy(postgres(own_house.database_url)) as proxy:
        own_house.settings["DATABASE_URL"] = through(own_house.database_url, proxy.port)
        yield own_house, proxy
        own_house.stop()


async def _arrived(house: House, journal: Journal, dice: random.Random) -> Customer:
    await asyncio.to_thread(house.start)
    customer = Customer("ada", house, journal, dice)
    await customer.arrive()
    return customer


async def _refused(client: Client, *, within: float) -> None:
    """Ask for a page, a stream and a sending: each says 503 in time, and when to come back."""
    key = new_key(client.dice)
    client.journal.note("invoke", client.name, key=key)
    asked = (
        ("POST", "/live/send", {"conversation": client.conversation, "key": key, "text": "Nobody hears this."}),
        ("GET", f"/live/stream?watch={client.conversation}", None),
        ("GET", f"/live/poll?wait=1&watch={client.conversation}", None),
        ("POST", "/widget/api/session", {"site": "site_demo", "language": "en", "zone": "UTC"}),
    )
    for method, path, body in asked:
        begun = time.monotonic()
        answer = await client.ask(method, path, body)
        took = time.monotonic() - begun
        assert (answer.status, answer.retry_after is not None) == (503, True), (path, answer)
        assert answer.json()["error"] in {"unavailable", "busy"}, (path, answer)
        assert took < within, (path, took)


async def _lose_and_find(house: House, proxy: Proxy, journal: Journal, dice: random.Random, way: Callable[[], None]) -> None:
    await asyncio.to_thread(house.start)
    crowd = await gather_crowd(house, journal, dice, customers=4)
    asker = Customer("asker", house, journal, random.Random(dice.random()))
    await asker.arrive()
    async with talking(crowd, dice):
        await asyncio.sleep(0.5)
        way()
        lost_at = time.monotonic()
        await asyncio.sleep(2.5)  # What was on its way when the line was cut may take its time; from here on it is quick.
        acknowledged = journal.count("ok")
        while time.monotonic() - lost_at < GONE_SECONDS:
            await _refused(asker, within=2.0)
            await asyncio.sleep(PAUSE_SECONDS)
        assert journal.count("ok") == acknowledged, "something was acknowledged without a database"
        assert (await asyncio.to_thread(house.health)) == {}  # 503 raises in the asker
        proxy.heal()
        healed_at = time.monotonic()
        assert await asker.send("Are you back?", within=10.0) is not None
        took = time.monotonic() - healed_at
    assert took < 10, took


@pytest.mark.parametrize("way", ["cut", "go_silent"] if IS_SOAK else ["cut"])
def test_f12_without_its_database_the_house_says_so_at_once_and_heals_by_itself(
    way: str, far_house: tuple[House, Proxy], journal: Journal, dice: random.Random
) -> None:
    house, proxy = far_house
    asyncio.run(_lose_and_find(house, proxy, journal, dice, getattr(proxy, way)))
    assert_clean(journal, house.database_url)


def test_f13_a_commit_whose_answer_is_lost_is_one_entry_after_the_retry(
    far_house: tuple[House, Proxy], journal: Journal, dice: random.Random
) -> None:
    house, proxy = far_house

    async def run() -> None:
        customer = await _arrived(house, journal, dice)
        async with listening(customer):
            for number in range(4):
                proxy.lose_answer_to(b"COMMIT")
                assert await customer.send(f"number {number}") is not None
            await stay_to_the_end(house, customer)

    asyncio.run(run())
    assert proxy.lost >= 3, proxy.lost
    assert_clean(journal, house.database_url)


@contextmanager
def _refusing(house: House, code: str) -> Iterator[None]:
    """Let every write of an entry fail as a full disk (53100) does."""
    with psycopg.connect(house.database_url, autocommit=True) as connection:
        connection.execute(_REFUSE % {"code": code})
        yield
        connection.execute("DROP FUNCTION refuse CASCADE")


@contextmanager
def _read_only(house: House) -> Iterator[None]:
    """Let the server take no writes, as a standby does and a server whose disk ran full."""
    name = house.database_url.partition("?")[0].rsplit("/", 1)[1]
    hang_up = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(house.database_url, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        connection.execute(hang_up)
        yield
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
        connection.execute(hang_up)


async def _write_in_vain(house: House, journal: Journal, dice: random.Random, harm: Callable[[], AbstractContextManager[None]]) -> None:
    customer = await _arrived(house, journal, dice)
    async with listening(customer):
        await customer.send("Before it ran full.")
        key = new_key(dice)
        journal.note("invoke", customer.name, key=key)
        body = {"conversation": customer.conversation, "key": key, "text": "While it is full."}
        with harm():
            for _ in range(3):
                answer = await customer.ask("POST", "/live/send", body)
                assert (answer.status, answer.retry_after is not None) == (503, True), answer
                opened = await customer.ask("POST", "/widget/api/conversations", {"key": new_key(dice), "text": "Hello", "language": "en"})
                assert (opened.status, opened.retry_after is not None) == (503, True), opened
            reading = await customer.ask("GET", f"/live/poll?wait=0&watch={customer.conversation}")
            assert reading.status == 200, reading
            record = await customer.ask("GET", f"/widget/api/conversations/{customer.conversation}/transcript.txt")
            assert record.status == 200, record
        answer = await customer.ask("POST", "/live/send", body)
        assert answer.status == 201, answer
        journal.note("ok", customer.name, key=key, conversation=customer.conversation, seq=answer.json()["seq"])
        await stay_to_the_end(house, customer)


@pytest.mark.parametrize("harm", ["full", "read-only"])
def test_f08_with_a_full_disk_writing_says_503_reading_works_and_it_recovers_by_itself(
    harm: str, own_house: House, journal: Journal, dice: random.Random
) -> None:
    way = (lambda: _refusing(own_house, "53100")) if harm == "full" else (lambda: _read_only(own_house))
    asyncio.run(_write_in_vain(own_house, journal, dice, way))
    assert_clean(journal, own_house.database_url)


def test_f10_a_locked_conversation_is_waited_for_then_refused_and_the_retry_is_one_entry(
    own_house: House, journal: Journal, dice: random.Random
) -> None:
    async def run() -> float:
        customer = await _arrived(own_house, journal, dice)
        other = Customer("wei", own_house, journal, random.Random(dice.random()))
        await other.arrive()
        with psycopg.connect(own_house.database_url) as holder:
            holder.execute("SELECT 1 FROM conversations_conversation WHERE public_id = %s FOR UPDATE", [customer.conversation])
            key = new_key(dice)
            journal.note("invoke", "ada", key=key)
            body = {"conversation": customer.conversation, "key": key, "text": "Locked out?"}
            begun = time.monotonic()
            answer = await customer.ask("POST", "/live/send", body)
            took = time.monotonic() - begun
            assert (answer.status, answer.retry_after is not None) == (503, True), answer
            # Two write at once, one of them here: whoever writes elsewhere is held up for less than two seconds.
            held = asyncio.create_task(customer.ask("POST", "/live/send", body))
            begun = time.monotonic()
            assert await other.send("I was not locked.", within=2.0) is not None
            assert time.monotonic() - begun < 2
            assert (await held).status == 503
            holder.rollback()
        again: wire.Answer = await customer.ask("POST", "/live/send", body)
        assert again.status in {200, 201}, again
        journal.note("ok", "ada", key=key, conversation=customer.conversation, seq=again.json()["seq"])
        return took

    took = asyncio.run(run())
    assert 0.5 < took < 5.5, took
    assert_clean(journal, own_house.database_url)


def test_f10_twenty_writers_are_not_held_up_by_a_conversation_that_stays_locked(
    make_house: Callable[..., House], journal: Journal, dice: random.Random
) -> None:
    house = make_house(VIGIL_TRUSTED_PROXIES="127.0.0.1")

    async def run() -> list[float]:
        stuck = await _arrived(house, journal, dice)
        writers = [Customer(f"writer-{number}", house, journal, random.Random(dice.random())) for number in range(20)]
        await asyncio.gather(*(writer.arrive() for writer in writers))
        over = asyncio.Event()
        took: list[float] = []

        async def insist_in_vain() -> None:
            while not over.is_set():
                answer = await stuck.ask("POST", "/live/send", {"conversation": stuck.conversation, "key": new_key(dice), "text": "Hello?"})
                assert answer.status in {429, 503}, answer
                await asyncio.sleep(0.1)

        async def write(writer: Customer) -> None:
            for number in range(15):
                begun = time.monotonic()
                assert await writer.send(f"number {number}") is not None
                took.append(time.monotonic() - begun)
                await asyncio.sleep(dice.uniform(0.5, 0.7))

        with psycopg.connect(house.database_url) as holder:
            holder.execute("SELECT 1 FROM conversations_conversation WHERE public_id = %s FOR UPDATE", [stuck.conversation])
            insisting = asyncio.create_task(insist_in_vain())
            await asyncio.sleep(1.5)  # The first one is waited for, once.
            await asyncio.gather(*(write(writer) for writer in writers))
            over.set()
            await insisting
        return sorted(took)

    took = asyncio.run(run())
    assert len(took) == 300
    assert took[len(took) * 99 // 100] < 0.5, took[-10:]
    assert_clean(journal, house.database_url)
