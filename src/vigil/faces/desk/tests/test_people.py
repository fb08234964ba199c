"""Those above look after the people of their teams, and nobody else does."""

import re
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import cast
from vigil.audit.queries import list_records
from vigil.conversations import commands as conversations
from vigil.conversations.jobs import give_back
from vigil.conversations.queries import find_conversation
from vigil.kernel import clock
from vigil.kernel.models import Letter
from vigil.kernel.post.templates import get_template
from vigil.team import commands as team
from vigil.team import queries as people

NEW = {
    "email": "Yuki@vigil.example",
    "name": "Yuki Tan",
    "public_name": "Yuki",
    "role": "agent",
    "teams": ["near"],
    "languages": ["ja", "en"],
}


def comes_in(email: str) -> Client:
    client = Client()
    client.post("/desk/sign-in", {"email": email, "password": cast.PASSWORD, "next": "/desk/"})
    return client


@pytest.fixture
def boss(desk: cast.Desk) -> Client:
    """Let there be an administrator, signed in."""
    team.ensure_agent(
        email="boss@vigil.example",
        name="Ama Boss",
        public_name="Ama",
        role="admin",
        languages=["en"],
        team_ids=[],
        password=cast.PASSWORD,
    )
    return comes_in("boss@vigil.example")


def test_somebody_is_invited_by_letter_and_chooses_a_password_by_its_link(desk: cast.Desk, boss: Client) -> None:
    answer = boss.post("/desk/people/invitation", NEW)
    yuki = people.find_agent_id("yuki@vigil.example")
    assert answer["Location"] == f"/desk/people/{yuki}"
    letter = Letter.objects.latest("id")
    assert (letter.to, letter.template, letter.language) == ("yuki@vigil.example", "team.invited", "ja")
    found = re.search(r"http\S+", get_template(letter.template).render(letter.args, "en").text)
    assert found
    path = found[0].partition("8000")[2]
    form = Client().get(path, headers={"accept-language": "en"}).content.decode()
    assert '<html lang="ja"' in form, "as the letter"
    assert "<h1>パスワードの設定</h1>" in form
    done = Client().post(path, {"password": "seven calm otters swim"}, headers={"accept-language": "en"})
    assert done.status_code == 200
    assert "<p>チームへようこそ。メールアドレスとこのパスワードでログインしてください。</p>" in done.content.decode()
    assert Client().post(path, {"password": "eight calm otters swim"}).status_code == 410
    hired = list_records(action="team.hired").rows[0]
    assert (hired.actor, hired.details) == (f"agent:{people.find_agent_id('boss@vigil.example')}", {"role": "agent"})


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"email": "noor@vigil.example"}, 422),
        ({"email": "nobody"}, 422),
        ({"teams": []}, 422),
        ({"teams": ["moon"]}, 422),
        ({"languages": []}, 422),
        ({"role": "owner"}, 422),
        ({"is_active": "1"}, 400),
    ],
)
def test_a27_v44_nobody_is_invited_wider_than_the_form_says(desk: cast.Desk, boss: Client, change: dict[str, Any], status: int) -> None:
    letters = Letter.objects.count()
    assert boss.post("/desk/people/invitation", {**NEW, **change}).status_code == status
    assert people.find_agent_id("yuki@vigil.example") is None
    assert Letter.objects.count() == letters


def test_a59_a_supervisor_sees_the_own_team_and_for_others_nobody_is_there(desk: cast.Desk, boss: Client) -> None:
    sol = comes_in("sol@vigil.example")
    page = sol.get("/desk/people").content.decode()
    assert "Noor Haddad" in page
    assert "Olek" not in page
    assert "Ama" not in page
    for path in ("", "/factors/reset", "/sessions/end"):
        far = sol.get(f"/desk/people/{desk.olek.agent_id}") if not path else sol.post(f"/desk/people/{desk.olek.agent_id}{path}")
        none = sol.get("/desk/people/999999") if not path else sol.post(f"/desk/people/999999{path}")
        assert (far.status_code, none.status_code) == (404, 404), path
    assert "Olek" in boss.get("/desk/people").content.decode()


def test_a60_a_supervisor_helps_agents_and_nobody_who_stands_as_high(desk: cast.Desk, boss: Client) -> None:
    sol = comes_in("sol@vigil.example")
    near = people.get_person(desk.noor.agent_id, desk.noor).teams
    peer = team.ensure_agent(
        email="peer@vigil.example",
        name="Pia",
        public_name="Pia",
        role="supervisor",
        languages=["en"],
        team_ids=desk.sol.team_ids,
        password="x",
    )
    assert near == ("near",)
    noor = comes_in("noor@vigil.example")
    assert sol.post(f"/desk/people/{desk.noor.agent_id}/sessions/end").status_code == 302
    assert noor.get("/desk/mine").status_code == 302
    for who in (peer, desk.sol.agent_id):
        assert sol.post(f"/desk/people/{who}/sessions/end").status_code == 403
        assert sol.post(f"/desk/people/{who}/factors/reset").status_code == 403
    for path in ("standing", "removal", "return"):
        assert sol.post(f"/desk/people/{desk.noor.agent_id}/{path}", {}).status_code == 403


