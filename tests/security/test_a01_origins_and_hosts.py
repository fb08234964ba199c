"""A01, A17, A23, A29, V55 over raw HTTP against a running house: who may ask from where, and in which words."""

import asyncio
import time
from collections.abc import Callable

import pytest

from tests.faults import wire
from tests.faults.clients import SITE, Customer, new_key
from tests.houses import House
from tests.security.attackers import Browser, shout, status_of

FOREIGN = ["https://evil.example", "null", "http://127.0.0.1.evil.example", "http://127.0.0.1", "https://127.0.0.1:1", "file://", ""]


def _own(house: House) -> str:
    return f"http://127.0.0.1:{house.port}"


def _doors(conversation: str) -> list[tuple[str, str, object]]:
    key = "00000000-0000-4000-8000-000000000000"
    return [
        ("GET", f"/live/stream?watch={conversation}", None),
        ("GET", f"/live/poll?wait=0&watch={conversation}", None),
        ("POST", "/live/send", {"conversation": conversation, "key": key, "text": "Hello from elsewhere"}),
        ("POST", "/live/seen", {"conversation": conversation, "delivered": 1, "read": 1}),
        ("POST", "/live/signal", {"conversation": conversation, "typing": True}),
        ("POST", "/widget/api/session", {"site": SITE, "language": "en", "zone": "UTC"}),
        ("POST", "/widget/api/language", {"language": "ru"}),
        ("POST", "/widget/api/conversations", {"key": key, "text": "Hello from elsewhere", "language": "en"}),
        ("GET", f"/widget/api/conversations/{conversation}/transcript.txt", None),
    ]


def test_a01_no_door_opens_for_a_page_of_another_origin_whatever_token_it_has(target: House, guest: Callable[[str], Customer]) -> None:
    async def run() -> None:
        ada = guest("ada")
        await ada.arrive()
        foreign = [*(origin for origin in FOREIGN if origin), f"{_own(target)}.evil.example", f"{_own(target)}/", _own(target).upper()]
        for origin in foreign:
            for method, path, body in _doors(ada.conversation):
                answer = await ada.ask(method, path, body, headers={"origin": origin})
                assert answer.status == 403, (origin, path, answer)
                assert not [name for name in answer.headers if name.startswith("access-control-")], (origin, path)
        welcome = await ada.ask("GET", f"/live/poll?wait=0&watch={ada.conversation}", headers={"origin": _own(target)})
        assert welcome.status == 200
        assert b"elsewhere" not in welcome.body

    asyncio.run(run())


def test_a01_there_is_no_socket_to_hijack_and_a_cookie_opens_no_stream(target: House) -> None:
    async def run() -> None:
        noor = Browser(target)
        await noor.sign_in()
        cookie = "; ".join(f"{name}={value}" for name, value in noor.cookies.items())
        upgrade = (
            f"GET /live/stream HTTP/1.1\r\nHost: 127.0.0.1:{target.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            f"Cookie: {cookie}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        assert status_of(await shout(target.port, upgrade.encode())) == 400
        answer = await wire.ask(target.port, "GET", "/live/stream", headers={"cookie": cookie})
        assert (answer.status, answer.json()["error"]) == (401, "token_invalid")

    asyncio.run(run())


@pytest.mark.parametrize(
    "head",
    [
        "GET {path} HTTP/1.1\r\nHost: evil.example\r\n",
        "GET {path} HTTP/1.1\r\nHost: {own}.evil.example\r\n",
        "GET {path} HTTP/1.1\r\nHost: {own}\r\nHost: evil.example\r\n",
        "GET {path} HTTP/1.1\r\nHost: evil.example@{own}\r\n",
        "GET {path} HTTP/1.1\r\nHost: {own}/evil\r\n",
        "GET {path} HTTP/1.1\r\nHost: \r\n",
        "GET {path} HTTP/1.1\r\n",
        "GET http://evil.example{path} HTTP/1.1\r\nHost: {own}\r\n",
        "GET http://{own}{path} HTTP/1.1\r\nHost: evil.example\r\n",
    ],
)
@pytest.mark.parametrize("path", ["/desk/sign-in", "/desk/reset", "/widget/frame?site=site_demo", "/live/poll"])
def test_a17_a_host_that_is_not_ours_gets_no_page(target: House, head: str, path: str) -> None:
    raw = head.format(path=path, own=f"127.0.0.1:{target.port}") + "Connection: close\r\n\r\n"
    answer = asyncio.run(shout(target.port, raw.encode()))
    assert status_of(answer) == 400, answer[:200]
    assert b"evil" not in answer


def test_a17_what_a_proxy_might_say_of_another_host_is_not_repeated_in_any_page(target: House) -> None:
    async def run() -> None:
        for path in ("/desk/sign-in", "/widget/frame?site=site_demo", "/widget/loader.js", "/"):
            answer = await wire.ask(
                target.port, "GET", path, headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
            )
            assert answer.status == 200, (path, answer.status)
            assert b"evil.example" not in answer.body, path

    asyncio.run(run())


@pytest.mark.parametrize(
    "middle",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /desk/ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\nGET /desk/ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        b"Content-Length: +5\r\n\r\nhello",
        b"Content-Length: 5, 5\r\n\r\nhello",
        b"Transfer-Encoding: chunked\r\n\r\n5;ext=\nX\r\nhello\r\n0\r\n\r\n",
        b"Transfer-Encoding: xchunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        b"Transfer-Encoding : chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        b"X-Folded: one\r\n two\r\nContent-Length: 0\r\n\r\n",
        b"X-Bare: one\nContent-Length: 0\r\n\r\n",
        b"Content-Length: -1\r\n\r\n",
        b"X-Null: a\x00b\r\nContent-Length: 0\r\n\r\n",
    ],
)
@pytest.mark.parametrize("path", [b"/live/send", b"/desk/sign-in"])
def test_a23_a_request_that_two_servers_could_read_differently_ends_the_line(target: House, path: bytes, middle: bytes) -> None:
    raw = b"POST " + path + b" HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n" % target.port + middle
    answer = asyncio.run(shout(target.port, raw))
    assert status_of(answer) in {400, 411}, answer[:200]
    assert answer.count(b"HTTP/1.1 ") == 1, answer


