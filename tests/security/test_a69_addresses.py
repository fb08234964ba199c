"""A69: which settings name an address, who may call out at all, and what becomes known of the one who answers."""

import contextlib
import re
import socket
import threading
from collections.abc import Iterator

import pytest

from tests.houses import ROOT, House
from vigil.kernel.post.smtp import Relay, Undelivered, hand_over

_BANNERS = [
    b"SSH-2.0-secret-banner\r\n", b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/secret-banner\r\n\r\n",
    b"-ERR secret-banner\r\n",
    b"421 secret-banner\r\n", b"554 http://127.0.0.1/secret-banner\r\n", b"220 secret-banner\r\n", b"\x00\xffsecret-banner",
]  # fmt: skip
# Every setting that names where something is, and what holds it: a new one needs a line here, and a reason.
_SETTINGS = {
    "DATABASE_URL": "the operator's own server; nobody else names it",
    "REDIS_URL": "the operator's own server; nobody else names it",
    "VIGIL_BASE_URL": "our own address; links begin with it, nothing connects to it",
    "VIGIL_HOST": "where we listen",
    "VIGIL_PUSH_HOSTS": "the browsers' push services, which alone a browser may name; tested beside the door that takes such an address",
    "VIGIL_SMTP_URL": "the operator's own relay; tested below",
}
_CALLS = re.compile(
    r"socket\.create_connection|smtplib\.SMTP|urllib\.request\.|http\.client|HTTPConnection|httpx\.|asyncio\.open_connection"
)
# Who opens a connection to an address that is not in the code: our client with its list of what is inside, and the relay's door.
_CALLERS = {
    "src/vigil/config/cli/doctor/ground.py": "a look at the relay and at our own port, at the operator's keyboard",
    "src/vigil/config/cli/supervise.py": "our own server's health",
    "src/vigil/kernel/http": "the one client for everywhere else: pinned, without redirects",
    "src/vigil/kernel/post/smtp.py": "the operator's relay",
    "src/vigil/demo": "visitors of the demo's own house",
}


@contextlib.contextmanager
def answering(banner: bytes) -> Iterator[int]:
    """Stand on a port and greet everybody with these bytes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            with contextlib.suppress(OSError):
                while True:
                    line, _ = server.accept()
                    with line, contextlib.suppress(OSError):
                        line.sendall(banner)
                        line.settimeout(1)
                        line.recv(4096)

        threading.Thread(target=greet, daemon=True).start()
        yield server.getsockname()[1]


@pytest.mark.parametrize("banner", _BANNERS)
def test_a69_of_what_stands_where_the_relay_was_named_only_a_code_of_ours_is_told(banner: bytes) -> None:
    letter = {"sender": "us@vigil.example", "recipient": "ada@mail.example", "message": b"x"}
    with answering(banner) as port, pytest.raises(Undelivered) as failed:
        hand_over(Relay("127.0.0.1", port, "", "", "never"), **letter, before_data=lambda: None, step_seconds=2)  # type: ignore[arg-type]  # bytes and texts in one table
    assert re.fullmatch(r"[a-z_]+|\d{3}", failed.value.code), failed.value.code
    assert failed.value.__suppress_context__ or failed.value.__context__ is None


def test_a69_the_look_at_the_relay_says_reached_or_not_and_nothing_of_who_answered(own_house: House) -> None:
    with answering(b"SSH-2.0-secret-banner\r\n") as port:
        own_house.settings["VIGIL_SMTP_URL"] = f"smtp://127.0.0.1:{port}?starttls=never"
        told = own_house.asks_the_doctor()
    assert "secret-banner" not in told.stdout + told.stderr
    assert "relay" not in told.stderr.lower() or "Traceback" not in told.stderr


def test_a69_every_setting_that_names_an_address_is_known() -> None:
    named = re.compile(r"env_\w+\(\s*\"(\w*(?:URL|HOST|ENDPOINT|SERVER)\w*)\"")
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py") if "/tests/" not in str(path))
    assert set(named.findall(sources)) - {"VIGIL_ALLOWED_HOSTS"} == set(_SETTINGS)


def test_a69_nothing_else_calls_out() -> None:
    found = set()
    for path in (ROOT / "src").rglob("*.py"):
        place = str(path.relative_to(ROOT))
        if "/tests/" not in place and _CALLS.search(path.read_text(encoding="utf-8")):
            found.add(place)
    assert not [place for place in found if not place.startswith(tuple(_CALLERS))], found