def test_lost_factors_are_reset_from_above_and_the_person_is_told(desk: cast.Desk, boss: Client) -> None:
    team.add_passkey(agent_id=desk.noor.agent_id, session_id=0, credential=b"x", secret=b"x", counter=0, name="", at=clock.now())
    assert comes_in("sol@vigil.example").post(f"/desk/people/{desk.noor.agent_id}/factors/reset").status_code == 302
    assert not people.get_agent(desk.noor.agent_id).has_second_factor
    letter = Letter.objects.latest("id")
    assert (letter.to, letter.args["what"]) == ("noor@vigil.example", "reset")
    assert list_records(action="team.factors_reset").rows[0].actor == f"agent:{desk.sol.agent_id}"


def test_v42_v43_another_role_or_team_ends_the_sessions_and_is_recorded(desk: cast.Desk, boss: Client) -> None:
    noor = comes_in("noor@vigil.example")
    same = {"role": "agent", "teams": ["near"], "languages": ["en", "ko"]}
    assert boss.post(f"/desk/people/{desk.noor.agent_id}/standing", same).status_code == 302
    assert noor.get("/desk/mine").status_code == 200
    assert people.get_agent(desk.noor.agent_id).languages == ("en", "ko")
    boss.post(f"/desk/people/{desk.noor.agent_id}/standing", {**same, "teams": ["far"]})
    assert noor.get("/desk/mine").status_code == 302
    assert people.get_person(desk.noor.agent_id, people.get_sight(desk.olek.agent_id)).teams == ("far",)
    assert len(list_records(action="team.standing_changed").rows) == 2


def test_a80_whoever_is_removed_is_out_at_once_and_their_conversations_go_back(desk: cast.Desk, boss: Client) -> None:
    noor, name = comes_in("noor@vigil.example"), cast.opens(cast.ada())
    conversations.assign(conversation=name, sight=desk.noor, agent_id=desk.noor.agent_id, at=cast.later())
    asked = boss.get(f"/desk/people/{desk.noor.agent_id}").content.decode()
    # One click asks, and says what will happen; the second does it.
    assert re.search(r'<details class="asks"><summary[^>]*>Remove from the team</summary><form [^>]*/removal">', asked)
    assert "Remove Noor Haddad from the team?" in asked
    assert "Conversations they have now: 1<" in asked
    assert boss.post(f"/desk/people/{desk.noor.agent_id}/removal").status_code == 302
    assert noor.get("/desk/mine").status_code == 302
    job = ProcrastinateJob.objects.get(task_name="conversations.give_back")
    give_back.run(**job.args)
    row = find_conversation(name, desk.sol)
    assert row is not None
    assert row.assignee_id is None
    assert "no access" in boss.get("/desk/people").content.decode()
    assert boss.post(f"/desk/people/{desk.noor.agent_id}/return").status_code == 302
    assert comes_in("noor@vigil.example").get("/desk/mine").status_code == 200


def test_a60_the_last_administrator_neither_leaves_nor_steps_down(desk: cast.Desk, boss: Client) -> None:
    own = people.find_agent_id("boss@vigil.example")
    down = {"role": "agent", "teams": ["near"], "languages": ["en"]}
    assert boss.post(f"/desk/people/{own}/removal").status_code == 409
    assert boss.post(f"/desk/people/{own}/standing", down).status_code == 409
    boss.post(f"/desk/people/{desk.sol.agent_id}/standing", {**down, "role": "admin"})
    assert boss.post(f"/desk/people/{own}/standing", down).status_code == 302
    assert boss.get("/desk/people").status_code == 302


def test_a58_people_are_changed_only_after_the_password(desk: cast.Desk, boss: Client) -> None:
    session = boss.session
    session["confirmed_at"] = 0
    session.save()
    answer = boss.post(
        f"/desk/people/{desk.noor.agent_id}/removal", headers={"referer": f"http://testserver/desk/people/{desk.noor.agent_id}"}
    )
    assert answer["Location"].startswith("/desk/confirm?next=%2Fdesk%2Fpeople%2F")
    assert people.get_agent(desk.noor.agent_id)


def test_whoever_is_not_at_the_desk_is_not_called_available_wherever_it_is_said(desk: cast.Desk, boss: Client) -> None:
    team.note_at_desk(agent_id=desk.noor.agent_id, at=clock.now())
    page = boss.get("/desk/people").content.decode()
    said = {name: re.search(rf"{name}</b>.*?<small>([^<]*?) · ", page, re.DOTALL) for name in ("Noor Haddad", "Sol Reyes")}
    assert [found and found[1] for found in said.values()] == ["Available", "not at the desk, set to “Available”"]
    watch = boss.get("/desk/watch").content.decode()
    assert re.search(r"Sol Reyes</a> <span[^>]*>not at the desk</span>", watch)