def test_a29_json_in_a_form_is_no_json(target: House, guest: Callable[[str], Customer]) -> None:
    async def run() -> None:
        ada = guest("ada")
        await ada.arrive()
        body = f'{{"conversation":"{ada.conversation}","key":"{new_key(ada.dice)}","text":"Forged"}}'.encode()
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json-p", "a" * 300):
            for path in (
                "/live/send",
                "/live/seen",
                "/live/signal",
                "/widget/api/session",
                "/widget/api/language",
                "/widget/api/conversations",
            ):
                answer = await ada.ask("POST", path, body, headers={"content-type": kind})
                assert answer.status == 415, (kind, path, answer)

    asyncio.run(run())


def test_a29_an_agents_cookie_without_the_forms_token_changes_nothing(target: House, guest: Callable[[str], Customer]) -> None:
    async def run() -> None:
        ada, noor = guest("ada"), Browser(target)
        await ada.arrive()
        await noor.sign_in()
        here = f"/desk/conversations/{ada.conversation}"
        doors = {f"{here}/status": {"status": "closed"}, f"{here}/assignment": {"agent": ""}, f"{here}/priority": {"priority": "1"}}
        for path, values in {**doors, f"{here}/queue": {"queue": ""}, "/desk/sign-out": {}, "/desk/language": {"language": "ru"}}.items():
            answer = await noor.post(path, values, with_token=False)
            assert answer.status == 403, (path, answer)
            foreign = await noor.post(path, values, headers={"origin": "https://evil.example"})
            assert foreign.status == 403, (path, foreign)
        own = await noor.post(f"{here}/priority", {"priority": "1"}, headers={"origin": _own(target)})
        assert own.status < 400, own  # The same form from our own page is taken: it was the origin, and the token, that were missed.
        assert (await noor.get("/desk/mine")).status == 200
        login = await Browser(target).post("/desk/sign-in", {"email": "noor@vigil.example", "password": "x", "next": ""}, with_token=False)
        assert login.status == 403

    asyncio.run(run())


def test_v55_no_answer_may_be_kept_and_no_guest_is_told_of_another(target: House, guest: Callable[[str], Customer]) -> None:
    async def talk(number: int) -> None:
        someone = guest(f"guest-{number}")
        await someone.arrive(f"I am number {number}, and nobody else is.")
        for _ in range(3):
            answers = await asyncio.gather(
                someone.ask("GET", f"/live/poll?wait=0&after=0&watch={someone.conversation}"),
                someone.ask("GET", f"/widget/api/conversations/{someone.conversation}/transcript.txt"),
                someone.ask("GET", f"/widget/api/conversations/{someone.conversation}/transcript.html"),
            )
            for answer in answers:
                assert answer.status == 200, answer
                assert "no-store" in answer.headers["cache-control"], answer
                said = answer.body.decode()
                assert f"I am number {number}, and" in said
                assert said.count("I am number") == 1, said

    async def run() -> None:
        await asyncio.gather(*(talk(number) for number in range(12)))

    asyncio.run(run())


def test_a15_fifty_slow_clients_make_nobody_wait(target: House) -> None:
    async def run() -> float:
        slow = [await wire.connect(target.port) for _ in range(50)]
        try:
            for number, (_, writer) in enumerate(slow):
                head = b"POST /widget/api/session HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n" % target.port
                writer.write(head if number % 2 else head + b"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
                await writer.drain()
            begun = time.monotonic()
            assert (await wire.ask(target.port, "GET", "/desk/sign-in")).status == 200
            return time.monotonic() - begun
        finally:
            for _, writer in slow:
                writer.transport.abort()

    assert asyncio.run(run()) < 2


@pytest.mark.parametrize("path", ["/live/send", "/widget/api/session", "/desk/sign-in"])
def test_a15_ten_megabytes_are_refused_before_they_are_read(target: House, guest: Callable[[str], Customer], path: str) -> None:
    async def run() -> None:
        ada = guest("ada")
        await ada.arrive()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{target.port}\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {ada.token}\r\nContent-Length: {10 * 2**20}\r\n\r\n"
        )
        answer = await shout(target.port, head.encode() + b"x" * 2**17, within=10, then_close=True)
        assert status_of(answer) == 413, answer[:200]

    asyncio.run(run())


def test_a15_a_flood_is_slowed_and_what_was_taken_is_stored_once(target: House, guest: Callable[[str], Customer]) -> None:
    async def run() -> None:
        mallory = guest("mallory")
        await mallory.arrive()
        bodies = [{"conversation": mallory.conversation, "key": new_key(mallory.dice), "text": f"Flood {number}"} for number in range(60)]
        answers = await asyncio.gather(*(mallory.ask("POST", "/live/send", body) for body in bodies))
        taken = [answer for answer in answers if answer.status == 201]
        slowed = [answer for answer in answers if answer.status == 429]
        assert len(taken) + len(slowed) == 60
        assert 20 <= len(taken) <= 25, len(taken)
        assert all(answer.retry_after and answer.json()["message"] for answer in slowed)
        shown = (await mallory.ask("GET", f"/live/poll?wait=0&after=2&watch={mallory.conversation}")).json()["frames"]
        assert sorted(frame["id"] for frame in shown) == list(range(3, 3 + len(taken)))

    asyncio.run(run())
