import functools
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.web import FakeWeb, answering
from vigil.kernel import http
from vigil.kernel.http import AllowList, Limits, OutboundFailed, OutboundRefused

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
HERE = AllowList.parse(["127.0.0.1"])
QUICK = Limits(connect_seconds=0.5, total_seconds=1.0)


def opened(server: FakeWeb) -> AllowList:
    return AllowList.parse([server.netloc])


def at(*addresses: str) -> Callable[[str, int], list[str]]:
    return lambda host, port: list(addresses)


def failure(url: str, **options: object) -> str:
    with pytest.raises(OutboundFailed) as failed:
        http.request("GET", url, **options)  # type: ignore[arg-type]  # options differ per case
    assert failed.value.__cause__ is None
    return failed.value.reason


def test_an_answer_has_status_headers_and_body() -> None:
    with FakeWeb(answering(OK)) as server:
        answer = http.get(f"http://{server.netloc}/a?b=1", allow=opened(server))
    assert (answer.status, answer.body, answer.headers["content-type"], answer.is_success) == (200, b"ok", "text/plain", True)
    assert server.heard[0].startswith(b"GET /a?b=1 HTTP/1.1\r\n")
    assert f"host: {server.netloc}".encode() in server.heard[0].lower()


def test_json_is_posted_in_utf8() -> None:
    with FakeWeb(answering(OK)) as server:
        http.post_json(f"http://{server.netloc}/", {"name": "Ирина"}, headers={"x-sign": "1"}, allow=opened(server))
        time.sleep(0.05)
    head = server.heard[0].lower()
    assert b"content-type: application/json" in head
    assert b"x-sign: 1" in head


def test_v47_without_an_opening_this_machine_is_never_connected_to() -> None:
    with FakeWeb(answering(OK)) as server:
        for host in ("127.0.0.1", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]", "[::1]"):  # noqa: S104 - nothing is bound
            with pytest.raises(OutboundRefused):
                http.get(f"http://{host}:{server.port}/", allow=AllowList())
        assert server.connections == 0


def test_v47_a_redirect_inward_is_an_answer_and_is_not_followed() -> None:
    with FakeWeb(answering(OK)) as inner:
        redirect = f"HTTP/1.1 302 Found\r\nLocation: http://{inner.netloc}/secret\r\nContent-Length: 0\r\n\r\n".encode()
        with FakeWeb(answering(redirect)) as outer:
            answer = http.get(f"http://{outer.netloc}/", allow=opened(outer))
        assert (answer.status, answer.is_success) == (302, False)
        assert inner.connections == 0


def test_v47_a_name_that_is_rebound_is_looked_up_exactly_once() -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    with FakeWeb(answering(OK)) as good, FakeWeb(answering(OK), address="127.0.0.2", port=good.port) as bad:
        answer = http.get(f"http://hooks.example.com:{good.port}/", allow=opened(good), resolver=rebinding)
        assert answer.status == 200
        assert asked == ["hooks.example.com"]
        assert (good.connections, bad.connections) == (1, 0)
        assert f"host: hooks.example.com:{good.port}".encode() in good.heard[0].lower()
        with pytest.raises(OutboundRefused):
            http.get(f"http://hooks.example.com:{good.port}/", allow=opened(good), resolver=rebinding)
        assert bad.connections == 0


@pytest.mark.parametrize(
    "addresses", [("10.0.0.1",), ("8.8.8.8", "127.0.0.1"), ("2606:4700::1111", "::ffff:127.0.0.1"), ("not an address",)]
)
def test_v47_one_inside_address_refuses_the_whole_name(addresses: tuple[str, ...]) -> None:
    with pytest.raises(OutboundRefused) as refused:
        http.get("http://hooks.example.com/", allow=AllowList(), resolver=at(*addresses))
    assert refused.value.reason == "address_inside"


def test_a_port_opened_for_one_place_is_not_opened_for_a_public_one() -> None:
    with pytest.raises(OutboundRefused) as refused:
        http.get("http://hooks.example.com:8025/", allow=AllowList.parse(["127.0.0.1:8025"]), resolver=at("8.8.8.8"))
    assert refused.value.reason == "port"


def test_the_second_address_is_tried_when_the_first_is_shut() -> None:
    with FakeWeb(answering(OK)) as server:
        allow = AllowList.parse([f"127.0.0.1:{server.port}", f"127.0.0.3:{server.port}"])
        assert http.get(f"http://hooks.example.com:{server.port}/", allow=allow, resolver=at("127.0.0.3", "127.0.0.1")).status == 200


def test_another_wire_has_ports_of_its_own_and_the_same_judgement() -> None:
    imap = frozenset({993})
    settled = functools.partial(http.settled_addresses, "mail.example.com", allow=AllowList(), seconds=1, ports=imap)
    assert settled(993, resolver=at("8.8.8.8")) == ["8.8.8.8"]
    for port, address in ((143, "8.8.8.8"), (443, "8.8.8.8"), (993, "10.0.0.1")):
        with pytest.raises(OutboundRefused):
            settled(port, resolver=at(address))


def test_a_name_without_an_address_fails_for_now() -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "secret resolver banner")

    assert failure("http://hooks.example.com/", allow=HERE, resolver=nowhere) == "resolve"
    assert failure("http://hooks.example.com/", allow=HERE, resolver=at()) == "resolve"


def test_a_name_server_that_never_answers_costs_the_connect_time_and_no_more() -> None:
    started = time.monotonic()

    def silent(host: str, port: int) -> list[str]:
        time.sleep(2)
        return []

    reason = failure("http://hooks.example.com/", allow=HERE, limits=QUICK, resolver=silent)
    assert reason == "resolve"
    assert time.monotonic() - started < 1.5


