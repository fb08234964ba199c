"""An insider who reads in bulk: counted by every door, marked, stopped, and let go on by somebody else alone."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from tests import cast
from tests.security.test_a34_route_matrix import FILE, TEAMS, address, knock, ours, routes
from vigil.conversations import commands as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.live import Timeline
from vigil.faces.desk.live import may_follow, token_for
from vigil.kernel import clock
from vigil.kernel.live import readers, tokens
from vigil.readings import queries as readings
from vigil.search.tests.asking import catch_up
from vigil.team import queries as people
from vigil.workspace.profile import profile
from vigil.workspace.sight import Sight

__all__ = ["ours"]  # the fixture


def narrow(monkeypatch: pytest.MonkeyPatch, *, usual: int = 1, most: int = 2) -> None:
    limits = replace(profile(), usual_readings=usual, most_readings=most)
    monkeypatch.setattr(readings, "profile", lambda: limits)


def sit_down(sight: Sight, accept: str = "text/html") -> Client:
    client = Client(headers={"accept": accept})
    client.force_login(people.get_user(sight.agent_id))
    return client


def of_noor(desk: cast.Desk, count: int) -> list[str]:
    """Open conversations of Ada's that Noor has."""
    names = [cast.opens(cast.ada(), f"for our eyes only, {each}", at=clock.now()) for each in range(count)]
    for name in names:
        conversations.assign(conversation=name, sight=desk.noor, agent_id=desk.noor.agent_id, at=clock.now())
    return names


def test_a61_every_door_of_a_conversation_counts_and_stops(ours: tuple[cast.Desk, str], monkeypatch: pytest.MonkeyPatch) -> None:
    desk, conversation = ours
    narrow(monkeypatch, most=1)
    (other,) = of_noor(desk, 1)
    sol = sit_down(desk.sol, "application/json")
    assert sol.get(f"/desk/conversations/{other}").status_code == 200
    of_it = [(name, pattern) for name, pattern in routes() if name in TEAMS and "<slug:name>" in pattern]
    assert len(of_it) > 25
    for name, pattern in of_it:
        answer = knock(sol, name, address(name, pattern, conversation))
        assert (answer.status_code, b"reading_stopped" in answer.content) == (403, True), (name, answer.status_code)
        assert b"our eyes" not in answer.content, name


def test_a61_five_hundred_in_an_hour_end_at_the_profiles_most(desk: cast.Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    narrow(monkeypatch, most=3)
    sol, names = sit_down(desk.sol), of_noor(desk, 5)
    answers = [sol.get(f"/desk/conversations/{name}") for name in names]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 403, 403]
    said = answers[-1].content.decode()
    assert "A supervisor of your team can let you go on" in said
    assert "our eyes" not in said
    again = [sol.get(f"/desk/conversations/{name}", headers={"HX-Request": "true"}) for name in (names[0], names[3])]
    assert [answer.status_code for answer in again] == [200, 403]
    assert again[1].json()["error"] == "reading_stopped"


