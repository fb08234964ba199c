"""F08: a database whose files cannot grow any more, as on a disk that ran full: no trigger of ours, but PostgreSQL's own refusal."""

import asyncio
import contextlib
import os
import random
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.faults.clients import Client, Customer, listening, new_key, stay_to_the_end
from tests.faults.history import Journal, assert_clean
from tests.houses import House
from vigil.kernel import postgres

_NO_LIMIT = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
_BULK = 17 * 1024 * 1024
_MOST_TRIES = 300
_LONG = "x" * 1500  # As it is, it is stored; what is longer would be pressed together, and fit where nothing else does.
# Rows of somebody else's conversation, until the table is larger than the files of PostgreSQL's own journal may be.
_FILL = """
INSERT INTO conversations_entry (conversation_id, seq, kind, author_kind, text, language, data, created_at)
SELECT id, 1000 + n, 'note', 'system', repeat(md5(n::text), 50), 'en', '{}', now()
  FROM generate_series(1, %(rows)s) n, conversations_conversation WHERE public_id = %(conversation)s
"""
_SIZE = "SELECT pg_relation_size('conversations_entry')"
_TWO_WAYS = "SELECT count(*), count(DISTINCT (conversation_id, seq)) FROM conversations_entry"


class Server:
    """A PostgreSQL of this test's own, whose files may be forbidden to grow."""

    def __init__(self, folder: Path) -> None:
        self.url = postgres.start(folder, durable=False)
        self._first = psutil.Process(int((folder / "postmaster.pid").read_text().split()[0]))

    @contextlib.contextmanager
    def full(self, size: int) -> Iterator[None]:
        """Let no file grow beyond `size` bytes; what is there can be read and written over."""
        self._limit((size, resource.RLIM_INFINITY))
        try:
            yield
        finally:
            self._limit(_NO_LIMIT)

    def _limit(self, limits: tuple[int, int]) -> None:
        def limit() -> None:
            # The first process hands its limits on to those that are still to come.
            for process in (self._first, *self._first.children(recursive=True)):
                with contextlib.suppress(ProcessLookupError):
                    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, limits)

        # Only a process of the same person may; PostgreSQL never runs as root, and the tests perhaps do.
        person = self._first.uids().real if os.geteuid() == 0 else None
        subprocess.run(["true"], user=person, preexec_fn=limit, check=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    return Server(tmp_path_factory.mktemp("full") / "postgres")


@pytest.fixture
def crowded_house(server: Server, tmp_path: Path) -> Iterator[House]:
    """A house in which a lot was said already."""
    house = House(tmp_path / "house", server.url, settings={"VIGIL_TRUSTED_PROXIES": "127.0.0.1"})
    house.var.mkdir()
    house.furnish()
    house.start()
    yield house
    house.stop()


async def _until_full(customer: Customer) -> tuple[str, bytes]:
    """Say things until one is refused; give its key and its words."""
    for number in range(_MOST_TRIES):
        key, text = new_key(customer.dice), f"number {number} " + _LONG
        customer.journal.note("invoke", customer.name, key=key)
        answer = await customer.ask("POST", "/live/send", {"conversation": customer.conversation, "key": key, "text": text})
        if answer.status == 429:
            await asyncio.sleep(answer.retry_after or 1)
            continue
        if answer.status != 201:
            assert (answer.status, answer.retry_after is not None) == (503, True), answer
            return key, text.encode()
        customer.journal.note("ok", customer.name, key=key, conversation=customer.conversation, seq=answer.json()["seq"])
    raise AssertionError("it never ran full")


async def _refused_but_read(customer: Client) -> None:
    opening = {"key": new_key(customer.dice), "text": "Hello? " + _LONG, "language": "en"}
    opened = await customer.ask("POST", "/widget/api/conversations", opening)
    assert (opened.status, opened.retry_after is not None) == (503, True), opened
    for path in (f"/live/poll?wait=0&watch={customer.conversation}", f"/widget/api/conversations/{customer.conversation}/transcript.txt"):
        reading = await customer.ask("GET", path)
        assert reading.status == 200, (path, reading)


def test_f08_a_database_that_cannot_grow_refuses_words_shows_what_it_has_and_recovers(
    server: Server, crowded_house: House, journal: Journal, dice: random.Random
) -> None:
    async def run() -> None:
        ada, wei = (Customer(name, crowded_house, journal, random.Random(dice.random())) for name in ("ada", "wei"))
        await asyncio.gather(ada.arrive(), wei.arrive())
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(_FILL, {"conversation": wei.conversation, "rows": _BULK // 1700})
            (size,) = connection.execute(_SIZE).fetchone() or (0,)
        assert size > 16 * 1024 * 1024, "larger than a file of the journal, which must stay able to grow"
        async with listening(ada):
            with server.full(size):
                key, text = await _until_full(ada)
                for _ in range(2):
                    await _refused_but_read(ada)
            body = {"conversation": ada.conversation, "key": key, "text": text.decode()}
            answer = await ada.ask("POST", "/live/send", body)
            assert answer.status == 201, answer
            journal.note("ok", ada.name, key=key, conversation=ada.conversation, seq=answer.json()["seq"])
            await stay_to_the_end(crowded_house, ada)

    asyncio.run(run())
    crowded_house.stop()
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("DELETE FROM conversations_entry WHERE seq > 1000")
        connection.execute("REINDEX DATABASE")  # Reads every row of every table: a broken page is found.
        assert len(set(connection.execute(_TWO_WAYS).fetchone() or ())) == 1
    assert_clean(journal, crowded_house.database_url)
