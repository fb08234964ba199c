"""Coming in: who may, how often, and what a session is worth afterwards."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from tests import cast
from vigil.audit.queries import list_records
from vigil.kernel import clock
from vigil.kernel.models import Letter
from vigil.kernel.post.templates import get_template
from vigil.team import commands as team
from vigil.team.commands.resetting import write_reset_letter
from vigil.team.errors import ResetLinkDead
from vigil.team.jobs import send_reset_letter

FORM = {"email": "noor@vigil.example", "password": cast.PASSWORD, "next": "/desk/"}


def actions() -> list[str]:
    return [record.action for record in list_records(limit=50).rows]


def test_an_agent_comes_in_and_goes_on_where_they_wanted(desk: cast.Desk, client: Client) -> None:
    answer = client.post("/desk/sign-in", {**FORM, "email": "NOOR@vigil.example", "next": "/desk/mine"})
    assert answer.status_code == 302
    assert answer["Location"] == "/desk/mine"
    assert client.get("/desk/mine").status_code == 200
    assert "team.signed_in" in actions()


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example/desk/", "/desk/../admin", "/elsewhere", "/desk/\\evil", "/desk//x"]
)
def test_nobody_is_sent_away_from_the_desk(desk: cast.Desk, client: Client, where: str) -> None:
    answer = client.post("/desk/sign-in", {**FORM, "next": where})
    assert answer["Location"] == "/desk/"


def test_a18_a_wrong_password_and_an_unknown_account_look_the_same(desk: cast.Desk, client: Client) -> None:
    team.switch_off(agent_id=desk.sol.agent_id, actor="system", at=cast.later())
    pages = [
        client.post("/desk/sign-in", {**FORM, **wrong})
        for wrong in (
            {"password": "not the password"},
            {"email": "nobody@vigil.example"},
            {"email": "sol@vigil.example"},
        )
    ]
    bodies = {re.sub(r'(name="csrfmiddlewaretoken" value|value)="[^"]*"', "", page.content.decode()) for page in pages}
    assert len(bodies) == 1
    assert {page.status_code for page in pages} == {403}
    assert actions().count("team.sign_in_refused") == 3


def test_a18_v40_an_unknown_account_costs_one_hash_like_a_known_one(
    desk: cast.Desk, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []

    def make(password: str) -> str:
        hashed.append("made")
        return "x"

    def check(password: str, kept: str) -> bool:
        hashed.append("checked")
        return False

    monkeypatch.setattr("vigil.team.commands.access.make_password", make)
    monkeypatch.setattr("vigil.team.commands.access.check_password", check)
    client.post("/desk/sign-in", {**FORM, "email": "nobody@vigil.example"})
    client.post("/desk/sign-in", FORM)
    assert hashed == ["made", "checked"]


def test_too_many_tries_are_refused_with_a_sentence_and_a_time_even_with_the_right_password(desk: cast.Desk, client: Client) -> None:
    for _ in range(10):
        assert client.post("/desk/sign-in", {**FORM, "password": "wrong wrong wrong"}).status_code == 403
    answer = client.post("/desk/sign-in", FORM)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 900
    assert "too many tries" in answer.content.decode()
    assert "team.sign_in_throttled" in actions()
    later = clock.now() + timedelta(minutes=16)
    with clock.set_to(lambda: later):
        assert client.post("/desk/sign-in", FORM).status_code == 302


def test_a30_v42_the_session_gets_a_new_id_at_sign_in(desk: cast.Desk, client: Client) -> None:
    session = client.session
    session["planted"] = True
    session.save()
    before = client.cookies["vigil"].value
    client.post("/desk/sign-in", FORM)
    assert client.cookies["vigil"].value != before
    stranger = Client()
    stranger.cookies["vigil"] = before
    assert stranger.get("/desk/team").status_code == 302


def test_a30_a_session_dies_at_sign_out(desk: cast.Desk, client: Client) -> None:
    client.post("/desk/sign-in", FORM)
    kept = client.cookies["vigil"].value
    client.post("/desk/sign-out")
    again = Client()
    again.cookies["vigil"] = kept
    assert again.get("/desk/team").status_code == 302
    assert "team.signed_out" in actions()


@pytest.mark.parametrize("deed", ["epoch", "password", "off"])
def test_a30_a_session_dies_within_one_request_when_it_was_ended(desk: cast.Desk, noor: Client, deed: str) -> None:
    assert noor.get("/desk/team").status_code == 200
    if deed == "epoch":
        team.end_sessions(agent_id=desk.noor.agent_id, actor="system", at=cast.later())
    elif deed == "password":
        team.change_password(agent_id=desk.noor.agent_id, password="another long pass phrase")
    else:
        team.switch_off(agent_id=desk.noor.agent_id, actor="system", at=cast.later())
    assert noor.get("/desk/team").status_code == 302
    assert noor.get("/desk/live-token", headers={"accept": "application/json"}).status_code == 401


def test_an_unknown_field_at_the_door_is_named(desk: cast.Desk, client: Client) -> None:
    answer = client.post("/desk/sign-in", {**FORM, "is_admin": "1"}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (400, "unknown_field")


def test_a29_signing_in_needs_a_form_of_ours(desk: cast.Desk) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/desk/sign-in", FORM).status_code == 403
    assert strict.post("/desk/sign-in", '{"email": "x"}', content_type="text/plain").status_code == 403


def link_for(agent_id: int) -> str:
    write_reset_letter(agent_id=agent_id, at=clock.now())
    letter = Letter.objects.latest("id")
    text = get_template("team.reset").render(letter.args, letter.language).text
    found = re.search(r"http\S+", text)
    assert found
    return found[0]


def test_a17_the_link_in_the_letter_never_follows_the_host_header(desk: cast.Desk, client: Client) -> None:
    # The address is one we answer to, so that nothing stops the request before the letter: even then it names our own.
    hostile = {"HTTP_HOST": "localhost:8666", "HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_FORWARDED": "host=evil.example"}
    assert client.post("/desk/reset", {"email": "noor@vigil.example"}, **hostile).status_code == 200  # type: ignore[arg-type]  # headers are no options of the stubs
    job = ProcrastinateJob.objects.get(task_name="team.send_reset_letter")
    assert job.args == {"agent_id": desk.noor.agent_id}
    send_reset_letter.run(**job.args)
    letter = Letter.objects.latest("id")
    text = get_template("team.reset").render(letter.args, letter.language).text
    assert re.findall(r"https?://[^/\s]+", text) == ["http://127.0.0.1:8000"]
    assert client.post("/desk/reset", {"email": "noor@vigil.example"}, HTTP_HOST="evil.example").status_code == 400


def test_a18_v40_asking_for_a_password_answers_the_same_for_everybody(
    desk: cast.Desk, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    known = client.post("/desk/reset", {"email": "noor@vigil.example"})
    unknown = client.post("/desk/reset", {"email": "nobody@vigil.example"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    with django_assert_num_queries(6):
        client.post("/desk/reset", {"email": "sol@vigil.example"})
    with django_assert_num_queries(6):
        client.post("/desk/reset", {"email": "nobody2@vigil.example"})


def test_v39_a_reset_link_works_once_and_signs_out_everywhere(desk: cast.Desk, noor: Client, client: Client) -> None:
    path = link_for(desk.noor.agent_id).partition("8000")[2]
    assert client.get(path).status_code == 200
    weak = client.post(path, {"password": "password1234"})
    assert weak.status_code == 422
    assert client.post(path, {"password": "seven calm otters swim"}).status_code == 200
    assert noor.get("/desk/team").status_code == 302
    assert client.post(path, {"password": "eight calm otters swim"}).status_code == 410
    assert client.post("/desk/sign-in", {**FORM, "password": "seven calm otters swim"}).status_code == 302
    assert "team.password_changed" in actions()


def test_v39_a_newer_request_makes_the_older_link_worthless(desk: cast.Desk) -> None:
    older = link_for(desk.noor.agent_id).rsplit("/", 1)[1]
    newer = link_for(desk.noor.agent_id).rsplit("/", 1)[1]
    with pytest.raises(ResetLinkDead):
        team.reset_password(token=older, password="seven calm otters swim", at=clock.now())
    team.reset_password(token=newer, password="seven calm otters swim", at=clock.now())


def test_v39_a_reset_link_dies_after_thirty_minutes_and_cannot_be_forged(desk: cast.Desk) -> None:
    token = link_for(desk.noor.agent_id).rsplit("/", 1)[1]
    with pytest.raises(ResetLinkDead):
        team.reset_password(token=token, password="seven calm otters swim", at=clock.now() + timedelta(minutes=31))
    forged = signing.Signer(key="another", salt="vigil.reset").sign_object({"a": desk.noor.agent_id, "f": "", "x": 9_999_999_999})
    for bad in (forged, token[:-1], "", "a:b"):
        with pytest.raises(ResetLinkDead):
            team.reset_password(token=bad, password="seven calm otters swim", at=clock.now())


@pytest.mark.parametrize("path", ["/desk/setup", "/desk/install", "/setup", "/install", "/admin/", "/desk/users/new"])
def test_v46_there_is_no_wizard_to_be_found(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404
