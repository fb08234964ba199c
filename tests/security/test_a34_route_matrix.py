"""Every address of the project, called by everybody who has no business there.

The table is explicit: a new route is not on it, and the test fails until somebody has said who may come in.
"""

from collections.abc import Iterator
from typing import Any
from typing import cast as cast_to

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import cast
from vigil.kernel import clock
from vigil.kernel.live import tokens
from vigil.team import queries as people

# Open to everybody, and why.
OPEN = {
    "brand": "a style sheet with one number",
    "demo-word": "the stand-in for the exchange's own log-in; no part of an installation in production",
    "demo-front-page": "the stand-in for the exchange's own page",
    "desk:sign-in": "the door itself",
    "desk:prove": "the second step of the door, which knows who has taken the first",
    "desk:passkey-question": "a question for a browser, the same for everybody",
    "desk:passkey-entry": "the door itself, for whoever holds a passkey",
    "desk:sign-out": "ends the caller's own session, or nothing",
    "desk:reset": "answers everybody the same",
    "desk:new-password": "judges the token in its address",
    "widget:leave": "ends the sessions whose own keys are shown, or nothing",
    "widget:back": "the page of a letter's link, which judges nothing",
    "widget:loader": "a script for every page of the brand",
    "widget:loader-edition": "the same script under the name of its content",
    "widget:frame": "the chat's empty window",
    "widget:sheet": "a style sheet",
    "widget:script": "a script of the chat window",
    "widget:later": "what of it comes with the first file",
    "widget:chips": "what is shown under words that are being written, with nothing in it yet",
    "widget:chips-sheet": "a style sheet",
    "widget:sheets": "what comes up from below in the chat, the same for everybody",
    "widget:reading": "tells what the caller's own words say, and keeps nothing",
}
# Doors of the widget that judge a guest's own token: an agent's session is worth nothing there.
GUESTS = {
    "widget:session",
    "widget:come-back",
    "widget:language",
    "widget:identify",
    "widget:claim",
    "widget:earlier",
    "widget:place",
    "widget:shown",
    "widget:address",
    "widget:mail",
    "widget:files",
    "widget:file-link",
    "widget:end",
    "widget:rating",
    "widget:conversations",
    "widget:transcript-html",
    "widget:transcript-text",
}
# What a guest is answered whom the exchange has not named, and one whose key is none.
UNNAMED = {"widget:identify": 403, "widget:claim": 401, "widget:come-back": 401}
# What somebody is answered who has the right, and shows what proves nothing.
UNDERSTOOD = {
    "desk:factor-passkey": 422,
    "desk:nudges": 422,
    "desk:nudges-end": 204,
    "desk:password": 403,
    "desk:links": 409,
    "desk:merge": 409,
    "desk:parting": 404,
    "desk:personal": 422,
    "desk:files": 201,
    "desk:return": 409,
}
# Pages for agents that need no name in their address.
AGENTS = {
    "desk:home",
    "desk:live-token",
    "desk:language",
    "desk:account",
    "desk:availability",
    "desk:sessions",
    "desk:session-end",
    "desk:other-sessions-end",
    "desk:password",
    "desk:confirm",
    "desk:factors",
    "desk:factor-app",
    "desk:factor-passkey",
    "desk:factor-removal",
    "desk:own-keys",
    "desk:nudges",
    "desk:nudges-end",
    "desk:push-worker",
    "desk:recovery-codes",
    "desk:nav",
    "desk:rows",
    "desk:live",
    "desk:mentions",
    "desk:search",
    "desk:search-box",
    "desk:search-forgotten",
    "desk:mine",
    "desk:strip",
    "desk:team",
    "desk:done",
    "desk:followed",
}
# Pages for those above, each of whom finds only the people in sight there.
ABOVE = {
    "desk:people",
    "desk:watch",
    "desk:watched-work",
    "desk:release",
    "desk:invitation",
    "desk:person",
    "desk:person-standing",
    "desk:person-removal",
    "desk:person-return",
    "desk:person-factors",
    "desk:person-sessions",
}
# Pages for the agents of one team: for everybody else they do not exist.
TEAMS = {
    "desk:queue",
    "desk:conversation",
    "desk:head",
    "desk:entries",
    "desk:marks",
    "desk:file",
    "desk:files",
    "desk:menu",
    "desk:macros",
    "desk:draft",
    "desk:return",
    "desk:preview",
    "desk:named",
    "desk:assignment",
    "desk:status",
    "desk:snooze",
    "desk:resolving",
    "desk:tagging",
    "desk:tags",
    "desk:following",
    "desk:handover",
    "desk:withdrawal",
    "desk:links",
    "desk:merging",
    "desk:merge",
    "desk:parting",
    "desk:block",
    "desk:unclear",
    "desk:personal",
    "desk:priority",
    "desk:topic",
    "desk:move",
}
# What is posted, and what with, so that each door understands and says no for no other reason than who is asking.
FORMS: dict[str, dict[str, str]] = {
    "desk:confirm": {"password": cast.PASSWORD, "next": "/desk/"},
    "desk:availability": {"availability": "busy", "next": "/desk/"},
    "desk:session-end": {},
    "desk:release": {"words": "They sort the queue"},
    "desk:person-standing": {"role": "agent"},
    "desk:person-removal": {},
    "desk:person-return": {},
    "desk:person-factors": {},
    "desk:person-sessions": {},
    "desk:other-sessions-end": {},
    "desk:password": {"old": "wrong", "new": "seven calm otters swim"},
    "desk:factor-passkey": {"name": "", "answer": "{}"},
    "desk:factor-removal": {},
    "desk:nudges": {"endpoint": "https://elsewhere.example/x", "key": "x", "auth": "x"},
    "desk:nudges-end": {},
    "desk:recovery-codes": {},
    "desk:language": {"language": "ko", "next": "/desk/"},
    "desk:search": {"words": "deposit"},
    "desk:search-box": {"words": "deposit"},
    "desk:search-forgotten": {"of": "all"},
    "desk:assignment": {"agent": ""},
    "desk:return": {},
    "desk:files": {"name": "screen.png", "type": "image/png", "size": "100"},
    "desk:preview": {"text": "Look at **this**."},
    "desk:draft": {"text": "This is for our eyes only.", "kind": "note", "base": ""},
    "desk:status": {"status": "waiting"},
    "desk:withdrawal": {"seq": "5"},
    # With itself, filled in where it is sent, which is no merge.
    "desk:links": {"on": "yes"},
    "desk:merge": {},
    "desk:parting": {},
    "desk:block": {"reason": "spam"},
    "desk:personal": {"key": "uid-0", "reason": "other", "words": ""},
    "desk:unclear": {"seq": "5", "on": "yes"},
    "desk:handover": {"agent": "", "note": "Look.", "key": "4d1f6b7e-53a8-4a5c-9a53-6f0d5c1f2a12"},
    "desk:tags": {"tag": "bridge", "on": "yes"},
    "desk:following": {"follows": "yes"},
    "desk:snooze": {"until": "tomorrow"},
    "desk:priority": {"priority": "1"},
    "desk:topic": {"topic": "fees"},
    "desk:move": {"queue": ""},  # filled in where it is sent: the number of a queue that exists
}
BODIES: dict[str, dict[str, Any]] = {
    "widget:session": {"site": "site_demo", "language": "en", "zone": "", "token": "nobody.gave.this"},
    "widget:language": {"language": "ko"},
    "widget:reading": {"text": "Hello"},
    "widget:identify": {"token": "nobody.said.this"},
    "widget:claim": {},
    "widget:leave": {"site": "site_demo"},
    "widget:end": {},
    "widget:mail": {},
    "widget:shown": {"seq": 1},
    "widget:come-back": {"key": "nobody-made-this", "language": "en"},
    "widget:files": {"name": "screen.png", "type": "image/png", "size": 100},
    "widget:rating": {"key": "4d1f6b7e-53a8-4a5c-9a53-6f0d5c1f2a11", "score": 5},
    "widget:conversations": {"key": "4d1f6b7e-53a8-4a5c-9a53-6f0d5c1f2a10", "text": "Hello", "language": "en"},
}
FILE = "0" * 25 + "1"
ARGS = {
    "person": "1",
    "factor": "1",
    "session": "1",
    "file": FILE,
    "departure": FILE,
    "token": "x",
    "place": "near-deposits",
    "digest": "0" * 12,
}


