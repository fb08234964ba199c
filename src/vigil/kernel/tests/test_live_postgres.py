"""The bell and the reader against a real PostgreSQL."""

import asyncio
import random
import threading
import time
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from vigil.kernel.database.plain import Connection
from vigil.kernel.live import bell
from vigil.kernel.live import tail as tail_module
from vigil.kernel.live.batch import Batch
from vigil.kernel.live.bell.notify import NotifyListener
from vigil.kernel.live.frames import Frame, make
from vigil.kernel.live.readers import Readers, connect
from vigil.kernel.live.source import Item
from vigil.kernel.live.tail import Tail
from vigil.kernel.live.tokens import Claims
from vigil.kernel.tests.live_world import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


def _frames(number: int, conversation: str, seq: int) -> list[Frame]:
    return [make("c", "entry", {"id": number}, conversation=conversation, seq=seq)]


class Table:
    """A timeline in a table of its own."""

    def start(self, connection: Connection) -> int:
        row = connection.execute("SELECT coalesce(max(id), 0) FROM live_probe").fetchone()
        return row[0] if row else 0

    def read(self, connection: Connection, after: int, missing: Sequence[int], limit: int) -> Sequence[Item]:
        statement = "SELECT id, conversation, seq FROM live_probe WHERE id > %s OR id = ANY(%s) ORDER BY id LIMIT %s"
        rows = connection.execute(statement, (after, list(missing), limit)).fetchall()
        return [Item(number, str(talk), seq, partial(_frames, number, str(talk), seq)) for number, talk, seq in rows]

    def backlog(self, connection: Connection, claims: Claims, watch: str | None, after: int, limit: int) -> Sequence[Frame]:
        return []

    def unwelcome(self, connection: Connection, subjects: Sequence[str]) -> Sequence[str]:
        return []


class Ear:
    """What was delivered, in order."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.signals: list[dict[str, Any]] = []

    def deliver(self, frames: Sequence[Frame]) -> None:
        self.frames.extend(frames)

    @property
    def seqs(self) -> list[int | None]:
        return [frame.seq for frame in self.frames]


@pytest.fixture
def table() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE live_probe (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, conversation int, seq int)")
        cursor.execute("CREATE TABLE live_talk (id int PRIMARY KEY, last_seq int)")
        cursor.execute("INSERT INTO live_talk SELECT n, 0 FROM generate_series(1, 5) n")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE live_probe, live_talk")


@pytest.fixture
def ear(table: None) -> Iterator[Ear]:
    ear = Ear()
    listener = NotifyListener()
    tail = Tail(Table(), ear.deliver, bell_is_up=lambda: listener.is_up)
    listener.start(tail.wake, ear.signals.append)
    tail.start()
    wait_for(lambda: listener.is_up and tail.is_ready)
    yield ear
    listener.stop()
    tail.stop()


def write(on: Connection, talk: int) -> None:
    """Append as a command does: the row lock first, then the number."""
    on.execute("UPDATE live_talk SET last_seq = last_seq + 1 WHERE id = %s", (talk,))
    on.execute("INSERT INTO live_probe (conversation, seq) SELECT id, last_seq FROM live_talk WHERE id = %s", (talk,))


def write_through_django(talk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE live_talk SET last_seq = last_seq + 1 WHERE id = %s", [talk])
        cursor.execute("INSERT INTO live_probe (conversation, seq) SELECT id, last_seq FROM live_talk WHERE id = %s", [talk])
    bell.ring()


def cut(keep: str) -> None:
    """End every connection whose last statement does not begin with `keep`, as a restart would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
            " AND query NOT LIKE %s",
            [keep],
        )


def test_the_bell_rings_at_the_commit_and_not_before(ear: Ear) -> None:
    with transaction.atomic():
        write_through_django(1)
        time.sleep(0.1)
        assert ear.frames == []
    wait_for(lambda: ear.seqs == [1], 1)


def test_what_is_rolled_back_is_never_heard_and_stops_nothing(ear: Ear) -> None:
    with transaction.atomic():
        write_through_django(1)
        transaction.set_rollback(True)
    with transaction.atomic():
        write_through_django(1)
    wait_for(lambda: ear.seqs == [1], 1)


