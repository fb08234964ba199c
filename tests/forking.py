"""Processes of houses, forked from one that has read the libraries already: most of a start is reading them."""

import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

_ROOT = Path(__file__).parent.parent
# What every command of Vigil reads and that knows nothing of an installation: no settings, no apps, no database.
_READ_ONCE = (
    "a2wsgi",
    "altcha",
    "argon2",
    "babel.dates",
    "cryptography.hazmat.primitives.serialization",
    "django.contrib.auth.hashers",
    "django.contrib.staticfiles.finders",
    "django.contrib.staticfiles.storage",
    "django.core.management",
    "django.db.backends.postgresql.base",
    "django.db.backends.postgresql.schema",
    "django.db.migrations",
    "django.db.models",
    "django.shortcuts",
    "django.template.loader",
    "django.test.utils",
    "fido2.server",
    "httptools",
    "httpx",
    "procrastinate.contrib.django",
    "psutil",
    "psycopg_pool",
    "segno",
    "uvicorn.protocols.http.httptools_impl",
    "uvloop",
    "vigil.identifiers",
)


class Forked:
    """One process, as `subprocess.Popen` would tell of it."""

    def __init__(self, words: Sequence[str], *, environment: Mapping[str, str], out: Path) -> None:
        self.pid = int(_ask({"words": list(words), "environment": dict(environment), "out": str(out)}))
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Tell how it has ended, as a signal's negative number or its exit code; None while it runs."""
        if self.returncode is None:
            self.returncode = _ask({"ended": self.pid})
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return how it has ended once it has. Raises subprocess.TimeoutExpired after `timeout` seconds."""
        until = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if until is not None and time.monotonic() > until:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
            time.sleep(0.01)
        return code

    def send_signal(self, number: int) -> None:
        """Send it a signal; nothing happens where it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self.send_signal(signal.SIGKILL)


_asking = Lock()


@cache
def _nursery() -> "subprocess.Popen[str]":
    """Start the process that all others are forked from; it ends with ours, when its input does."""
    return subprocess.Popen([sys.executable, "-m", "tests.forking"], cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _ask(what: dict[str, Any]) -> Any:
    with _asking:
        process = _nursery()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(what) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())


def _serve() -> Sequence[str] | None:
    """Answer until the input ends; in a forked process return the words that it was started with."""
    ended: dict[int, int] = {}
    # Not by iterating: that reads ahead, and what was read ahead would be read once more by each child.
    while line := sys.stdin.readline():
        what = json.loads(line)
        if "words" not in what:
            while ended.get(what["ended"]) is None:
                pid, status = os.waitpid(what["ended"], os.WNOHANG)
                if not pid:
                    break
                ended[pid] = os.waitstatus_to_exitcode(status)
            _answer(ended.get(what["ended"]))
            continue
        pid = os.fork()
        if not pid:
            _become(what["environment"], Path(what["out"]))
            return list(what["words"])
        _answer(pid)
    return None


def _answer(what: int | None) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _become(environment: Mapping[str, str], out: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    nothing, log = os.open(os.devnull, os.O_RDONLY), os.open(out, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    for source, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    os.close(nothing)
    os.close(log)


if __name__ == "__main__":
    for _name in _READ_ONCE:
        importlib.import_module(_name)
    _words = _serve()
    if _words is not None:
        sys.argv = ["vigil", *_words]
        runpy.run_module("vigil.config.cli", run_name="__main__")
