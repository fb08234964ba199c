"""Where the bench runs: a database server of its own that flushes every commit, and real Vigil processes on it."""

import hashlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from bench import world
from vigil.kernel import postgres

ROOT = Path(__file__).parent.parent
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
_PROFILE = ROOT / "src" / "vigil" / "workspace" / "profiles" / "mexc.toml"
_MIGRATIONS = ROOT / "src" / "vigil"


class Place:
    """The bench's folder with its cluster and its worlds, which are kept from one run to the next."""

    def __init__(self, var: Path, data: Path | None = None) -> None:
        self.var = var
        self.data = data
        self._url = postgres.start(var / "postgres", database="bench_start", durable=True)

    def url(self, database: str) -> str:
        """Tell the address of a database of the cluster."""
        return self._url.replace("/bench_start?", f"/{database}?")

    def ask(self, statement: str, database: str = "postgres", values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run one statement and give its rows."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            answer = connection.execute(statement.encode(), values)
            return answer.fetchall() if answer.description else []

    def has(self, database: str) -> bool:
        """Say whether a database is there."""
        return bool(self.ask("SELECT 1 FROM pg_database WHERE datname = %(name)s", values={"name": database}))

    def drop(self, database: str) -> None:
        """Throw a database away, whoever is still in it."""
        self.ask(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def copy(self, source: str, database: str) -> None:
        """Make a database as a copy of another."""
        self.drop(database)
        self.ask(f'CREATE DATABASE "{database}" TEMPLATE "{source}" STRATEGY FILE_COPY')

    def run(self, database: str, *words: str, settings: Mapping[str, str] | None = None, text: str | None = None) -> str:
        """Run a Python program against a database and give what it prints."""
        environment = self.environment(database) | dict(settings or {})
        done = subprocess.run(
            [sys.executable, *words],
            env=environment,
            cwd=ROOT,
            check=False,
            input=text,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}")
        return done.stdout

    def environment(self, database: str, port: int = 8000) -> dict[str, str]:
        """Tell what a process of this place finds in its environment."""
        known = {name: value for name, value in os.environ.items() if not name.startswith(("VIGIL_", "DATABASE_URL", "REDIS_URL"))}
        own = {
            "VIGIL_MODE": "test",
            "VIGIL_LOG_LEVEL": "WARNING",
            "VIGIL_VAR": str(self.var),
            "VIGIL_PORT": str(port),
            "VIGIL_PROFILE": str(self._patient_profile()),
            "VIGIL_SECRET_KEY": "bench-" * 10,
            "DATABASE_URL": self.url(database),
            "DJANGO_SETTINGS_MODULE": "vigil.config.settings",
        }
        redis = {"REDIS_URL": os.environ["BENCH_REDIS_URL"]} if "BENCH_REDIS_URL" in os.environ else {}
        return {**known, **own, **redis}

    def _patient_profile(self) -> Path:
        # One agent reads here in a minute what many read in a day.
        path = self.var / "profile.toml"
        text = _PROFILE.read_text(encoding="utf-8")
        path.write_text(text.replace("\nmost_an_hour = 240 ", "\nmost_an_hour = 1000000 "), encoding="utf-8")
        return path

    def world(self, size: str) -> str:
        """Give the name of the world of that size, making it or bringing it to the newest schema as needed."""
        name = f"bench_{size}"
        if self.has("bench_making"):
            self.drop("bench_making")  # A run that was interrupted left it half made.
        if not self.has(name):
            begun = time.monotonic()
            print(f"Writing {SIZES[size]:,} conversations …", flush=True)
            self.ask('CREATE DATABASE bench_making ENCODING utf8 LC_COLLATE "C" LC_CTYPE "C.UTF-8" TEMPLATE template0')
            self._migrate("bench_making")
            world.write_world(self.url("bench_making"), SIZES[size], now=world.utc_now())
            self._migrate("bench_making")  # Once more, for the profile's teams and queues.
            self.ask(f'ALTER DATABASE bench_making RENAME TO "{name}"')
            print(f"  written in {time.monotonic() - begun:.0f} s", flush=True)
        elif self._schema_of(name) != _schema():
            self._migrate(name)
            # What a migration leaves behind, a server that runs for days has long tidied by itself.
            self.ask("VACUUM (FREEZE, ANALYZE)", name)
        return name

    def prepare(self) -> None:
        """Bring the pages' files and the catalogues up to date; every process of this place reads them from its folder."""
        self._migrate("bench_start")

    def _migrate(self, database: str) -> None:
        self.run(database, "-m", "vigil.config.cli", "prepare")
        self.ask(f"COMMENT ON DATABASE \"{database}\" IS '{_schema()}'")

    def _schema_of(self, database: str) -> str:
        row = self.ask("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %(name)s", values={"name": database})
        return str(row[0][0])

    @contextmanager
    def serving(self, database: str, *words: str) -> Iterator["Serving"]:
        """Run `vigil serve`, or what `words` say, until the block ends."""
        one = Serving(self, database, words or ("serve",))
        one.start()
        try:
            yield one
        finally:
            one.stop()


def _schema() -> str:
    """Name the present schema: the migrations' contents."""
    found = sorted(_MIGRATIONS.rglob("migrations/*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in found)).hexdigest()[:16]


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Serving:
    """One running Vigil."""

    place: Place
    database: str
    words: tuple[str, ...]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    seconds_to_ready: float = 0.0

    def start(self) -> None:
        """Start, and return when it says that it is well. Raises RuntimeError with the end of its log."""
        log = self.place.var / "vigil.log"
        begun = time.monotonic()
        environment = self.place.environment(self.database, self.port)
        if os.environ.get("BENCH_PROFILE"):
            environment["BENCH_PROFILE"] = os.environ["BENCH_PROFILE"]
        program = ["-m", "bench.profiled"] if os.environ.get("BENCH_PROFILE") else ["-m", "vigil.config.cli", *self.words]
        with log.open("wb") as file:
            self.process = subprocess.Popen([sys.executable, *program], env=environment, cwd=ROOT, stdout=file, stderr=file)
        while not self._is_well():
            if self.process.poll() is not None or time.monotonic() - begun > 90:
                raise RuntimeError("Vigil did not start:\n" + log.read_text(errors="replace")[-3000:])
            time.sleep(0.02)
        self.seconds_to_ready = time.monotonic() - begun

    def _is_well(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return bool(json.load(answer)["status"] == "ok")
        except (OSError, ValueError):
            return False

    def stop(self) -> None:
        """End it, by force after ten seconds."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def pids(self) -> list[int]:
        """List the process and all below it."""
        if self.process is None:
            return []
        return [self.process.pid, *_children(self.process.pid)]

    def memory(self) -> int:
        """Tell the proportional set size of all its processes, in KiB."""
        return sum(_pss(pid) for pid in self.pids)

    def cpu_seconds(self) -> float:
        """Tell the processor time all its processes have used."""
        return sum(_cpu(pid) for pid in self.pids)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_children(int(child))]
    return found


def _pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def raise_file_limit() -> int:
    """Allow as many open files as this machine lets us; tells how many that is."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard
