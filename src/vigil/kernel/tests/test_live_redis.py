"""The bell over Redis: it rings after the commit, and its loss fails nothing."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from vigil.kernel import clock
from vigil.kernel.live.bell.redis import RedisDriver, RedisListener
from vigil.kernel.tests.live_world import wait_for

pytestmark = pytest.mark.django_db(transaction=True)
PROGRAM = shutil.which("redis-server") or shutil.which("valkey-server")
# Elsewhere a laptop may do without; continuous integration may not (see conftest.py).
needs_redis = pytest.mark.skipif(PROGRAM is None, reason="neither redis-server nor valkey-server is installed here")


class Server:
    """A Redis on a socket of its own, which can be ended and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.url = f"unix://{folder}/redis.sock"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ["--port", "0", "--unixsocket", f"{self._folder}/redis.sock", "--save", "", "--dir", str(self._folder)]
        assert PROGRAM is not None
        self._process = subprocess.Popen([PROGRAM, *options], stdout=subprocess.DEVNULL)
        wait_for((self._folder / "redis.sock").exists)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(5)
            (self._folder / "redis.sock").unlink(missing_ok=True)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop()


class Ear:
    def __init__(self) -> None:
        self.rings = 0
        self.signals: list[dict[str, Any]] = []

    def ring(self) -> None:
        self.rings += 1


@needs_redis
def test_the_bell_rings_after_the_commit_and_never_after_a_rollback(server: Server) -> None:
    driver, listener, ear = RedisDriver(server.url), RedisListener(server.url), Ear()
    listener.start(ear.ring, ear.signals.append)
    wait_for(lambda: ear.rings == 1)
    with transaction.atomic():
        driver.ring()
        transaction.set_rollback(True)
    with transaction.atomic():
        driver.ring()
        driver.signal(['{"revoked":"agent:noor"}', "not json"])
        time.sleep(0.1)
        assert ear.rings == 1
    wait_for(lambda: ear.rings == 2 and ear.signals == [{"revoked": "agent:noor"}])
    listener.stop()


@needs_redis
def test_f14_a_redis_that_is_gone_fails_no_command_and_is_heard_again_when_it_is_back(server: Server) -> None:
    driver, listener, ear = RedisDriver(server.url), RedisListener(server.url), Ear()
    listener.start(ear.ring, ear.signals.append)
    wait_for(lambda: listener.is_up)
    server.stop()
    wait_for(lambda: not listener.is_up, 8)
    begun = clock.monotonic()
    for _ in range(50):
        with transaction.atomic():
            driver.ring()
    assert clock.monotonic() - begun < 2
    server.start()
    wait_for(lambda: listener.is_up, 8)
    before = ear.rings
    time.sleep(1.1)
    with transaction.atomic():
        driver.ring()
    wait_for(lambda: ear.rings > before)
    listener.stop()


def test_f14_a_redis_that_never_was_fails_no_command() -> None:
    driver = RedisDriver("redis://127.0.0.1:1/0")
    with transaction.atomic():
        driver.ring()
        driver.signal(['{"a":1}'])