def routes(patterns: "list[URLPattern | URLResolver] | None" = None, space: str = "") -> Iterator[tuple[str, str]]:
    """Walk every route of the project: its name, and an address of it with `name` left to be filled in."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
            continue
        assert pattern.name, f"{pattern.pattern} has no name"
        yield f"{space}{pattern.name}", str(pattern.pattern)


def address(name: str, pattern: str, conversation: str) -> str:
    values = {**ARGS, "name": conversation}
    wanted = [part.split(":")[-1].rstrip(">") for part in pattern.split("<")[1:]]
    return reverse(name, kwargs={part.partition(">")[0]: values[part.partition(">")[0]] for part in wanted})


def knock(client: Client, name: str, path: str) -> HttpResponse:
    """Call a route by the method and with the content that it takes."""
    if name in BODIES:
        return cast_to(HttpResponse, client.post(path, BODIES[name], content_type="application/json"))
    if name in FORMS:
        form = {"queue": str(people.get_queue("near-deposits").id)} if name == "desk:move" else FORMS[name]
        if name in {"desk:links", "desk:merge", "desk:parting"}:
            form = form | {"other": path}
        return cast_to(HttpResponse, client.post(path, form))
    return cast_to(HttpResponse, client.get(path, {"place": "team"} if name == "desk:rows" else None))


@pytest.fixture
def ours(db: None) -> tuple[cast.Desk, str]:
    desk, ada = cast.open_the_desk(), cast.ada()
    conversation = cast.opens(ada, "for our eyes only", queue="near-deposits")
    cast.writes(ada, conversation, "", at=cast.later(), files=(cast.file_of("guest:ada", name=FILE),), of="guest:ada")
    cast.answers(desk.noor, conversation, "This is for our eyes only.", at=clock.now())
    return desk, conversation


def test_a34_v26_every_route_is_on_the_list_and_no_line_of_it_is_stale() -> None:
    assert {name for name, _ in routes()} == set(OPEN) | GUESTS | AGENTS | ABOVE | TEAMS


def test_a34_every_door_understands_what_this_table_sends(ours: tuple[cast.Desk, str]) -> None:
    desk, conversation = ours
    for name, pattern in routes():
        noor = Client(headers={"accept": "application/json"})
        noor.force_login(people.get_user(desk.noor.agent_id))
        if name in AGENTS | TEAMS:
            assert knock(noor, name, address(name, pattern, conversation)).status_code in {200, 302, UNDERSTOOD.get(name)}, name
    newcomer = {"site": "site_demo", "language": "en", "zone": ""}
    bearer = Client().post("/widget/api/session", newcomer, content_type="application/json").json()["live"]
    for name, pattern in routes():
        if name in GUESTS - {"widget:session"}:
            guest = Client(headers={"authorization": f"Bearer {bearer}"})
            # A guest's door understands, and another guest's conversation does not exist behind it.
            assert knock(guest, name, address(name, pattern, conversation)).status_code in {200, 201, 404, UNNAMED.get(name)}, name


def test_a34_v26_a_stranger_is_sent_away_from_everything_that_is_not_open(ours: tuple[cast.Desk, str]) -> None:
    _, conversation = ours
    for name, pattern in routes():
        if name in OPEN:
            continue
        answer = knock(Client(), name, address(name, pattern, conversation))
        assert answer.status_code in {302, 401}, (name, answer.status_code)
        if answer.status_code == 302:
            assert answer["Location"].startswith("/desk/sign-in"), name
        assert b"our eyes" not in answer.content, name


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "patch"])
def test_a34_v26_a_stranger_finds_no_other_method_that_opens_something(ours: tuple[cast.Desk, str], method: str) -> None:
    _, conversation = ours
    for name, pattern in routes():
        if name not in OPEN:
            answer = getattr(Client(), method)(address(name, pattern, conversation))
            assert not 200 <= answer.status_code < 300, (name, answer.status_code)
            assert b"our eyes" not in answer.content, name


def test_a34_an_agents_session_is_worth_nothing_at_the_guests_doors(ours: tuple[cast.Desk, str]) -> None:
    desk, conversation = ours
    for name, pattern in routes():
        if name in GUESTS:
            noor = Client()
            noor.force_login(people.get_user(desk.noor.agent_id))
            assert knock(noor, name, address(name, pattern, conversation)).status_code == 401, name


def test_a34_a_customers_token_opens_no_page_of_the_desk(ours: tuple[cast.Desk, str]) -> None:
    _, conversation = ours
    token = tokens.mint(tokens.claims_for("guest:1", ["p:1"], "widget", at=clock.now(), detail={"guest": 1}))
    customer = Client(headers={"authorization": f"Bearer {token}", "accept": "application/json"})
    for name, pattern in routes():
        if name in AGENTS | TEAMS:
            answer = knock(customer, name, address(name, pattern, conversation))
            assert answer.status_code == 401, (name, answer.status_code)


def test_a34_an_agent_of_another_team_finds_nothing_there(ours: tuple[cast.Desk, str]) -> None:
    desk, conversation = ours
    olek = Client(headers={"accept": "application/json"})
    olek.force_login(people.get_user(desk.olek.agent_id))
    for name, pattern in routes():
        if name in AGENTS | TEAMS:
            answer = knock(olek, name, address(name, pattern, conversation))
            assert answer.status_code in ({404} if name in TEAMS else {200, 302, UNDERSTOOD.get(name)}), (name, answer.status_code)
            assert conversation.encode() not in answer.content or name in TEAMS, name
            assert b"our eyes" not in answer.content, name


def test_a29_everything_that_changes_something_needs_a_form_of_ours(ours: tuple[cast.Desk, str]) -> None:
    desk, conversation = ours
    noor = Client(enforce_csrf_checks=True)
    noor.force_login(people.get_user(desk.noor.agent_id))
    for name, pattern in routes():
        if name in AGENTS | ABOVE | TEAMS | {"desk:sign-in", "desk:sign-out", "desk:reset", "desk:new-password"}:
            for kind in ("application/x-www-form-urlencoded", "text/plain", "application/json"):
                answer = noor.post(address(name, pattern, conversation), "status=closed", content_type=kind)
                assert answer.status_code in {403, 405}, (name, kind, answer.status_code)
    assert b"for our eyes only" in noor.get("/desk/team").content