def test_a61_whoever_is_stopped_works_on_with_what_is_theirs(desk: cast.Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    narrow(monkeypatch, most=1)
    noor, waiting = sit_down(desk.noor), cast.opens(cast.wei(), "Is anybody there?", at=clock.now())
    (own,) = of_noor(desk, 1)
    theirs = [cast.opens(cast.ada(), f"{each}", at=clock.now()) for each in range(2)]
    for name in theirs:
        conversations.assign(conversation=name, sight=desk.sol, agent_id=desk.sol.agent_id, at=clock.now())
    assert [noor.get(f"/desk/conversations/{name}").status_code for name in theirs] == [200, 403]
    for page in ("/desk/team", "/desk/mine", "/desk/live", "/desk/strip", f"/desk/conversations/{own}", f"/desk/conversations/{waiting}"):
        assert noor.get(page).status_code == 200, page
    taken = noor.post(f"/desk/conversations/{waiting}/assignment", {"agent": str(desk.noor.agent_id)})
    assert taken.status_code == 302
    # Nobody takes what they may not read in order to read it.
    assert noor.post(f"/desk/conversations/{theirs[1]}/assignment", {"agent": str(desk.noor.agent_id)}).status_code == 403


def test_a61_files_further_pages_and_searches_count_too(desk: cast.Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    narrow(monkeypatch, most=6)
    ada, sol = cast.ada(), sit_down(desk.sol)
    name = cast.opens(ada, "for our eyes only")
    cast.writes(ada, name, "", at=cast.later(), files=(cast.file_of("guest:ada", name=FILE),), of="guest:ada")
    conversations.assign(conversation=name, sight=desk.noor, agent_id=desk.noor.agent_id, at=clock.now())
    catch_up()
    address = f"/desk/conversations/{name}/files/{FILE}"
    pages = (address, f"{address}?whole", f"{address}?small")
    assert [sol.get(page).status_code for page in pages] == [200, 302, 302]
    count = readings.count_of(desk.sol.agent_id, at=clock.now()).lately
    assert count == 2, "the conversation and the file; a thumbnail stands in the thread"
    for _ in range(2):
        found = sol.post("/desk/search", {"words": "eyes"}, headers={"HX-Request": "true"})
        assert b"<mark>eyes</mark>" in found.content
    for _ in range(16):
        assert b"<mark>eyes</mark>" in sol.post("/desk/search/box", {"words": "eyes"}).content
    for answer in (
        sol.post("/desk/search/box", {"words": "eyes"}),
        sol.post("/desk/search", {"words": "eyes"}, headers={"HX-Request": "true"}),
        sol.get(found.headers["HX-Push-Url"]),
        sol.get("/desk/team?after=~999", headers={"HX-Request": "true"}),
    ):
        assert b"A supervisor of your team can let you go on" in answer.content
        assert b"<mark>" not in answer.content
    assert sol.get("/desk/mine?after=~999", headers={"HX-Request": "true"}).status_code == 200


def test_a61_those_above_see_a_mark_and_one_of_them_lets_go_on(desk: cast.Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    narrow(monkeypatch)
    names = [cast.opens(cast.ada(), f"{each}", at=clock.now()) for each in range(4)]
    for name in names:
        conversations.assign(conversation=name, sight=desk.sol, agent_id=desk.sol.agent_id, at=clock.now())
    noor, sol = sit_down(desk.noor), sit_down(desk.sol)
    assert b"Nobody has read beyond their own in the last hour." in sol.get("/desk/watch").content
    noor.get(f"/desk/conversations/{names[0]}")
    assert "stopped" not in sol.get("/desk/watch?part").content.decode()
    assert [noor.get(f"/desk/conversations/{name}").status_code for name in names[1:3]] == [200, 403]
    assert "2, stopped" in sol.get("/desk/watch?part").content.decode()
    page, release = f"/desk/watch/{desk.noor.agent_id}", f"/desk/watch/{desk.noor.agent_id}/release"
    work = sol.get(page).content.decode()
    assert f'action="{release}"' in work
    assert len(re.findall(r"<td>A conversation</td>", work)) == 2
    refused = sol.post(release, {"words": " "})
    assert (refused.status_code, b"Please say in a few words why they may go on." in refused.content) == (422, True)
    assert noor.post(release, {"words": "I may"}).status_code == 403
    assert sit_down(desk.olek).post(release, {"words": "I may"}).status_code == 403
    assert sol.post(release, {"words": "She sorts the queue"}).headers["Location"] == f"{page}#read"
    after = sol.get(page).content.decode()
    assert "She sorts the queue" in after
    assert "Let go on by Sol Reyes" in after
    assert f'action="{release}"' not in after
    assert noor.get(f"/desk/conversations/{names[2]}").status_code == 200


def test_a61_nobody_lets_themselves_go_on(desk: cast.Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    narrow(monkeypatch)
    sol, names = sit_down(desk.sol), of_noor(desk, 3)
    assert [sol.get(f"/desk/conversations/{name}").status_code for name in names] == [200, 200, 403]
    own = f"/desk/watch/{desk.sol.agent_id}"
    assert f'action="{own}/release"' not in sol.get(own).content.decode()
    assert sol.post(f"{own}/release", {"words": "I may"}).status_code == 403
    assert sol.get(f"/desk/conversations/{names[2]}").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a61_a_stream_tells_nothing_that_the_page_would_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = cast.open_the_desk()
    narrow(monkeypatch)
    names, claims = of_noor(desk, 3), tokens.read(token_for(people.get_agent(desk.sol.agent_id), desk.sol, {}))
    timeline = Timeline(may_follow)
    with readers.connect() as connection:
        assert [len(timeline.backlog(connection, claims, name, 0, 500)) > 1 for name in (*names[:2], names[0])] == [True] * 3
        with pytest.raises(ConversationNotFound):
            timeline.backlog(connection, claims, names[2], 0, 500)
    assert sit_down(desk.sol).get(f"/desk/conversations/{names[2]}").status_code == 403


@pytest.fixture
def desk(db: None) -> cast.Desk:
    return cast.open_the_desk()
