"""The live routes over a real connection: what a client is promised, and what it may not do."""

import asyncio
import json
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from vigil.kernel import clock
from vigil.kernel.live import tokens
from vigil.kernel.tests.live_world import Client, Running, running, token, wait_for

CORS = b"access-control-"


@pytest.fixture(scope="module")
def live() -> Iterator[Running]:
    with running() as running_one:
        yield running_one


def open_stream(live: Running, bearer: str, query: str = "") -> Client:
    client = Client(live.port).request("GET", f"/live/stream{query}", bearer=bearer)
    client.until(b"event: hello")
    return client


def message(text: str, key: str, conversation: str = "1", **more: object) -> bytes:
    return json.dumps({"conversation": conversation, "key": key, "text": text, **more}).encode()


# -- The stream ---------------------------------------------------------------------------------------------------------


def test_a_stream_says_hello_at_once_in_a_form_that_no_proxy_keeps_back(live: Running) -> None:
    with open_stream(live, token()) as ada:
        head, _, body = ada.heard.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200")
        for line in (b"content-type: text/event-stream; charset=utf-8", b"cache-control: no-store", b"x-accel-buffering: no"):
            assert line in head
        retry = int(body.split(b"retry: ")[1].split(b"\n")[0])
        assert 1000 <= retry <= 5000
        assert b":" + b" " * 2048 in body
        assert CORS not in head.lower()


def test_a_client_that_reconnects_gets_exactly_what_it_missed_and_then_what_happens(live: Running) -> None:
    for n in range(1, 6):
        live.world.write("resume", f"words {n}")
    with open_stream(live, token("guest:ada", "resume"), "?watch=resume&after=3") as ada:
        live.world.write("resume", "words 6")
        heard = ada.until(b"words 6")
    assert [int(line[4:]) for line in heard.split(b"\n") if line.startswith(b"id: ")] == [4, 5, 6]


def test_a_stranger_hears_nothing(live: Running) -> None:
    with open_stream(live, token("guest:mallory", "2")) as mallory, open_stream(live, token()) as ada:
        live.world.write("1", "for Ada alone")
        ada.until(b"for Ada alone")
        live.world.write("2", "for Mallory")
        assert b"Ada" not in mallory.until(b"for Mallory")


def test_v29_watching_somebody_elses_conversation_is_watching_nothing(live: Running) -> None:
    for watch in ("1", "never-was"):
        with Client(live.port).request("GET", f"/live/stream?watch={watch}", bearer=token("guest:mallory", "2")) as mallory:
            assert mallory.status() == 404
            assert mallory.json()["error"] == "not_found"


@pytest.mark.parametrize("watch", ["*", "%25", "c:1", "1%2a", "%00", "%EF%BC%91", "a/b", "x" * 65])
def test_v29_a_pattern_is_no_name(live: Running, watch: str) -> None:
    with Client(live.port).request("GET", f"/live/stream?watch={watch}", bearer=token()) as mallory:
        assert mallory.status() == 400


def test_more_than_500_missed_come_page_by_page(live: Running) -> None:
    for n in range(501):
        live.world.write("long", f"words {n}.")
    with open_stream(live, token("guest:ada", "long"), "?watch=long&after=0") as ada:
        page = ada.until(b"event: gap")
        assert page.count(b"event: entry") == 500
        assert b"words 499." in page
    with open_stream(live, token("guest:ada", "long"), "?watch=long&after=500") as ada:
        assert b"event: gap" not in ada.until(b"words 500.")
    with Client(live.port).request("GET", "/live/poll?watch=long&after=0&wait=0", bearer=token("guest:ada", "long")) as ada:
        answer = ada.json()
        assert [frame["event"] for frame in answer["frames"]] == ["entry"] * 500 + ["gap"]
        assert answer["after"] == 500


def test_v43_a_revoked_subject_is_told_and_cut_and_stays_out(live: Running) -> None:
    bearer = token("agent:noor")
    with open_stream(live, bearer) as noor:
        begun = clock.monotonic()
        live.tier.hear({"revoked": "agent:noor"})
        noor.until(b'event: bye\ndata: {"reason":"revoked"}')
        assert clock.monotonic() - begun < 5
        live.world.write("1", "after the revocation")
        time.sleep(0.05)
        assert b"after the revocation" not in noor.heard
    with Client(live.port).request("GET", "/live/stream", bearer=bearer) as noor:
        assert noor.status() == 401


