"""`vigil run`: one process that starts the others, keeps them running, and ends them all within five seconds."""

import errno
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from vigil.config.address import listening_at, own_url
from vigil.kernel.environment import env_str, find_strangers

LIFELINE = "VIGIL_LIFELINE"
READY_SECONDS = 60.0
# Together less than the five seconds that a stop may take: first our processes, then the embedded database, which has what they leave.
STOP_SECONDS = 3.6
DATABASE_SECONDS = 1.0


@dataclass
class Child:
    """One of our processes; it is started again when it ends by itself, ever later while it keeps ending."""

    name: str
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started: float = 0.0
    again_at: float = field(default=0.0)


class Supervisor:
    """Holds no rule and no database connection; it is small so that the memory belongs to those who work."""

    def __init__(self, var: Path) -> None:
        self._var = var
        self._children = [Child("serve"), Child("work")]
        self._stopping = False
        self._lifeline, self._our_end = os.pipe()

    def run(self) -> int:
        """Start everything and stay until SIGTERM or Ctrl-C; 0 after an orderly end, 1 when it could not start."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        begun = time.monotonic()
        from vigil.kernel import postgres  # Imported here: the help must not wait for it.

        hindrance = find_hindrance(*listening_at())
        if hindrance:
            print(hindrance, file=sys.stderr)
            return 1
        print("Vigil is starting.", flush=True)
        for name, meant in find_strangers().items():
            print(f"  {name} is no setting and is read by nobody{f'; {meant} is' if meant else ''}.", file=sys.stderr)
        external = bool(os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"))
        postgres.ensure(self._var / "postgres")
        if not external:
            print("  PostgreSQL started", flush=True)
        try:
            return self._run(begun)
        finally:
            self._end()

    def _run(self, begun: float) -> int:
        if self._stopping or self._prepare() != 0:
            return 0 if self._stopping else 1
        for child in self._children:
            self._start(child)
        if not self._wait_until_ready():
            return 0 if self._stopping else 1
        print(f"  ready after {time.monotonic() - begun:.1f} s\n", flush=True)
        print(announcement(os.environ.get("VIGIL_BASE_URL") or own_url(), mode=env_str("VIGIL_MODE", "demo")), flush=True)
        while not self._stopping:
            self._look_after()
            time.sleep(0.2)
        print("\nVigil is stopping.", flush=True)
        return 0

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _command(self, *words: str) -> subprocess.Popen[bytes]:
        # Each of a dozen threads would otherwise keep a heap of its own, which grows by what the others have let go.
        environment = {"MALLOC_ARENA_MAX": "2", **os.environ, LIFELINE: str(self._lifeline), "VIGIL_VAR": str(self._var)}
        # A session of its own: Ctrl-C reaches us alone, and the end comes in our order.
        return subprocess.Popen(
            [sys.executable, "-m", "vigil.config.cli", *words], env=environment, pass_fds=[self._lifeline], start_new_session=True
        )

    def _prepare(self) -> int:
        process = self._command("prepare")
        while process.poll() is None:
            if self._stopping:
                process.terminate()
            time.sleep(0.05)
        return process.returncode

    def _start(self, child: Child) -> None:
        child.process = self._command(child.name)
        child.started = time.monotonic()

    def _wait_until_ready(self) -> bool:
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until and not self._stopping:
            if self._is_healthy():
                return True
            if self._children[0].process is not None and self._children[0].process.poll() is not None:
                print("The server ended before it was ready; its reason stands above.", file=sys.stderr)
                return False
            time.sleep(0.1)
        return False

    def _is_healthy(self) -> bool:
        return ask_health() == "ok"

    def _look_after(self) -> None:
        at = time.monotonic()
        for child in self._children:
            if child.process is None:
                if at >= child.again_at:
                    self._start(child)
                continue
            if child.process.poll() is None:
                continue
            child.failures = 1 if at - child.started > 60 else child.failures + 1
            child.again_at = at + min(0.2 * 2**child.failures, 30)
            print(f"`vigil {child.name}` ended with {child.process.returncode}; starting it again.", file=sys.stderr, flush=True)
            child.process = None

    def _end(self) -> None:
        running = [child.process for child in self._children if child.process is not None and child.process.poll() is None]
        for process in running:
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.05, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        from vigil.kernel import postgres  # Imported here: the help must not wait for it.

        postgres.leave(DATABASE_SECONDS + max(0.0, until - time.monotonic()))


def announcement(base: str, *, mode: str) -> str:
    """Say where everything is to be found, and how it ends; what only a demo has is named only there."""
    lines = [f"  The agents' desk                   {base}/desk/"]
    end = "  Ctrl-C stops everything."
    if mode != "production":  # There the front door is the exchange's own.
        lines.insert(0, f"  An exchange's page with the chat   {base}/")
    if mode == "demo":
        from vigil.demo.logins import PASSWORD, list_logins  # Imported here: only the demo has them.

        lines += ["", f"  Demo log-ins, all with the password {PASSWORD}", *(f"    {login}" for login in list_logins())]
        end = f"  `{_typed()} demo traffic` lets customers come. Ctrl-C stops everything."
    return "\n".join([*lines, "", end])


def _typed() -> str:
    """Tell how this program is called from here: by its name, or by its place where the name leads nowhere."""
    here = Path(sys.argv[0])
    return "vigil" if shutil.which("vigil") or here.name != "vigil" else os.path.relpath(here)


def find_hindrance(host: str, port: int) -> str | None:
    """Find what keeps us from listening there, as a sentence for the operator; None when nothing does."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return f"Port {port} is taken, perhaps by another Vigil: stop that one, or set VIGIL_PORT."
        if error.errno == errno.EACCES:
            return f"Port {port} is not for this user: set VIGIL_PORT to 1024 or more."
        return f"VIGIL_HOST is {host!r}, which is no address of this machine: set it to one that is, or to 0.0.0.0 for all."
    return None


def ask_health() -> str:
    """Ask the server how it is: "ok", "unavailable", or nothing when no server of ours answers within a second."""
    # Never by way of a proxy: the server is on this machine.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"{own_url()}/healthz", timeout=1) as answer:
            return str(json.load(answer).get("status", ""))
    except urllib.error.HTTPError as error:
        return "unavailable" if error.code == 503 else ""
    except (OSError, ValueError, AttributeError):
        return ""
