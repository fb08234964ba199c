"""A newcomer's first command: everything starts, stops in order, and starts again where it was."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import pytest

from tests.houses import ROOT, free_port


class Run:
    """`vigil run` with state of its own."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("VIGIL_", "DATABASE_URL", "REDIS_URL"))}
        self.environment = {**inherited, "VIGIL_VAR": str(var), "VIGIL_PORT": str(self.port), "PYTHONUNBUFFERED": "1"}
        self.process: subprocess.Popen[str] | None = None
        self.said = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self, word: str) -> subprocess.Popen[str]:
        """Start one of the processes alone."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "vigil.config.cli", word], env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        return self.process

    def start(self) -> str:
        """Start, wait for the last line that it prints, and return all of them."""
        self.command("run")
        assert self.process is not None
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if "Ctrl-C" in line:
                return said
        raise AssertionError("it ended before it was ready:\n" + said)

    def family(self) -> list[psutil.Process]:
        assert self.process is not None
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def computed(self) -> float:
        """Tell how many seconds of computing have gone into what runs now and what has ended below it."""
        assert self.process is not None
        living = [each.cpu_times() for each in [psutil.Process(self.process.pid), *self.family()]]
        return float(sum(each.user + each.system + each.children_user + each.children_system for each in living))

    def servers(self) -> list[psutil.Process]:
        return [each for each in psutil.process_iter(["cmdline"]) if str(self.var) in " ".join(each.info["cmdline"] or [])]

    def is_well(self) -> bool:
        with urllib.request.urlopen(self.url + "/healthz", timeout=2) as answer:
            return bool(json.load(answer)["status"] == "ok")

    def waits_until_well(self) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            time.sleep(0.2)
            with suppress(OSError):
                if self.is_well():
                    return
        raise AssertionError("nobody started the server again")

    def stop(self) -> float:
        assert self.process is not None
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        took = time.monotonic() - begun
        self.close()
        return took

    def close(self) -> None:
        if self.process is not None and self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Nothing is there yet."""
    one = Run(tmp_path / "var")
    yield one
    if one.process is not None and one.process.poll() is None:
        one.stop()
    one.close()


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """One that was started where nothing was, and runs: `said` is what it printed."""
    one = Run(tmp_path_factory.mktemp("first") / "var")
    one.said = one.start()
    yield one
    if one.process is not None and one.process.poll() is None:
        one.stop()
    one.close()


@pytest.fixture(scope="module")
def prepared(first: Run) -> Path:
    """Its state, once all tests that begin with one that runs have had it, for others to begin with a copy."""
    if first.process is not None and first.process.poll() is None:
        first.stop()
    assert first.servers() == []
    return first.var


@pytest.fixture
def prepared_run(run: Run, prepared: Path) -> Run:
    """All is prepared, and nothing runs."""
    # The database server's files belong to somebody else than root where root runs it.
    subprocess.run(["cp", "-a", prepared, run.var], check=True)
    return run


def test_f36_one_command_starts_everything_and_one_signal_ends_it_within_five_seconds(first: Run) -> None:
    run = first
    for word in ("PostgreSQL started", "demo world: Conversations 60/60", run.url + "/desk/", "Demo log-ins"):
        assert word in run.said
    assert run.is_well()
    family = run.family()
    assert len(family) >= 2

    session = httpx.post(
        run.url + "/widget/api/session", json={"site": "site_demo", "language": "ko", "zone": "Asia/Seoul"}, trust_env=False
    ).json()
    with httpx.stream("GET", run.url + "/live/stream", headers={"Authorization": f"Bearer {session['live']}"}, trust_env=False) as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith("retry")
        assert run.stop() <= 5
        assert any("restart" in line for line in lines)
    assert not [process for process in family if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]
    assert run.servers() == []


def test_a_second_start_is_quick_a_killed_server_is_started_again_and_a_kill_of_all_leaves_at_most_the_database_which_the_next_end_takes(
    prepared_run: Run,
) -> None:
    run = prepared_run
    # Of what our own processes compute, not of what passes on the clock: others may keep the machine busy.
    begun = time.monotonic()
    again = run.start()
    passed, computed = time.monotonic() - begun, run.computed()
    assert "demo world" in again
    assert run.is_well()
    assert min(passed, computed) < 10, f"a second start is quick; it took {passed:.1f} s, and {computed:.1f} s of computing"
    server = next(each for each in run.family() if "serve" in each.cmdline())
    server.kill()
    run.waits_until_well()
    children = [each for each in run.family() if {"serve", "work"} & set(each.cmdline())]
    assert len(children) == 2
    assert server not in children
    assert run.process is not None
    run.process.kill()
    run.process.wait()
    gone, alive = psutil.wait_procs(children, timeout=8)
    assert alive == []
    assert len(gone) == 2
    run.close()
    run.start()
    run.stop()
    assert run.servers() == []


def test_make_clean_says_to_stop_what_runs_first_and_stops_a_server_that_nobody_uses_before_it_removes_its_folder(tmp_path: Path) -> None:
    (tmp_path / "Makefile").symlink_to(ROOT / "Makefile")
    (tmp_path / "tools").symlink_to(ROOT / "tools")
    folders = [tmp_path / "var" / "postgres", tmp_path / "var" / "test" / "postgres"]
    using = (
        "import sys, pathlib; from vigil.kernel import postgres; "
        "[postgres.start(pathlib.Path(folder)) for folder in sys.argv[1:]]; print(flush=True); sys.stdin.read()"
    )
    user = subprocess.Popen([sys.executable, "-c", using, *map(str, folders)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert user.stdout is not None
    assert user.stdout.readline() == "\n"
    refused = subprocess.run(["make", "-C", str(tmp_path), "clean"], check=False, capture_output=True, text=True)
    assert refused.returncode != 0
    assert "Stop Vigil first" in refused.stderr
    assert str(user.pid) in refused.stderr
    servers = [psutil.Process(int((folder / "postmaster.pid").read_text().split()[0])) for folder in folders]

    user.kill()
    user.communicate()
    assert all(server.is_running() for server in servers), "it was killed, and could tell nobody"
    stale = tmp_path / "var" / "bench" / "postgres" / "postmaster.pid"
    stale.parent.mkdir(parents=True)
    stale.write_text(f"{os.getpid()}\n")  # a number that somebody else has now: it is left alone
    subprocess.run(["make", "-C", str(tmp_path), "clean"], check=True)
    assert [server for server in servers if server.is_running() and server.status() != psutil.STATUS_ZOMBIE] == []
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(("word", "number"), [("serve", signal.SIGTERM), ("serve", signal.SIGINT), ("work", signal.SIGHUP)])
def test_a_process_that_runs_alone_and_is_told_to_stop_leaves_no_database_behind(
    prepared_run: Run, word: str, number: signal.Signals
) -> None:
    run = prepared_run
    process = run.command(word)
    until = time.monotonic() + 60
    while not run.servers() or (word == "serve" and not _answers(run)):
        assert time.monotonic() < until
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(number)
    assert process.wait(10) == 0
    assert run.servers() == []


def _answers(run: Run) -> bool:
    try:
        return run.is_well()
    except OSError:
        return False
