"""Browsers of other makers than the one that all journeys use, driven by W3C WebDriver: Firefox by Marionette, WebKit over HTTP.

Neither needs more than the browser itself: Firefox speaks the same commands over a socket of its own, so that no geckodriver is asked for.
"""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

import httpx

from tests.houses import free_port

T = TypeVar("T")
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
# What each command is called over HTTP; Marionette takes its name and the same values.
PATHS = {
    "Navigate": ("POST", "/url"),
    "Refresh": ("POST", "/refresh"),
    "ExecuteAsyncScript": ("POST", "/execute/async"),
    "FindElement": ("POST", "/element"),
    "ElementClick": ("POST", "/element/{id}/click"),
    "ElementSendKeys": ("POST", "/element/{id}/value"),
    "PerformActions": ("POST", "/actions"),
    "SwitchToFrame": ("POST", "/frame"),
    "NewWindow": ("POST", "/window/new"),
    "SwitchToWindow": ("POST", "/window"),
    "CloseWindow": ("DELETE", "/window"),
    "GetWindowHandle": ("GET", "/window"),
    "GetWindowHandles": ("GET", "/window/handles"),
    "SetWindowRect": ("POST", "/window/rect"),
    "SetTimeouts": ("POST", "/timeouts"),
}


class Failed(Exception):
    """The browser has not done it; its words are the browser's own."""


class Driver(Protocol):
    """One browser under a person's hands."""

    name: str
    version: str

    def does(self, command: str, /, **values: Any) -> Any:
        """Carry out one command of W3C WebDriver; return its value. Raises Failed."""

    def ends(self) -> None:
        """Close the browser and all that belongs to it."""


def missing() -> list[str]:
    """Name what these journeys need and this machine has not got."""
    found = {
        "Firefox": _firefox(),
        "WebKitWebDriver": shutil.which("WebKitWebDriver"),
        "WebKit's MiniBrowser": _mini_browser(),
        "Xvfb": shutil.which("Xvfb"),
    }
    return [name for name, path in found.items() if not path]


def _firefox() -> str | None:
    return shutil.which("firefox") or shutil.which("firefox-esr")


def _mini_browser() -> str | None:
    return next((str(path) for path in sorted(Path("/usr/lib").glob("*/webkit*gtk-*/MiniBrowser"))), None)


def _until(look: Callable[[], T | None], seconds: float, what: str) -> T:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(OSError, httpx.TransportError):
            found = look()
            if found is not None:
                return found
        time.sleep(0.1)
    raise Failed(what)


class Firefox:
    """Firefox by Marionette, with a profile of its own; `prefs` are further settings of about:config."""

    name = "firefox"

    def __init__(self, prefs: Mapping[str, bool | int | str] | None = None) -> None:
        self._profile = tempfile.TemporaryDirectory(prefix="vigil-firefox-")
        folder = Path(self._profile.name)
        own = {"marionette.port": 0, "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False}
        every = {**own, "app.update.enabled": False, "toolkit.telemetry.enabled": False, **(prefs or {})}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in every.items()]
        (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [str(_firefox()), "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
        with (folder / "log").open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "HOME": str(folder)})
        active = folder / "MarionetteActivePort"
        port = _until(lambda: int(active.read_text() or 0) or None if active.exists() else None, 60, "Firefox did not start")
        self._line = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._read()
        self._last = 0
        self.version = str(self.does("NewSession", capabilities={"alwaysMatch": {}})["capabilities"]["browserVersion"])

    def does(self, command: str, /, **values: Any) -> Any:
        self._last += 1
        if command == "SwitchToWindow":
            values["name"] = values["handle"]
        message = json.dumps([0, self._last, f"WebDriver:{command}", values]).encode()
        self._line.sendall(b"%d:%s" % (len(message), message))
        _, _, error, value = self._read()
        if error:
            raise Failed(f"{error['error']}: {error['message']}")
        return value["value"] if isinstance(value, dict) and set(value) == {"value"} else value

    def _read(self) -> Any:
        head = b""
        while not head.endswith(b":"):
            head += self._some(1)
        size, body = int(head[:-1]), b""
        while len(body) < size:
            body += self._some(size - len(body))
        return json.loads(body)

    def _some(self, most: int) -> bytes:
        read = self._line.recv(most)
        if not read:
            raise Failed("Firefox is gone")
        return read

    def ends(self) -> None:
        self._line.close()
        _end(self._process)
        self._profile.cleanup()


class WebKit:
    """WebKit as WebKitGTK's own small browser shows it, on a screen that nobody sees; every session of it is a private one."""

    name = "webkit"

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="vigil-webkit-")
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x1000x24", "-nolisten", "tcp"]
        self._screen = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            display = f":{told.readline().strip()}"
        port = free_port()
        home = self._folder.name
        settings = {**os.environ, "DISPLAY": display, "HOME": home, "XDG_RUNTIME_DIR": home, "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}
        with (Path(home) / "log").open("wb") as log:
            self._process = subprocess.Popen(
                ["WebKitWebDriver", f"--port={port}"], stdout=log, stderr=log, env=settings, start_new_session=True
            )
        self._door = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=90, trust_env=False)
        _until(lambda: self._door.get("/status").json()["value"]["ready"] or None, 30, "WebKit's driver did not start")
        wanted = {"webkitgtk:browserOptions": {"binary": _mini_browser(), "args": ["--automation"]}}
        begun = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._session = f"/session/{begun['sessionId']}"
        self.version = str(begun["capabilities"]["browserVersion"])

    def does(self, command: str, /, **values: Any) -> Any:
        method, path = PATHS[command]
        if "{id}" in path:
            path = path.format(id=values.pop("id"))
        return self._ask(method, self._session + path, values)

    def _ask(self, method: str, path: str, values: Mapping[str, Any]) -> Any:
        answer = self._door.request(method, path, json=values if method == "POST" else None).json()["value"]
        if isinstance(answer, dict) and "error" in answer:
            raise Failed(f"{answer['error']}: {answer.get('message', '')}")
        return answer

    def ends(self) -> None:
        with suppress(httpx.HTTPError, Failed):
            self._ask("DELETE", self._session, {})
        self._door.close()
        _end(self._process)
        _end(self._screen)
        self._folder.cleanup()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
