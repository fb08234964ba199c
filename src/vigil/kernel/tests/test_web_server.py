"""The server itself: hosts, lengths, slow clients, and an orderly end."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from vigil.kernel import clock
from vigil.kernel.tests.live_world import Client, Running, running, token

PATIENCE = 0.6
OK = b"Host: desk.example\r\n"


@pytest.fixture(scope="module")
def live() -> Iterator[Running]:
    with running(patience=PATIENCE) as running_one:
        yield running_one


def answer_to(live: Running, raw: bytes) -> bytes:
    with Client(live.port).say(raw) as client:
        client.status()
        return client.to_the_end()


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nHost: evil.example\r\n",
        b"GET / HTTP/1.1\r\nHost: desk.example.evil.example\r\n",
        b"GET / HTTP/1.1\r\nHost: desk.example\r\nHost: evil.example\r\n",
        b"GET / HTTP/1.1\r\nHost: desk.example\r\nHost: desk.example\r\n",
        b"GET /live/stream HTTP/1.1\r\nHost: desk.example\r\nHost: desk.example\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: desk.example\r\nHost: desk.example\r\n",
        b"GET / HTTP/1.1\r\n",
        b"GET / HTTP/1.0\r\n",
        b"GET / HTTP/1.1\r\nHost: \r\n",
        b"GET / HTTP/1.1\r\nHost: desk.example/evil\r\n",
        b"GET / HTTP/1.1\r\nHost: a@desk.example\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: desk.example\r\n",
        b"GET http://desk.example/ HTTP/1.1\r\nHost: desk.example\r\n",
    ],
)
def test_a17_a_request_names_one_host_and_it_is_ours(live: Running, head: bytes) -> None:
    # Asked again as well: that a host was named before makes it none of ours.
    for _ in range(2):
        with Client(live.port).say(head + b"\r\n") as mallory:
            assert mallory.status() == 400


def test_a17_what_a_client_says_of_forwarding_is_not_believed(live: Running) -> None:
    with Client(live.port).request("GET", "/page", X_Forwarded_Host="evil.example", X_Forwarded_Proto="https", Connection="close") as ada:
        assert b"/page 0" in ada.to_the_end()


def test_a23_a_header_with_an_underscore_is_nobodys_disguise(live: Running) -> None:
    for spelled, heard in (("X-Real-IP", b"10.1.1.1"), ("X-Real_IP", b"nobody"), ("X_Real-IP", b"nobody")):
        head = f"GET /page?from HTTP/1.1\r\nHost: desk.example\r\nConnection: close\r\n{spelled}: 10.1.1.1\r\n\r\n"
        assert answer_to(live, head.encode()).endswith(heard), spelled


@pytest.mark.parametrize(
    "raw",
    [
        b"POST / HTTP/1.1\r\n" + OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\n" + OK + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\n" + OK + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\n" + OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST / HTTP/1.1\r\n" + OK + b"Content-Length: +5\r\n\r\nhello",
        b"POST / HTTP/1.1\r\n" + OK + b"Content-Length : 5\r\n\r\nhello",
        b"GET / HTTP/1.1\r\n" + OK + b"X: a\r\n b\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + OK + b"X: a\r\n\tb\r\n\r\n",
        b"GET / HTTP/1.1\r\n X: a\r\n" + OK + b"\r\n",
        b"GET / HTTP/1.1\nHost: desk.example\n\n",
        b"GET / HTTP/1.1\r\n" + OK + b"X: a\x00b\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + OK + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\n" + OK + b"\r\n",
        b"GET / HTTP/9.9\r\n" + OK + b"\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"nonsense\r\n\r\n",
    ],
)
def test_a23_a_request_that_two_servers_could_read_differently_is_refused_and_the_line_is_closed(live: Running, raw: bytes) -> None:
    answer = answer_to(live, raw)
    assert answer.startswith(b"HTTP/1.1 400")
    assert answer.count(b"HTTP/1.1") == 1


@pytest.mark.parametrize(
    "chunk", [b"5\r\nhello\r\n", b"5;a=b\r\nhello\r\n", b"5;\x00junk\r\nhello\r\n", b"0x5\r\nhello\r\n", b"5 \r\nhello\r\n"]
)
def test_a23_a_body_in_chunks_is_not_taken_whatever_its_extensions(live: Running, chunk: bytes) -> None:
    answer = answer_to(live, b"POST / HTTP/1.1\r\n" + OK + b"Transfer-Encoding: chunked\r\n\r\n" + chunk + b"0\r\n\r\n")
    assert answer[9:12] in (b"411", b"400")
    assert answer.count(b"HTTP/1.1") == 1


def test_headers_have_an_end(live: Running) -> None:
    many = b"".join(b"X-%d: a\r\n" % n for n in range(150))
    for raw in (b"X: " + b"a" * 40_000 + b"\r\n", many):
        assert answer_to(live, b"GET / HTTP/1.1\r\n" + OK + raw + b"\r\n").startswith(b"HTTP/1.1 431")


def test_headers_that_never_end_are_cut_while_they_come(live: Running) -> None:
    with Client(live.port).say(b"GET / HTTP/1.1\r\n" + OK + b"X: ") as mallory, contextlib.suppress(ConnectionError):
        for _ in range(40):
            mallory.say(b"a" * 2000)
            time.sleep(0.005)
        raise AssertionError("80 kB of one header were taken")


def test_a15_headers_that_trickle_are_cut(live: Running) -> None:
    begun = clock.monotonic()
    with Client(live.port).say(b"GET / HTTP/1.1\r\n" + OK) as mallory:
        try:
            for _ in range(40):
                mallory.say(b"X-a: b\r\n")
                time.sleep(0.05)
        except OSError:
            assert clock.monotonic() - begun < PATIENCE * 3
        mallory.to_the_end()
    assert clock.monotonic() - begun < 2.5


def test_a15_a_client_that_says_nothing_is_cut(live: Running) -> None:
    begun = clock.monotonic()
    with Client(live.port) as mallory:
        mallory.to_the_end()
    assert PATIENCE * 0.8 < clock.monotonic() - begun < PATIENCE * 3


@pytest.mark.parametrize("path", ["/page", "/live/send"])
def test_a15_a_body_that_trickles_is_cut(live: Running, path: str) -> None:
    begun = clock.monotonic()
    with Client(live.port) as mallory:
        head = f"POST {path} HTTP/1.1\r\nHost: desk.example\r\nContent-Type: application/json\r\n"
        head += f"Authorization: Bearer {token()}\r\nContent-Length: 5000\r\n\r\n{{"
        mallory.say(head.encode())
        mallory.to_the_end()
    assert b"408" in mallory.heard[:20]
    assert clock.monotonic() - begun < PATIENCE * 3


def test_a15_an_empty_line_after_an_answer_does_not_hold_the_line(live: Running) -> None:
    with Client(live.port).request("GET", "/page") as mallory:
        mallory.until(b"/page 0")
        time.sleep(0.05)
        mallory.say(b"\r\n")
        begun = clock.monotonic()
        mallory.to_the_end()
        assert clock.monotonic() - begun < PATIENCE * 3


def test_a15_slow_clients_hold_no_thread_of_the_pages(live: Running) -> None:
    holding = [Client(live.port).say(b"POST /page HTTP/1.1\r\n" + OK + b"Content-Length: 5000\r\n\r\n{") for _ in range(10)]
    holding += [Client(live.port, small=True).request("GET", "/page?bytes=9000000") for _ in range(10)]
    time.sleep(0.1)
    begun = clock.monotonic()
    with Client(live.port).request("GET", "/page") as ada:
        ada.until(b"/page 0")
    assert clock.monotonic() - begun < PATIENCE
    for client in holding:
        client.close()


def test_a_client_that_takes_nothing_of_its_answer_is_cut(live: Running) -> None:
    with Client(live.port, small=True).request("GET", "/page?bytes=20000000") as mallory:
        time.sleep(PATIENCE * 2.5)
        assert len(mallory.to_the_end()) < 20_000_000


def test_a_stream_at_rest_is_no_slow_client(live: Running) -> None:
    with Client(live.port).request("GET", "/live/stream", bearer=token("guest:rest", "rest")) as ada:
        ada.until(b"event: hello")
        time.sleep(PATIENCE * 2)
        live.world.write("rest", "still here")
        ada.until(b"still here")


def test_a_page_takes_a_body_of_a_megabyte_and_no_more(live: Running) -> None:
    with Client(live.port).request("POST", "/page", body=b"x" * 1024 * 1024) as ada:
        ada.until(b"/page 1048576")
    with Client(live.port).request("POST", "/page", body=b"x" * (1024 * 1024 + 1)) as ada:
        assert ada.status() == 413
        assert b"too_large" in ada.to_the_end()


def test_a_page_is_answered_while_another_is_slow_and_the_client_has_left(live: Running) -> None:
    for _ in range(2):
        Client(live.port).request("GET", "/page?sleep=0.3").close()
    with Client(live.port).request("GET", "/page") as ada:
        ada.until(b"/page 0")


def test_the_server_does_not_say_what_it_is(live: Running) -> None:
    with Client(live.port).request("GET", "/page", Connection="close") as ada:
        assert b"\r\nserver:" not in ada.to_the_end().lower()


def test_f36_sigterm_tells_every_stream_and_ends_within_five_seconds(tmp_path: Path) -> None:
    source = Path(__file__).parents[3]
    program = [sys.executable, "-m", "vigil.kernel.tests.live_world", settings.SECRET_KEY]
    with subprocess.Popen(program, stdout=subprocess.PIPE, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(source)}) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        streams = [Client(port).request("GET", "/live/stream", bearer=token(f"guest:{n}")) for n in range(200)]
        for client in streams:
            client.until(b"event: hello")
        begun = clock.monotonic()
        server.send_signal(signal.SIGTERM)
        for client in streams:
            assert b'event: bye\ndata: {"reason":"restart"}' in client.to_the_end()
            client.close()
        server.wait(6)
        assert clock.monotonic() - begun < 5
