"""Who the load client plays, with the tokens that the faces would hand out."""

from dataclasses import dataclass
from typing import Any

from vigil.kernel import clock
from vigil.kernel.live.tokens import claims_for, mint


@dataclass(slots=True)
class Person:
    """A guest or an agent of the plan, with the head of their posts."""

    number: int
    conversation: str
    stream: bytes
    post: bytes


def guest(number: int, plan: dict[str, Any], one: dict[str, Any]) -> Person:
    """Make a guest with a token as the widget's session hands it out."""
    watch = f"?watch={one['conversation']}&after={one['after']}" if one["conversation"] else ""
    return _person(number, plan, one["conversation"], guest_token(one), watch)


def guest_token(one: dict[str, Any]) -> str:
    """Sign for ten minutes who a guest is."""
    detail = {
        "customer": one["id"],
        "site": "site_demo",
        "conversations": {one["conversation"]: one["team"]} if one["conversation"] else {},
    }
    return mint(claims_for(f"guest:{one['session']}", [f"p:{one['id']}"], "widget", at=clock.now(), detail=detail))


def agent(number: int, plan: dict[str, Any], one: dict[str, Any]) -> Person:
    """Make an agent with a token as the desk hands it out."""
    who = {"agent": one["id"], "role": "agent", "teams": [one["team"]], "name": "Agent", "public_name": "Agent", "watch": {}}
    claims = claims_for(f"agent:{one['id']}:0", [f"a:{one['id']}", f"t:{one['team']}"], "desk", at=clock.now(), detail=who)
    return _person(number, plan, "", mint(claims), "")


def _person(number: int, plan: dict[str, Any], conversation: str, token: str, watch: str) -> Person:
    common = f"HTTP/1.1\r\nhost: 127.0.0.1:{plan['port']}\r\nauthorization: Bearer {token}\r\n"
    stream = f"GET /live/stream{watch} {common}accept: text/event-stream\r\n\r\n".encode()
    return Person(number, conversation, stream, f"POST /live/send {common}content-type: application/json\r\ncontent-length: ".encode())
