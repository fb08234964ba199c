"""What those above see of the work of their teams, and nobody else."""

import re
from datetime import timedelta

from django.template.loader import render_to_string
from django.test import Client

from tests import cast
from vigil.conversations import commands as conversations
from vigil.faces.desk.presenters.clocks import Pill
from vigil.faces.desk.presenters.watch import WatchedQueue
from vigil.faces.desk.tests.conftest import Enter
from vigil.kernel import clock
from vigil.kernel.live.signs import Heard
from vigil.team import commands as team


def cells(html: str, name: str) -> list[str]:
    """Read the row of somebody: without marks, cell by cell."""
    row = next(each for each in html.split("<tr>") if name in each)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row.split("</td>")[:-1]]


def test_the_watch_says_who_is_there_what_each_has_and_who_waits_longest(desk: cast.Desk, enter: Enter) -> None:
    ada, wei = cast.ada(), cast.wei()
    first, second = cast.opens(ada, "first"), cast.opens(wei, "second")
    for name in (first, second):
        cast.answers(desk.noor, name, "Hello.", at=cast.later(1))
    cast.writes(ada, first, "And?", at=cast.later(2))
    cast.opens(wei, "untaken", queue="near-deposits")
    team.note_at_desk(agent_id=desk.noor.agent_id, at=clock.now())
    html = enter(desk.sol.agent_id).get("/desk/watch").content.decode()
    name, chats, held, wait = cells(html, "Noor Haddad")
    assert (name, chats, held) == ("Noor Haddad Available", "2", "2")
    assert re.fullmatch(r"waits \d+ (days?|wks?|mths?|yrs?|hr|min|sec), late", wait), wait
    assert cells(html, "Sol Reyes") == ["Sol Reyes not at the desk", "0", "0", "–"]
    assert cells(html, "Deposits")[1] == "1"
    assert "Olek" not in html
    part = enter(desk.sol.agent_id).get("/desk/watch?part").content.decode()
    assert "<html" not in part
    assert cells(part, "Noor Haddad")[1] == "2"


def test_the_longest_wait_and_that_of_whoever_is_most_overdue_do_not_read_as_one_figure() -> None:
    wait, late = "19 hr", Pill("waits 8 min, late", "bad")
    both = render_to_string("desk/_wait.html", {"load": WatchedQueue("", "", "2", wait, late)})
    assert re.sub(r"\s*<[^>]+>", "|", both).split("|") == ["", "19 hr", "", "", "most overdue", "", "waits 8 min, late", "", "\n"]
    assert "most overdue" not in render_to_string("desk/_wait.html", {"load": WatchedQueue("", "", "1", "", late)})


def test_the_watch_says_since_when_a_desk_is_silent_and_how_many_chats_went_back(desk: cast.Desk, enter: Enter) -> None:
    name, now = cast.opens(cast.ada(), "first"), clock.now()
    cast.answers(desk.noor, name, "Hello.", at=now - timedelta(seconds=90))
    team.note_at_desk(agent_id=desk.noor.agent_id, at=now)
    for seconds in range(-80, 1, 5):
        heard = {f"agent:{desk.noor.agent_id}:0": now - timedelta(seconds=75)} if seconds == -75 else {}
        team.keep_signs([Heard("one", now + timedelta(seconds=seconds), heard)])
    assert conversations.give_back_silent(agent_ids=[desk.noor.agent_id], at=now) == 1
    html = enter(desk.sol.agent_id).get("/desk/watch").content.decode()
    assert re.fullmatch(r"Noor Haddad silent since \d\d:\d\d Chats back in the queue: 1", cells(html, "Noor Haddad")[0])
    assert (
        "The desk of Noor Haddad fell silent. Back in the queue."
        in enter(desk.sol.agent_id).get(f"/desk/conversations/{name}").content.decode()
    )


def test_a59_an_agent_has_no_watch_and_a_supervisor_none_over_other_teams(desk: cast.Desk, noor: Client, enter: Enter) -> None:
    assert noor.get("/desk/watch").status_code == 403
    assert noor.get(f"/desk/watch/{desk.sol.agent_id}").status_code == 403
    assert "/desk/watch" not in noor.get("/desk/team").content.decode()
    sol = enter(desk.sol.agent_id)
    assert "/desk/watch" in sol.get("/desk/team").content.decode()
    assert sol.get(f"/desk/watch/{desk.olek.agent_id}").status_code == 404


def test_a_supervisor_looks_on_at_what_an_agent_has(desk: cast.Desk, enter: Enter) -> None:
    name = cast.opens(cast.ada(), "Held by Noor")
    cast.answers(desk.noor, name, "Hello.", at=cast.later(1))
    sol = enter(desk.sol.agent_id)
    html = sol.get(f"/desk/watch/{desk.noor.agent_id}").content.decode()
    assert f'href="/desk/conversations/{name}"' in html
    assert sol.get(f"/desk/conversations/{name}").status_code == 200


def test_whoever_sees_several_teams_reads_whose_queue_it_is(desk: cast.Desk, noor: Client, enter: Enter) -> None:
    name = cast.opens(cast.ada(), "Hello?")
    menu = noor.get(f"/desk/conversations/{name}/menu").content.decode()
    assert "<span>Near · General</span>" in menu
    assert "<span>Far · America</span>" in menu
    assert "<h3" not in noor.get("/desk/team").content.decode(), "Noor works for one team"
    ama = team.ensure_agent(
        email="ama@vigil.example",
        name="Ama Boss",
        public_name="Ama",
        role="admin",
        languages=["en"],
        team_ids=[],
        password=cast.PASSWORD,
    )
    boss = enter(ama)
    shown = boss.get("/desk/queues/emea-general").content.decode()
    assert re.findall(r"<h3[^>]*>([^<]+)</h3>", shown) == ["Near", "Far"]
    assert "Near · General" in shown
    assert "Far · America" in boss.get("/desk/watch").content.decode()