def test_a_shut_door_fails_for_now() -> None:
    with FakeWeb(answering(OK)) as server:
        gone = server.netloc
    assert failure(f"http://{gone}/", allow=AllowList.parse([gone])) == "connect"


def drip(peer: socket.socket) -> None:
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(100):
        peer.sendall(b"x")
        time.sleep(0.1)


def silent(peer: socket.socket) -> None:
    time.sleep(5)


def endless_head(peer: socket.socket) -> None:
    peer.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        peer.sendall(b"X-%d: y\r\n" % number)
        time.sleep(0.1)


@pytest.mark.parametrize("script", [drip, silent, endless_head])
def test_v47_a_slow_server_is_left_when_the_total_time_is_over(script: Callable[[socket.socket], None]) -> None:
    started = time.monotonic()
    with FakeWeb(script) as server:
        assert failure(f"http://{server.netloc}/", allow=opened(server), limits=QUICK) == "timeout"
    assert 0.8 < time.monotonic() - started < 2


def endless_body(peer: socket.socket) -> None:
    peer.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        peer.sendall(b"1000\r\n" + b"x" * 4096 + b"\r\n")


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(endless_body, id="endless"),
        pytest.param(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\nx"), id="declared"),
        pytest.param(answering(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 70_000), id="until close"),
    ],
)
def test_v47_a_body_past_its_cap_is_dropped(script: Callable[[socket.socket], None]) -> None:
    with FakeWeb(script) as server:
        assert failure(f"http://{server.netloc}/", allow=opened(server)) == "too_large"


def test_a_receivers_words_are_left_unread_on_request() -> None:
    with FakeWeb(endless_body) as server:
        answer = http.request("POST", f"http://{server.netloc}/", body=b"{}", read_body=False, allow=opened(server))
    assert (answer.status, answer.body) == (200, b"")


def test_a_packed_body_is_not_unpacked() -> None:
    packed = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"
    with FakeWeb(answering(packed)) as server:
        assert failure(f"http://{server.netloc}/", allow=opened(server)) == "encoding"


@pytest.mark.parametrize("raw", [b"SSH-2.0-OpenSSH_9.9 secret\r\n", b"220 mail.secret ESMTP\r\n", b""])
def test_a69_a_banner_of_another_protocol_never_reaches_the_caller(raw: bytes) -> None:
    with FakeWeb(answering(raw)) as server, pytest.raises(OutboundFailed) as failed:
        http.get(f"http://{server.netloc}/", allow=opened(server))
    assert failed.value.reason in {"protocol", "connection_lost"}
    assert "secret" not in repr(failed.value)
    assert failed.value.__suppress_context__


@pytest.mark.parametrize(
    "headers", [{"X-A": "1\r\nX-B: 2"}, {"Host": "evil"}, {"X-A": "\u2028"}, {"X A": "1"}, {"Transfer-Encoding": "chunked"}]
)
def test_headers_that_could_be_read_as_more_than_one_are_refused(headers: dict[str, str]) -> None:
    with FakeWeb(answering(OK)) as server, pytest.raises(OutboundRefused) as refused:
        http.get(f"http://{server.netloc}/", headers=headers, allow=opened(server))
    assert refused.value.reason == "request"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for hooks.example.com in one file."""
    folder = tmp_path_factory.mktemp("tls")
    both = folder / "both.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=hooks.example.com"
    extensions = ["-addext", "subjectAltName=DNS:hooks.example.com", "-keyout", str(both), "-out", str(folder / "cert.pem")]
    subprocess.run([*command.split(), *extensions], check=True, capture_output=True)
    both.write_text(both.read_text() + (folder / "cert.pem").read_text())
    return both


@pytest.fixture
def server_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_pinned_connection_still_proves_the_name_it_was_asked_for(server_tls: ssl.SSLContext, certificate: Path) -> None:
    asked: list[str | None] = []
    server_tls.sni_callback = lambda stream, name, context: asked.append(name)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with FakeWeb(answering(OK), tls=server_tls) as server:
        url = f"https://hooks.example.com:{server.port}/"
        assert http.get(url, allow=opened(server), resolver=at("127.0.0.1"), tls=trusting).status == 200
    assert asked == ["hooks.example.com"]


@pytest.mark.parametrize("url_host", ["other.example.com", "127.0.0.1"])
def test_v47_a_certificate_for_another_name_ends_the_connection(server_tls: ssl.SSLContext, certificate: Path, url_host: str) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate))
    with FakeWeb(answering(OK), tls=server_tls) as server:
        reason = failure(f"https://{url_host}:{server.port}/", allow=opened(server), resolver=at("127.0.0.1"), tls=trusting)
        assert reason == "certificate"
        assert server.heard == []


def test_a_certificate_nobody_vouches_for_ends_the_connection(server_tls: ssl.SSLContext) -> None:
    with FakeWeb(answering(OK), tls=server_tls) as server:
        url = f"https://hooks.example.com:{server.port}/"
        assert failure(url, allow=opened(server), resolver=at("127.0.0.1")) == "certificate"


def test_a_server_without_tls_fails_without_its_words() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    netloc = f"127.0.0.1:{listener.getsockname()[1]}"

    def shout() -> None:
        with listener.accept()[0] as peer:
            peer.sendall(b"HTTP/1.1 400 secret\r\n\r\n")

    shouting = threading.Thread(target=shout)
    shouting.start()
    with listener:
        assert failure(f"https://{netloc}/", allow=AllowList.parse([netloc])) in {"tls", "connect"}
        shouting.join()
