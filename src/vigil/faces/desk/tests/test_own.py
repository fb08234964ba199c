"""One's own account: the profile, the password, the browsers."""

from typing import Any

import pytest
from django.test import Client

from tests import cast
from vigil.audit.queries import list_records
from vigil.kernel import clock
from vigil.team import queries as people

FORM = {"email": "noor@vigil.example", "password": cast.PASSWORD, "next": "/desk/mine"}
PROFILE: dict[str, Any] = {
    "public_name": "Noor H.",
    "languages": ["ru", "en"],
    "signature": "Noor, for the team",
    "zone": "Asia/Tokyo",
    "ui_language": "ru",
    "theme": "dark",
    "density": "dense",
}


@pytest.fixture
def hers(desk: cast.Desk, client: Client) -> Client:
    client.post("/desk/sign-in", FORM)
    return client


def test_a_profile_is_kept_and_the_desk_looks_like_it(desk: cast.Desk, hers: Client) -> None:
    assert hers.post("/desk/account", PROFILE)["Location"] == "/desk/account"
    agent = people.get_agent(desk.noor.agent_id)
    assert (agent.public_name, agent.languages, agent.zone, agent.ui_language) == ("Noor H.", ("ru", "en"), "Asia/Tokyo", "ru")
    assert people.get_signature(desk.noor.agent_id) == "Noor, for the team"
    page = hers.get("/desk/team").content.decode()
    assert '<html lang="ru" dir="ltr" data-theme="dark">' in page
    assert 'data-density="dense"' in page
    assert "Noor, for the team" in hers.get("/desk/account").content.decode()
    assert list_records(action="team.profile_changed").rows[0].actor == f"agent:{desk.noor.agent_id}"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"zone": "Moon/Crater"}, 400),
        ({"ui_language": "tlh"}, 400),
        ({"languages": ["en", "tlh"]}, 400),
        ({"theme": "pink"}, 400),
        ({"density": ""}, 400),
        ({"languages": []}, 422),
        ({"public_name": " "}, 422),
        ({"public_name": "N" * 500}, 422),
        ({"signature": "x" * 5000}, 422),
        ({"role": "admin"}, 400),
        ({"teams": ["1"]}, 400),
    ],
)
def test_a27_a60_what_nobody_may_choose_is_refused_and_nothing_is_kept(
    desk: cast.Desk, hers: Client, change: dict[str, Any], status: int
) -> None:
    before = people.get_agent(desk.noor.agent_id)
    assert hers.post("/desk/account", {**PROFILE, **change}).status_code in {status, 413, 400}
    assert people.get_agent(desk.noor.agent_id) == before


def test_a67_a_signature_that_holds_a_script_is_words_and_a_secret_in_it_is_gone(desk: cast.Desk, hers: Client) -> None:
    phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow"
    hers.post("/desk/account", {**PROFILE, "signature": f"<script>alert(1)</script> {phrase}", "public_name": "<b>Noor</b>"})
    page = hers.get("/desk/account").content.decode()
    assert "<script>alert" not in page
    assert "<b>Noor" not in page
    assert phrase not in page
    assert "sausage" not in people.get_signature(desk.noor.agent_id)


def test_v42_another_password_needs_the_present_one_and_ends_the_other_browsers(desk: cast.Desk, hers: Client) -> None:
    other = Client()
    other.post("/desk/sign-in", FORM)
    new = "seven calm otters swim"
    assert hers.post("/desk/account/password", {"old": "not hers", "new": new}).status_code == 403
    assert hers.post("/desk/account/password", {"old": cast.PASSWORD, "new": "short"}).status_code == 422
    assert other.get("/desk/mine").status_code == 200
    assert hers.post("/desk/account/password", {"old": cast.PASSWORD, "new": new}).status_code == 200
    assert hers.get("/desk/mine").status_code == 200
    assert other.get("/desk/mine").status_code == 302
    assert Client().post("/desk/sign-in", {**FORM, "password": new}).status_code == 302
    assert [row.details for row in list_records(action="team.password_changed").rows] == [{"by": "self"}]
    for _ in range(10):
        hers.post("/desk/account/password", {"old": "not hers", "new": new})
    assert hers.post("/desk/account/password", {"old": new, "new": cast.PASSWORD}).status_code == 429


def test_a30_a_browser_is_ended_from_another_and_nobody_elses_is(desk: cast.Desk, hers: Client) -> None:
    firefox = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"})
    olek = Client()
    firefox.post("/desk/sign-in", FORM)
    olek.post("/desk/sign-in", {**FORM, "email": "olek@vigil.example"})
    page = hers.get("/desk/account/sessions").content.decode()
    assert "Firefox, Linux" in page
    assert page.count("this browser") == 1
    (far,) = people.list_sessions(desk.olek.agent_id, at=clock.now())
    hers.post(f"/desk/account/sessions/{far.id}/end")
    assert olek.get("/desk/mine").status_code == 200
    (ended,) = [row.id for row in people.list_sessions(desk.noor.agent_id, at=clock.now()) if row.browser]
    hers.post(f"/desk/account/sessions/{ended}/end")
    assert firefox.get("/desk/mine").status_code == 302
    assert hers.get("/desk/mine").status_code == 200


def test_a30_v43_all_other_browsers_are_ended_and_their_tokens_die(desk: cast.Desk, hers: Client) -> None:
    others = [Client(), Client()]
    for each in others:
        each.post("/desk/sign-in", FORM)
    assert hers.post("/desk/account/sessions/others/end").status_code == 302
    assert [each.get("/desk/mine").status_code for each in others] == [302, 302]
    assert hers.get("/desk/live-token").status_code == 200
    assert list_records(action="team.other_sessions_ended").rows[0].details == {"count": 2}


def test_an_availability_is_kept_and_colleagues_read_it_beside_the_name(desk: cast.Desk, hers: Client) -> None:
    name = cast.opens(cast.ada())
    sol = Client()
    sol.post("/desk/sign-in", {**FORM, "email": "sol@vigil.example"})
    assert "<span>Noor Haddad</span>" in sol.get(f"/desk/conversations/{name}/menu").content.decode()
    assert hers.post("/desk/availability", {"availability": "away", "next": "/desk/mine"})["Location"] == "/desk/mine"
    assert '<option value="away" selected>' in hers.get("/desk/mine").content.decode()
    assert "<span>Noor Haddad · Away</span>" in sol.get(f"/desk/conversations/{name}/menu").content.decode()
    assert "not at the desk, set to “Away” · Agent" in sol.get("/desk/people").content.decode()
    assert hers.post("/desk/availability", {"availability": "gone", "next": "/desk/mine"}).status_code == 400
