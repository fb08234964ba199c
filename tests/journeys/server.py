"""The real server for the journeys: its own database, its own port, the cast at the desk."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg

ROOT = Path(__file__).parents[2]
_PATIENCE = 30.0  # seconds until a server must answer
_SEED = """
from vigil.config.cli.run import set_up
set_up()
from tests import cast
cast.open_the_desk()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """One running installation; `url` has no slash at its end."""

    def __init__(self, database_url: str, var: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._var = var
        self._server_url = database_url
        self._name = f"journey_{os.getpid()}_{self.port}"
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{self._name}"')
        self.environment = {
            **os.environ,
            "VIGIL_MODE": "test",
            "VIGIL_VAR": str(var),
            "VIGIL_PORT": str(self.port),
            "VIGIL_BASE_URL": self.url,
            "DATABASE_URL": self._database(),
            "DJANGO_SETTINGS_MODULE": "vigil.config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        self._log = (var / "server.log").open("ab")
        self._process: subprocess.Popen[bytes] | None = None
        self.run("-m", "vigil.config.cli", "prepare")
        self.run("-c", _SEED)

    def _database(self) -> str:
        parts = urlsplit(self._server_url)
        return urlunsplit(parts._replace(path=f"/{self._name}"))

    def run(self, *arguments: str) -> str:
        """Run Python with this installation's settings and give what it printed."""
        done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def start(self) -> None:
        command = [sys.executable, "-m", "vigil.config.cli", "serve"]
        self._process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log)
        ends = time.monotonic() + _PATIENCE
        while time.monotonic() < ends:
            try:
                if httpx.get(f"{self.url}/healthz", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                assert self._process.poll() is None, (self._var / "server.log").read_text()[-2000:]
            time.sleep(0.1)
        raise TimeoutError("the server does not answer")

    def kill(self, how: int = signal.SIGKILL) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(10)
            self._process = None

    def restart(self) -> None:
        self.kill()
        self.start()

    def close(self) -> None:
        self.kill()
        self._log.close()
        with psycopg.connect(self._server_url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{self._name}" WITH (FORCE)')
