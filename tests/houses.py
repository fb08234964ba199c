"""A whole Vigil of its own for a test: a database, a server, a worker, each a real process that can be killed."""

import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from tests.forking import Files, Forked, do, run

ROOT = Path(__file__).parent.parent
PROFILE = ROOT / "src" / "vigil" / "workspace" / "profiles" / "mexc.toml"
VIGIL = ("-m", "vigil.config.cli")
Process = subprocess.Popen[bytes] | Forked
_MIGRATE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
"""
_FURNISH = """
from vigil.look import collecting
collecting.collect()
from tests import cast
cast.open_the_desk()
"""
_CATCH_UP = """
import django
django.setup()
from vigil.search.tests.asking import catch_up
catch_up()
"""
_DOCTOR = """
from vigil.config.cli import start
from vigil.languages.catalogue import checking
checking.check = list
start()
"""


def patient_profile(folder: Path, more: str = "") -> Path:
    """Write the profile, and `more` behind it, for a house where an agent reads as much as many do elsewhere."""
    path = folder / "profile.toml"
    text = PROFILE.read_text(encoding="utf-8") + more
    path.write_text(text.replace("\nmost_an_hour = 240 ", "\nmost_an_hour = 100000 "), encoding="utf-8")
    return path


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _server_url(database: str) -> str:
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{base.rsplit('/', 1)[0]}/{database}" + (f"?{query}" if query else "")


def name_of(url: str) -> str:
    """Tell the name of a database that `make_database` has made."""
    return url.partition("?")[0].rsplit("/", 1)[1]


def make_database(template: str = "") -> str:
    """Make a database beside the tests' own, empty or a copy of the one at `template`; return its DATABASE_URL."""
    name = f"house_{uuid4().hex[:12]}"
    source = f' TEMPLATE "{name_of(template)}" STRATEGY FILE_COPY' if template else ""
    with psycopg.connect(_server_url("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{source}')
    return _server_url(name)


def drop_database(url: str) -> None:
    """Throw the database away, whoever is still in it."""
    with psycopg.connect(_server_url("postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name_of(url)}" WITH (FORCE)')


@dataclass
class House:
    """One running Vigil. `settings` are further environment variables, read at each start; `program` is what is started."""

    var: Path
    database_url: str
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    program: tuple[str, ...] = VIGIL
    server: Process | None = None
    worker: Process | None = None

    @property
    def url(self) -> str:
        """Tell the address."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """Tell what a process of this house finds in its environment."""
        own = {
            "VIGIL_MODE": "test",
            "VIGIL_VAR": str(self.var),
            "VIGIL_PORT": str(self.port),
            "VIGIL_BASE_URL": self.url,
            "DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": "vigil.config.settings",
            "PYTHONPATH": str(ROOT),
        }
        return {**os.environ, **own, **self.settings}

    def furnish(self) -> None:
        """Bring the database to the newest schema and let the cast move in."""
        self.runs(_MIGRATE + _FURNISH)

    def migrate(self) -> None:
        """Bring the database to the newest schema, with nobody in it."""
        self.runs(_MIGRATE)

    def type_in(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Type a command of `vigil` at the house's keyboard and wait for what comes of it."""
        return run(words, environment=self.environment())

    def asks_the_doctor(self) -> "subprocess.CompletedProcess[str]":
        """Let the doctor look at all but the catalogues: a guard reads those, and to read them takes longer than all else."""
        return run(["doctor"], environment=self.environment(), program=_DOCTOR)

    def runs(self, program: str, *words: str) -> str:
        """Let a program of ours do something in the house, and return what it printed."""
        return do(program, *words, environment=self.environment())

    def catch_up(self) -> None:
        """Bring the search's index up to date, as a worker would a moment later."""
        self.runs(_CATCH_UP)

    def start(self, *, wait: bool = True) -> None:
        """Start the server and, with `wait`, return when it answers."""
        self.server = self._begin("serve", self.var / "server.log")
        if wait:
            self.wait_until_ready()

    def start_worker(self) -> Process:
        """Start a worker; only the last one is stopped with the house."""
        self.worker = self._begin("work", self.var / "worker.log")
        return self.worker

    def _begin(self, word: str, log: Path) -> Process:
        how, module = self.program[:2]
        if how == "-m":
            program = f"import runpy; runpy.run_module({module!r}, run_name='__main__')"
            return Forked([word], environment=self.environment(), files=Files.log(log), program=program)
        with log.open("ab") as out:
            return subprocess.Popen([sys.executable, *self.program, word], env=self.environment(), cwd=ROOT, stderr=out, stdout=out)

    def wait_until_ready(self, seconds: float = 60) -> None:
        """Return when the server says that it is well. Raises AssertionError with its log when it does not."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.health().get("status") == "ok":
                return
            if self.server is not None and self.server.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError("the server is not ready:\n" + (self.var / "server.log").read_text(errors="replace")[-4000:])

    def health(self) -> dict[str, object]:
        """Ask the server how it is; empty when it does not answer."""
        try:
            with urllib.request.urlopen(self.url + "/healthz", timeout=2) as answer:
                found: dict[str, object] = json.load(answer)
                return found
        except (OSError, ValueError, http.client.HTTPException):
            return {}  # among them a server that dies in the middle of its answer

    def kill(self) -> None:
        """Kill the server as a power cut would."""
        if self.server is not None:
            self.server.kill()
            self.server.wait()

    def stop(self) -> float:
        """Ask the processes to end, and tell how many seconds they took."""
        begun = time.monotonic()
        running = [each for each in (self.server, self.worker) if each is not None and each.poll() is None]
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        return time.monotonic() - begun

    def begin_anew(self, template: str) -> None:
        """Stop, forget everything that happened here, and start again at the same address, as the house at `template` stands."""
        self.stop()
        drop_database(self.database_url)
        self.database_url = make_database(template)
        self.start()

    def log(self) -> str:
        """Read what the processes have logged so far."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.var.glob("*.log")))


@contextmanager
def shared_schema(folder: Path) -> Iterator[House]:
    """Bring a database to the newest schema, for all processes that name this folder to copy."""
    with _shared(folder, "schema", lambda name: _made(folder / name, "", House.migrate)) as one:
        yield one


@contextmanager
def shared_house(folder: Path) -> Iterator[House]:
    """Furnish a house for all processes that name this folder."""
    with (
        shared_schema(folder) as schema,
        _shared(folder, "house", lambda name: _made(folder / name, schema.database_url, House.furnish)) as one,
    ):
        yield one


def _made(var: Path, template: str, prepare: Callable[[House], None]) -> House:
    var.mkdir()
    one = House(var, make_database(template))
    prepare(one)
    return one


@contextmanager
def _shared(folder: Path, name: str, make: Callable[[str], House]) -> Iterator[House]:
    """Make a house once for all processes of a run: the first does, the others wait, the last to leave throws it away."""
    path = folder / f"shared-{name}.json"
    with _alone(path) as known:
        if not known:
            made = make(f"shared-{name}-{uuid4().hex[:8]}")
            known.update(var=str(made.var), database_url=made.database_url, users=0)
        known["users"] += 1
        one = House(Path(known["var"]), known["database_url"])
    try:
        yield one
    finally:
        with _alone(path) as known:
            known["users"] -= 1
            if not known["users"]:
                drop_database(one.database_url)
                known.clear()


@contextmanager
def _alone(path: Path) -> Iterator[dict[str, Any]]:
    """Read what the processes of a run know in common and write it back, while no other of them does."""
    with path.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        known: dict[str, Any] = json.loads(file.read() or "{}")
        yield known
        file.truncate(0)
        json.dump(known, file)