def test_v43_the_timeline_refuses_a_subject_even_after_a_restart_forgot_the_signal(live: Running) -> None:
    live.world.banned.add("agent:olek")
    with Client(live.port).request("GET", "/live/stream", bearer=token("agent:olek")) as olek:
        assert olek.status() == 401


def test_v43_a_revocation_that_the_bell_lost_is_found_by_asking(live: Running) -> None:
    with open_stream(live, token("agent:unheard")) as olek, open_stream(live, token("agent:sol")) as sol:
        live.world.banned.add("agent:unheard")
        live.on_the_loop(lambda: asyncio.ensure_future(live.tier._check_rights()))
        olek.until(b'{"reason":"revoked"}')
        live.world.write("1", "Sol still hears")
        sol.until(b"Sol still hears")


def test_a_stream_whose_token_expires_ends_with_a_bye(live: Running) -> None:
    with open_stream(live, token("guest:irina")) as irina:
        (subscriber,) = live.tier.hub._subjects["guest:irina"]
        subscriber.expires_at = 0.0
        live.on_the_loop(lambda: live.tier.hub.visit(live.tier.hub.everybody()))
        irina.until(b'{"reason":"expired"}')
        irina.until(b"0\r\n\r\n")


def test_a_client_that_leaves_is_forgotten(live: Running) -> None:
    ada = open_stream(live, token("guest:leaving"))
    assert "guest:leaving" in live.tier.hub.subjects
    ada.close()
    wait_for(lambda: "guest:leaving" not in live.tier.hub.subjects)


def test_the_token_is_not_kept_for_as_long_as_the_stream_is_open(live: Running) -> None:
    with open_stream(live, token("guest:kept")):
        held = [c.scope["headers"] for c in live.server.server_state.connections if c.scope and c.scope["path"] == "/live/stream"]  # type: ignore[union-attr]  # uvicorn names protocols that are not used
        assert held
        assert all(headers == [] for headers in held)


def test_f18_a_client_that_does_not_read_is_sent_away_and_nobody_else_notices(live: Running) -> None:
    slow = Client(live.port, small=True).request("GET", "/live/stream", bearer=token("guest:slow", "flood"))
    slow.until(b"event: hello")
    with open_stream(live, token("guest:wei", "flood")) as wei:
        before = live.tier.hub.counts.slow
        for n in range(4000):
            live.world.write("flood", f"{n} " + "x" * 3000)
            if n % 20 == 0:
                wei.until(b'"text":"%d x' % n)
                wei.heard = b""
            if live.tier.hub.counts.slow > before:
                break
        assert live.tier.hub.counts.slow == before + 1
        live.world.write("flood", "the last words")
        wei.until(b"the last words")
        for _ in range(2):
            live.on_the_loop(lambda: live.tier.hub.visit(live.tier.hub.everybody()))
        wait_for(lambda: "guest:slow" not in live.tier.hub.subjects)
        assert "guest:wei" in live.tier.hub.subjects
    slow.close()


# -- The poll -----------------------------------------------------------------------------------------------------------


def test_a_poll_tells_at_once_what_was_missed(live: Running) -> None:
    for n in (1, 2, 3):
        live.world.write("poll", f"words {n}")
    with Client(live.port).request("GET", "/live/poll?watch=poll&after=1&wait=20", bearer=token("guest:ada", "poll")) as ada:
        told = ada.json()
    assert told["after"] == 3
    assert [(frame["event"], frame["id"], frame["data"]["text"]) for frame in told["frames"]] == [
        ("entry", 2, "words 2"),
        ("entry", 3, "words 3"),
    ]


def test_a_poll_waits_for_news(live: Running) -> None:
    with Client(live.port).request("GET", "/live/poll?watch=patient&after=0&wait=20", bearer=token("guest:patient", "patient")) as ada:
        wait_for(lambda: "guest:patient" in live.tier.hub.subjects)
        live.world.write("patient", "at last")
        assert ada.json()["frames"][0]["data"]["text"] == "at last"