def test_a_number_that_is_committed_late_is_delivered(ear: Ear) -> None:
    with connect() as slow:
        with slow.transaction():
            write(slow, 1)
            with transaction.atomic():
                write_through_django(2)
            wait_for(lambda: len(ear.frames) == 1, 1)
            slow.execute("NOTIFY vigil_bell")
        wait_for(lambda: [frame.conversation for frame in ear.frames] == ["2", "1"], 1)


def test_an_open_transaction_from_before_the_start_is_not_missed(table: None) -> None:
    ear = Ear()
    with connect() as slow:
        with slow.transaction():
            write(slow, 1)
            with transaction.atomic():
                write_through_django(2)
            tail = Tail(Table(), ear.deliver)
            tail.start()
            wait_for(lambda: tail.is_ready)
        tail.wake()
        wait_for(lambda: [frame.conversation for frame in ear.frames] == ["1"], 1)
        tail.stop()


def test_f15_a_bell_that_is_lost_costs_seconds_and_no_entry(table: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tail_module, "SAFETY_READ", 0.2)
    ear = Ear()
    tail = Tail(Table(), ear.deliver)
    tail.start()
    wait_for(lambda: tail.is_ready)
    with transaction.atomic():
        write_through_django(1)
    wait_for(lambda: ear.seqs == [1], 1)
    tail.stop()


def test_f12_reader_and_bell_come_back_by_themselves_after_the_line_was_cut(ear: Ear) -> None:
    cut(keep="nothing")
    with transaction.atomic():
        write_through_django(1)
    wait_for(lambda: ear.seqs == [1], 5)

    def is_heard() -> bool:
        # What is said while the line is down is lost, by design; what is said once it is back must be heard.
        bell.signal({"still": "here"})
        return {"still": "here"} in ear.signals

    wait_for(is_heard, 5)


def test_a_signal_reaches_everybody_when_its_transaction_commits(ear: Ear) -> None:
    with transaction.atomic():
        bell.revoke("agent:sol")
        transaction.set_rollback(True)
    with transaction.atomic():
        bell.revoke("agent:noor")
        assert ear.signals == []
    bell.signal_many([{"n": 1}, {"n": 2}])
    wait_for(lambda: ear.signals == [{"revoked": "agent:noor"}, {"n": 1}, {"n": 2}], 1)


def test_a_signal_carries_no_words() -> None:
    with pytest.raises(ValueError, match="small"):
        bell.signal({"text": "x" * 7000})


def test_many_writers_in_any_order_lose_nothing_and_keep_each_conversation_in_order(ear: Ear) -> None:
    def work(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 (a repeatable test)
        with connect() as own:
            for _ in range(60):
                try:
                    with own.transaction():
                        for talk in sorted(chance.sample(range(1, 6), chance.randint(1, 2))):
                            write(own, talk)
                            time.sleep(chance.random() * 0.002)
                        own.execute("NOTIFY vigil_bell")
                        if chance.random() < 0.3:
                            raise psycopg.Rollback
                except psycopg.Error:
                    continue

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM live_probe")
        (count,) = cursor.fetchone()
    wait_for(lambda: len(ear.frames) >= count, 5)
    assert len({frame.data for frame in ear.frames}) == len(ear.frames) == count
    for talk in "12345":
        seqs = [frame.seq for frame in ear.frames if frame.conversation == talk]
        assert seqs == list(range(1, len(seqs) + 1))


def test_f12_a_reader_whose_line_was_cut_reads_again() -> None:
    readers = Readers()

    def one(on: Connection) -> Any:
        return on.execute("SELECT 1").fetchone()

    assert asyncio.run(readers.run(one)) == (1,)
    cut(keep="nothing")
    assert asyncio.run(readers.run(one)) == (1,)
    readers.stop()


def test_f13_a_batch_whose_line_was_cut_is_done_on_a_fresh_one(table: None) -> None:
    def many(items: list[int]) -> list[int]:
        with transaction.atomic():
            for item in items:
                write_through_django(item)
        return items

    batch = Batch(many, name="test")
    batch.start()
    assert asyncio.run(batch.submit(1)) == 1
    cut(keep="nothing")
    assert asyncio.run(batch.submit(2)) == 2
    batch.stop()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM live_probe")
        assert cursor.fetchone() == (2,)


def test_the_word_for_a_broken_line_is_djangos() -> None:
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    connection.close()
