"""A27 and the JSON fuzz: whatever a body holds, it is read as one thing or refused; never a 500, never half a deed."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.faults.clients import SITE, Customer, new_key
from tests.faults.history import read_stored
from tests.houses import House
from tests.security.attackers import Browser

KEY = "11111111-1111-4111-8111-111111111111"
EXTRA = {
    "assignee": 1, "priority": 1, "is_internal": True, "verified": True, "is_verified": True, "requester_id": 1, "created_at": "2020-01-01",
    "brand": "other", "team": 1, "queue": "far", "status": "closed", "seq": 1, "customer": 1, "kind": "note", "author_kind": "agent",
    "__proto__": {}, "constructor": {}, "$where": "1",
}  # fmt: skip


def _sound(ada: Customer) -> dict[str, dict[str, Any]]:
    return {
        "/live/send": {"conversation": ada.conversation, "key": KEY, "text": "Hello"},
        "/live/seen": {"conversation": ada.conversation, "delivered": 1, "read": 1},
        "/live/signal": {"conversation": ada.conversation, "typing": True},
        "/widget/api/session": {"site": SITE, "language": "en", "zone": "UTC"},
        "/widget/api/leave": {"site": SITE, "token": "nobody-made-this"},
        "/widget/api/identify": {"token": "nobody.made.this"},
        "/widget/api/claim": {},
        "/widget/api/language": {"language": "ru"},
        "/widget/api/conversations": {"key": KEY, "text": "Hello", "language": "en"},
        "/widget/api/address": {"email": "ada@mail.example"},
        "/widget/api/back": {"key": "nobody-made-this", "language": "en"},
        "/widget/api/files": {"name": "screen.png", "type": "image/png", "size": 100},
        "/widget/api/conversations/{name}/end": {},
        "/widget/api/conversations/{name}/rating": {"key": KEY, "score": 5, "text": "Kind."},
        "/widget/api/conversations/{name}/mail": {},
    }


DOORS = [
    *("/live/send", "/live/seen", "/live/signal", "/widget/api/session", "/widget/api/language", "/widget/api/conversations"),
    *("/widget/api/address", "/widget/api/back", "/widget/api/files"),
    *("/widget/api/leave", "/widget/api/identify", "/widget/api/claim"),
    *(f"/widget/api/conversations/{{name}}/{what}" for what in ("end", "rating", "mail")),
]
# Here a key of another kind is shown, in the body.
KEYED = {"/widget/api/session", "/widget/api/back", "/widget/api/leave"}


@pytest.mark.parametrize("path", DOORS)
def test_a27_a_field_that_nobody_asked_for_is_named_and_nothing_is_done(target: House, guest: Callable[[str], Customer], path: str) -> None:
    async def run() -> None:
        ada = guest("ada")
        await ada.arrive()
        before = [row for row in read_stored(target.database_url) if row.conversation == ada.conversation]
        for name, value in list(EXTRA.items())[: 18 if path != "/live/send" else 12]:
            answer = await ada.ask("POST", path.format(name=ada.conversation), {**_sound(ada)[path], name: value})
            assert (answer.status, answer.json()["error"]) == (400, "unknown_field"), (name, answer)
            assert name in answer.json()["message"], answer
        assert [row for row in read_stored(target.database_url) if row.conversation == ada.conversation] == before

    asyncio.run(run())


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
_raw = st.binary(max_size=60) | st.sampled_from(
    [
        b"", b"null", b"[]", b'"x"', b"1", b"{}", b"{", b'{"a":1,"a":2}', b'{"text":NaN}', b'{"text":1e999}', b"[" * 5000, b'{"a":' * 2000,
        b'\xef\xbb\xbf{"text":"x"}', b'{"text":"\xff"}', b'{"text":"\\ud800"}', b'{"text":"\\u0000"}', "{\"text\":\"x\"}".encode("utf-16"),
        b'{"conversation":' + b"9" * 5000 + b"}",
    ]
)  # fmt: skip


@pytest.mark.parametrize("path", DOORS)
def test_v53_no_body_breaks_a_door(target: House, guest: Callable[[str], Customer], path: str) -> None:
    ada = guest("ada")
    asyncio.run(ada.arrive())
    sound = _sound(ada)[path]

    def ask(body: bytes) -> None:
        answer = asyncio.run(ada.ask("POST", path.format(name=ada.conversation), body, headers={"content-type": "application/json"}))
        assert answer.status in {200, 201, 202, 204, 400, 401, 403, 404, 409, 413, 415, 422, 429}, (path, body, answer)
        if answer.status >= 400:
            said = answer.json()
            assert said["error"], (body, answer)
            assert said["message"], (body, answer)

    @settings(
        max_examples=15, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )  # fmt: skip
    @given(name=st.sampled_from([*sound, "other"]), value=_values, raw=_raw)
    def fuzz(name: str, value: Any, raw: bytes) -> None:
        ask(json.dumps({**sound, name: value}).encode())
        ask(raw)

    fuzz()


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "after=1e3", "after=99999999999999999999", "wait=x", "watch=%00", "watch=*", "a=b&" * 50]
)
def test_v53_no_query_breaks_a_stream(target: House, guest: Callable[[str], Customer], query: str) -> None:
    async def run() -> None:
        ada = guest("ada")
        await ada.arrive()
        for path in ("/live/poll", "/live/stream"):
            answer = await ada.ask("GET", f"{path}?{query}", within=5)
            assert answer.status == 400, (path, answer)

    asyncio.run(run())


def test_v24_no_token_but_a_sound_one_opens_a_door(target: House, guest: Callable[[str], Customer]) -> None:
    async def run() -> None:
        ada, mallory = guest("ada"), guest("mallory")
        await ada.arrive()
        await mallory.arrive()
        body, signature = ada.token.rpartition(":")[::2]
        theirs = mallory.token.rpartition(":")[2]
        for token in (
            "",
            "x",
            body,
            f"{body}:",
            f"{body}:{theirs}",
            f"{body}:{signature[:-1]}",
            f".{body}:{signature}",
            ada.token + "A",
            "." * 7000,
        ):
            for path in DOORS:
                if path not in KEYED:
                    address, shown = path.format(name=ada.conversation), {"authorization": f"Bearer {token}"}
                    answer = await guest("nobody").ask("POST", address, _sound(ada)[path], headers=shown)
                    assert (answer.status, answer.json()["error"]) == (401, "token_invalid"), (token, path, answer)

    asyncio.run(run())


def test_a33_fifty_at_once_leave_one_timeline_without_a_gap(target: House, guest: Callable[[str], Customer]) -> None:
    async def run() -> str:
        ada = guest("ada")
        await ada.arrive()
        noor, here = Browser(target), f"/desk/conversations/{ada.conversation}"
        await noor.sign_in()
        token = await noor.live_token(ada.conversation)
        deeds = []
        for number in range(15):
            message = {"conversation": ada.conversation, "key": new_key(ada.dice), "text": f"message {number}"}
            reply = {"conversation": ada.conversation, "key": new_key(ada.dice), "text": f"reply {number}"}
            deeds.append(ada.ask("POST", "/live/send", message))
            deeds.append(ada.ask("POST", "/live/send", reply, headers={"authorization": f"Bearer {token}"}))
        for number in range(10):
            deeds.append(noor.post(f"{here}/status", {"status": ("resolved", "open")[number % 2]}))
            deeds.append(noor.post(f"{here}/priority", {"priority": str(number % 4 + 1)}))
        answers = await asyncio.gather(*deeds)
        assert not [answer for answer in answers if answer.status >= 500], answers
        # A message and a reply may always come; what was decided meanwhile may refuse a decision, and says so.
        assert {answer.status for answer in answers[:30]} == {201}, [answer.status for answer in answers]
        assert {answer.status for answer in answers[30:]} <= {200, 204, 302, 409}, [answer.status for answer in answers]
        at_the_end = [new_key(ada.dice) for _ in range(4)]
        closing = [noor.post(f"{here}/status", {"status": "closed"})]
        closing += [
            ada.ask("POST", "/live/send", {"conversation": ada.conversation, "key": key, "text": f"Wait! {key}"}) for key in at_the_end
        ]
        last = await asyncio.gather(*closing)
        assert {answer.status for answer in last[1:]} <= {201, 409}, last
        return ada.conversation

    conversation = asyncio.run(run())
    rows = [row for row in read_stored(target.database_url) if row.conversation == conversation]
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert rows[-1].kind == "status", "nothing was written after the conversation was closed"