def test_a_poll_without_news_ends_empty_handed(live: Running) -> None:
    with Client(live.port).request("GET", "/live/poll?after=7&wait=0", bearer=token()) as ada:
        assert ada.json() == {"frames": [], "after": 7}


# -- Posts --------------------------------------------------------------------------------------------------------------


def test_a_message_is_acknowledged_and_heard(live: Running) -> None:
    with open_stream(live, token()) as ada, Client(live.port) as poster:
        poster.request("POST", "/live/send", bearer=token(), body=message("Where is my deposit?", "k-1"))
        assert poster.status() == 201
        ada.until(b"Where is my deposit?")


def test_the_same_key_again_is_the_same_message(live: Running) -> None:
    with Client(live.port) as ada:
        ada.request("POST", "/live/send", bearer=token("guest:again", "again"), body=message("once", "k-2", "again"))
        assert ada.status() == 201
        first = ada.json()
        ada.request("POST", "/live/send", bearer=token("guest:again", "again"), body=message("once", "k-2", "again"))
        assert ada.status() == 200
        assert ada.json() == first
    assert live.world.seqs["again"] == 1


def test_seen_and_signal_answer_with_nothing(live: Running) -> None:
    with open_stream(live, token()) as noor, Client(live.port) as ada:
        ada.request("POST", "/live/seen", bearer=token(), body=b'{"conversation":"1","read":3}')
        assert ada.status() == 204
        ada.heard = b""
        ada.request("POST", "/live/signal", bearer=token(), body=b'{"conversation":"1","typing":true}')
        assert ada.status() == 204
        assert b"id: " not in noor.until(b"event: typing").split(b"event: typing")[0][-20:]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"{", "bad_request"),
        (b'{"text":"\xff"}', "bad_request"),
        (b'{"text":"a","text":"b"}', "bad_request"),
        (message("hi", "k", is_internal=False), "unknown_field"),
        (message("hi", "k", typing=[1]), "unknown_field"),
        (b'{"conversation":"1","key":"k","text":7}', "bad_field"),
        (message("", "k"), "bad_field"),
    ],
)
def test_a_body_that_does_not_mean_one_thing_is_refused(live: Running, body: bytes, error: str) -> None:
    with Client(live.port).request("POST", "/live/send", bearer=token(f"guest:{error}"), body=body) as ada:
        assert ada.status() == 400
        assert ada.json()["error"] == error


def test_what_one_may_not_see_does_not_exist(live: Running) -> None:
    with Client(live.port).request("POST", "/live/send", bearer=token("guest:mallory", "2"), body=message("hi", "k-3")) as mallory:
        assert mallory.status() == 404


