"""The embedded PostgreSQL ends with the last living process that uses it, however the others ended."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

_USE = """
import sys
from pathlib import Path
from vigil.kernel import postgres
postgres.start(Path(sys.argv[1]), durable=False)
print("ready", flush=True)
within = sys.stdin.read()
if within:
    postgres.leave(float(within))
"""


class User:
    """A process that uses the server in `folder` until it is told to end, or is killed."""

    def __init__(self, folder: Path) -> None:
        words = [sys.executable, "-c", _USE, str(folder)]
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def end(self, within: str = "") -> None:
        self._process.communicate(within, timeout=30)

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


def _servers(folder: Path) -> list[psutil.Process]:
    return [
        each
        for each in psutil.process_iter(["cmdline"])
        if each.info["cmdline"] and "-D" in each.info["cmdline"] and str(folder) in each.info["cmdline"]
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "postgres"
    yield folder
    for process in _servers(folder):  # only where a test failed
        with suppress(psutil.NoSuchProcess):
            process.kill()


def test_the_last_user_that_ends_in_order_stops_the_server_and_no_other(folder: Path) -> None:
    first, second = User(folder), User(folder)
    first.end()
    assert len(_servers(folder)) == 1
    second.end()
    assert _servers(folder) == []


def test_a_user_that_was_killed_keeps_the_server_for_nobody(folder: Path) -> None:
    User(folder).kill()
    assert len(_servers(folder)) == 1, "it waits for whoever comes next"
    User(folder).end()
    assert _servers(folder) == []


def test_a_user_that_is_killed_beside_another_is_forgotten_when_that_one_ends(folder: Path) -> None:
    staying, dying = User(folder), User(folder)
    dying.kill()
    staying.end()
    assert _servers(folder) == []


def test_a_dead_users_number_that_a_stranger_has_now_keeps_the_server_for_nobody(folder: Path) -> None:
    user = User(folder)
    stranger = subprocess.Popen(["sleep", "60"])
    users = folder / ".handle_pids.json"
    users.write_text(json.dumps([*json.loads(users.read_text()), stranger.pid]))
    user.end()
    stranger.kill()
    stranger.wait()
    assert _servers(folder) == []


def test_a_server_that_takes_longer_than_the_wheel_waits_is_waited_for(folder: Path) -> None:
    User(folder).kill()
    number = folder / "postmaster.pid"
    known = number.read_text()
    assert "ready" in known
    number.write_text(known.replace("ready   ", "starting"))  # as it says while it reads its journal
    with ThreadPoolExecutor() as pool:
        coming = pool.submit(User, folder)
        with pytest.raises(TimeoutError):
            coming.result(timeout=3)
        number.write_text(known)
        coming.result(timeout=30).end()
    assert _servers(folder) == []


def test_a_server_that_does_not_stop_in_time_is_not_waited_for(folder: Path) -> None:
    user = User(folder)
    [server] = _servers(folder)
    [checkpointer] = [each for each in server.children() if "checkpointer" in " ".join(each.cmdline())]
    checkpointer.suspend()
    begun = time.monotonic()
    user.end(within="0.5")
    assert time.monotonic() - begun < 3
    checkpointer.resume()
    server.wait(10)
    User(folder).end()
    assert _servers(folder) == []


def test_whoever_left_early_leaves_the_server_to_the_others(folder: Path) -> None:
    staying, going = User(folder), User(folder)
    going.end(within="5")
    assert len(_servers(folder)) == 1
    staying.end(within="5")
    assert _servers(folder) == []


@pytest.mark.parametrize("whose", ["nobody has asked for its end", "somebody else's by now"])
def test_f01_a_server_that_was_killed_is_followed_by_another_though_its_number_is_taken(folder: Path, whose: str) -> None:
    User(folder).kill()
    [server] = _servers(folder)
    note = folder / "postmaster.pid"
    told = note.read_text()
    server.kill()
    # A child that has ended and that nobody has waited for keeps its number, as a dead server does until PID 1 looks after it.
    other = subprocess.Popen(["true"] if "asked" in whose else ["sleep", "60"])
    while "asked" in whose and psutil.Process(other.pid).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
    note.write_text(told.replace(str(server.pid), str(other.pid), 1))
    User(folder).end()
    assert _servers(folder) == []
    other.kill()
    other.wait()
