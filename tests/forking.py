"""Processes of houses, forked from one that has read all modules already: most of a start is reading them.

They read their settings themselves. That a start from nothing does the same is seen where it is the point: in the journeys of
`vigil run`, of a production and of a full disk.
"""

import atexit
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Self

import django
from asgiref.local import Local
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.template.loader import get_template
from django.utils.functional import empty
from django.utils.translation import trans_real

_ROOT = Path(__file__).parent.parent
# What a server reads after its settings, which a forked process reads anew: no settings, no database, no state of its own.
_READ_ONCE = (
    "vigil.config.asgi",
    "vigil.config.brand",
    "vigil.config.cli",
    "vigil.config.context",
    "vigil.conversations.live",
    "vigil.faces.desk.urls",
    "vigil.faces.widget.urls",
    "vigil.demo.urls",
    "vigil.files.http.gate",
    "vigil.kernel.live.bell.notify",
    "vigil.kernel.web.headers",
    "vigil.languages.catalogue",
    "vigil.languages.rules",
    "vigil.look.storage",
    "vigil.safety.commands",
    "vigil.team.backends",
    "babel.dates",
    "django.contrib.auth.hashers",
    "django.contrib.auth.middleware",
    "django.contrib.auth.views",
    "django.contrib.sessions.backends.db",
    "django.contrib.sessions.middleware",
    "django.contrib.staticfiles.finders",
    "django.contrib.staticfiles.storage",
    "django.core.management.commands.migrate",
    "django.core.wsgi",
    "django.db.backends.postgresql.schema",
    "django.middleware.common",
    "django.test.utils",
    "django_htmx.middleware",
    "procrastinate.contrib.django",
    "psycopg_pool",
    "uvicorn.protocols.http.httptools_impl",
    "uvloop",
    "whitenoise.middleware",
)


# What every server works out for itself from nothing but our files.
_WORKED_OUT_ONCE = (
    ("vigil.demo.exchange", "list_accounts", ()),
    ("vigil.faces.widget.assets", "chips_sheet", ()),
    ("vigil.faces.widget.assets", "frame_script", ()),
    ("vigil.faces.widget.assets", "frame_sheet", ()),
    ("vigil.faces.widget.assets", "loader_script", ()),
    ("vigil.languages.rules", "guess_language", ("hello there",)),
    ("vigil.safety.commands", "warm_up", ()),
)
# What the modules were read for, and what therefore no environment may change; a guard watches it.
SAME_EVERYWHERE = ("AUTH_USER_MODEL", "INSTALLED_APPS", "MIDDLEWARE", "TEMPLATES")
_APPENDS = os.O_WRONLY | os.O_APPEND | os.O_CREAT


class Files(NamedTuple):
    """What a process reads, where it says what, and where it complains: paths, of pipes too."""

    reads: str
    says: str
    complains: str

    @classmethod
    def log(cls, path: Path) -> Self:
        """Write all into one file, and read nothing."""
        return cls(os.devnull, str(path), str(path))


class Forked:
    """One process, as `subprocess.Popen` would tell of it."""

    def __init__(self, words: Sequence[str], *, environment: Mapping[str, str], files: Files, program: str = "") -> None:
        """Begin what `vigil` and these words would begin, or else a program that finds them in `sys.argv`."""
        born = {"words": list(words), "program": program, "environment": dict(environment), "files": files}
        self.pid = int(_ask(born))
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


def run(words: Sequence[str], *, environment: Mapping[str, str], program: str = "") -> "subprocess.CompletedProcess[str]":
    """Wait until it has ended and tell what it said. Raises subprocess.TimeoutExpired after a minute."""
    with TemporaryDirectory() as folder:
        said, complained = Path(folder, "said"), Path(folder, "complained")
        one = Forked(words, environment=environment, files=Files(os.devnull, str(said), str(complained)), program=program)
        try:
            code = one.wait(60)
        finally:
            one.kill()
        return subprocess.CompletedProcess(list(words), code, said.read_text(), complained.read_text())


def do(program: str, *words: str, environment: Mapping[str, str]) -> str:
    """Let a program of ours run to its end and return what it printed. Raises AssertionError with what it complained of."""
    ended = run(words, environment=environment, program=program)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


_asking = threading.Lock()


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


def _serve() -> dict[str, Any] | None:
    """Answer until the input ends; in a forked process return what it is to be."""
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
            _become(what["environment"], Files(*what["files"]))
            return dict(what)
        _answer(pid)
    return None


def _answer(what: int | None) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _become(environment: Mapping[str, str], files: Files) -> None:
    os.environ.clear()
    os.environ.update(environment)
    _forget_settings()
    django.setup = partial(_set_up, django.setup)
    # A pipe opens once its other end is opened, too.
    for target, (path, how) in enumerate(zip(files, (os.O_RDONLY, _APPENDS, _APPENDS), strict=True)):
        opened = os.open(path, how, 0o644)
        os.dup2(opened, target)
        os.close(opened)


def _set_up(usual: Callable[..., None], **how: bool) -> None:
    """Make Django ready, and do what of that an app does for the settings of this process."""
    usual(**how)
    apps.get_app_config("languages").ready()


def _forget_settings() -> None:
    """Let whoever asks for a setting next read the environment."""
    del sys.modules["vigil.config.settings"]
    settings._wrapped = empty
    vars(connections).pop("settings", None)
    vars(connections).update(_settings=None, _connections=Local(connections.thread_critical))
    vars(trans_real).update(_default=None, _translations={})


def _read() -> None:
    """Read all that needs no settings of its own, and what it works out from nothing but our files."""
    django.setup()
    for name in _READ_ONCE:
        importlib.import_module(name)
    for module, name, words in _WORKED_OUT_ONCE:
        getattr(sys.modules[module], name)(*words)
    for path in (_ROOT / "src").rglob("templates/**/*.html"):
        get_template(str(path).rpartition("/templates/")[2])
    gc.collect()
    gc.freeze()  # Copies look at none of it again, and so share its pages.


def _live(what: dict[str, Any]) -> None:
    """Be what somebody has asked for, to the end."""
    if what["program"]:
        sys.argv = ["-c", *what["words"]]
        exec(what["program"], {"__name__": "__main__"})  # noqa: S102  # Written in the tests, as `python -c` would run it.
    else:
        sys.argv = ["vigil", *what["words"]]
        sys.modules["vigil.config.cli"].start()


def _end(code: int) -> None:
    """End in order, but take nothing apart: to touch whatever was read before the fork takes longer than most that is done here."""
    threading._shutdown()  # type: ignore[attr-defined]  # What an interpreter does at its own end.
    atexit._run_exitfuncs()
    for each in (sys.stdout, sys.stderr):
        each.flush()
    os._exit(code)


if __name__ == "__main__":
    _read()
    _what = _serve()
    if _what is not None:
        try:
            _live(_what)
        except SystemExit as _ended:
            if not isinstance(_ended.code, int | None):
                raise
            _end(_ended.code or 0)
        _end(0)