@pytest.mark.parametrize("kind", ["text/plain", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a29_only_json_is_taken(live: Running, kind: str) -> None:
    with Client(live.port).request("POST", "/live/send", bearer=token(), body=message("hi", "k-4"), Content_Type=kind) as mallory:
        assert mallory.status() == 415


def test_more_than_64_kilobytes_are_refused_and_the_line_is_closed(live: Running) -> None:
    with Client(live.port).request("POST", "/live/send", bearer=token("guest:big"), body=message("x" * 65_536, "k-5")) as ada:
        assert ada.status() == 413
        assert b"connection: close" in ada.heard
        assert b"too_large" in ada.to_the_end()


def test_a15_the_twenty_first_message_in_ten_seconds_is_too_fast(live: Running) -> None:
    with Client(live.port) as mallory:
        for n in range(20):
            mallory.request("POST", "/live/send", bearer=token("guest:fast", "fast"), body=message("hi", f"fast-{n}", "fast"))
            assert mallory.status() == 201
            mallory.json()
        mallory.request("POST", "/live/send", bearer=token("guest:fast", "fast"), body=message("hi", "fast-20", "fast"))
        assert mallory.status() == 429
        assert b"retry-after: 1" in mallory.heard
        told = mallory.json()
        assert (told["error"], told["retry_after"]) == ("too_fast", 1)


def test_f12_a_message_that_could_not_be_stored_is_not_acknowledged(live: Running) -> None:
    live.world.gone = True
    try:
        for method, path, body in (
            ("POST", "/live/send", message("hi", "k-6")),
            ("GET", "/live/stream", None),
            ("GET", "/live/poll", None),
        ):
            begun = clock.monotonic()
            with Client(live.port).request(method, path, bearer=token("guest:f12"), body=body) as ada:
                assert ada.status() == 503
                assert b"retry-after" in ada.heard
            assert clock.monotonic() - begun < 2
    finally:
        live.world.gone = False


# -- Who may ask --------------------------------------------------------------------------------------------------------


def test_nobody_gets_in_without_a_token_and_a_cookie_is_none(live: Running) -> None:
    for method, path in (
        ("GET", "/live/stream"),
        ("GET", "/live/poll"),
        ("POST", "/live/send"),
        ("POST", "/live/seen"),
        ("POST", "/live/signal"),
    ):
        for headers in ({}, {"Cookie": f"live={token()}"}, {"Authorization": "Basic YTpi"}, {"Authorization": "Bearer x"}):
            with Client(live.port).request(method, path, body=b"{}" if method == "POST" else None, **headers) as mallory:
                assert mallory.status() == 401
                assert mallory.json()["error"] == "token_invalid"


def test_an_expired_token_says_so(live: Running) -> None:
    claims = tokens.claims_for("guest:ada", ["c:1"], "widget", at=clock.now() - tokens.LONGEST)
    with Client(live.port).request("GET", "/live/stream", bearer=tokens.mint(claims)) as ada:
        assert ada.status() == 401
        assert ada.json()["error"] == "token_expired"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "https://desk.example.evil.example", "http://desk.example", "https://desk.example:444", ""]
)
def test_a01_a_foreign_origin_is_refused_even_with_a_token(live: Running, origin: str) -> None:
    with Client(live.port).request("GET", "/live/stream", bearer=token(), Origin=origin) as mallory:
        assert mallory.status() == 403
        assert CORS not in mallory.heard.lower()


def test_a01_our_own_origin_is_welcome(live: Running) -> None:
    with Client(live.port).request("GET", "/live/poll?wait=0", bearer=token(), Origin="https://desk.example") as ada:
        assert ada.status() == 200


def test_a_preflight_is_answered_with_a_refusal(live: Running) -> None:
    with Client(live.port).request("OPTIONS", "/live/send", Origin="https://evil.example", Access_Control_Request_Method="POST") as mallory:
        assert mallory.status() == 403
        assert CORS not in mallory.heard.lower()


def test_an_unknown_path_and_a_wrong_method_are_refused(live: Running) -> None:
    for method, path, status in (
        ("GET", "/live/else", 404),
        ("POST", "/live/stream", 405),
        ("GET", "/live/send", 405),
        ("HEAD", "/live/stream", 405),
    ):
        with Client(live.port).request(method, path, bearer=token()) as ada:
            assert ada.status() == status


def test_a_field_that_nobody_knows_is_refused_in_a_query_too(live: Running) -> None:
    for path in ("/live/stream?wach=c_1", "/live/poll?wait=0&until=9"):
        with Client(live.port).request("GET", path, bearer=token()) as ada:
            assert ada.status() == 400
            assert ada.json()["error"] == "unknown_field"


@pytest.mark.parametrize(
    ("method", "path", "more"),
    [("GET", "/live/send", {}), ("POST", "/live/else", {}), ("GET", "/live/poll", {"Origin": "https://evil.example"})],
)
def test_a_refusal_speaks_the_tokens_language_whatever_it_is_for(live: Running, method: str, path: str, more: dict[str, Any]) -> None:
    claims = tokens.claims_for("guest:ada", ["c:1"], "widget", at=clock.now(), language="zh-Hans")
    with Client(live.port).request(method, path, bearer=tokens.mint(claims), Accept_Language="de", **more) as ada:
        assert re.search("[\u4e00-\u9fff]", ada.json()["message"]), ada.json()


def test_the_health_report_tells_what_works(live: Running) -> None:
    with Client(live.port).say(b"GET /healthz HTTP/1.1\r\nHost: 10.0.0.7\r\n\r\n") as balancer:
        assert balancer.status() == 200
        told = balancer.json()
    assert (told["status"], told["database"], told["bell"]) == ("ok", True, True)
