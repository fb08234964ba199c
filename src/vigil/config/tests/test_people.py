"""What the keyboard of the house may do to people, and what the audit says of it."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests import cast
from vigil.audit.models import Record
from vigil.config import cli
from vigil.team import commands
from vigil.team.models import Agent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("word", "is_active", "action"), [("off", False, "team.switched_off"), ("out", True, "team.sessions_ended")])
def test_an_agent_is_switched_off_or_signed_out_by_email_and_it_is_recorded(word: str, is_active: bool, action: str) -> None:
    noor = cast.open_the_desk().noor.agent_id
    assert cli.main(["agents", word, "Noor@vigil.example"]) == 0
    agent = Agent.objects.get(id=noor)
    assert (agent.is_active, agent.session_epoch) == (is_active, 1)
    last = Record.objects.latest("number")
    assert (last.actor, last.action, last.subject) == ("system", action, f"agent:{noor}")


def test_whoever_was_switched_off_is_switched_on_again_and_no_session_with_them(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    noor = cast.open_the_desk().noor.agent_id
    form = {"email": "noor@vigil.example", "password": cast.PASSWORD, "next": "/desk/"}
    assert client.post("/desk/sign-in", form).status_code == 302
    cli.main(["agents", "off", "noor@vigil.example"])
    assert client.post("/desk/sign-in", form).status_code == 403
    assert cli.main(["agents", "on", "Noor@vigil.example"]) == 0
    assert "was not switched off" not in capsys.readouterr().out
    last = Record.objects.latest("number")
    assert (last.actor, last.action, last.subject) == ("system", "team.switched_on", f"agent:{noor}")
    assert client.get("/desk/team").status_code == 302, "the session of before is dead"
    assert client.post("/desk/sign-in", form).status_code == 302, "the password of before is good"


def test_switching_on_who_never_was_off_changes_and_records_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    cast.open_the_desk()
    records = Record.objects.count()
    assert cli.main(["agents", "on", "noor@vigil.example"]) == 0
    assert capsys.readouterr().out == "noor@vigil.example was not switched off.\n"
    assert Record.objects.count() == records
    assert cli.main(["agents", "on", "nobody@vigil.example"]) == 1


def test_the_team_is_listed_and_a_stranger_is_not_found(capsys: pytest.CaptureFixture[str]) -> None:
    cast.open_the_desk()
    cli.main(["agents", "off", "sol@vigil.example"])
    assert cli.main(["agents"]) == 0
    listed = capsys.readouterr().out
    assert "noor@vigil.example" in listed
    assert "Sol Reyes  (switched off)" in listed
    assert cli.main(["agents", "off", "nobody@vigil.example"]) == 1
    assert cli.main(["agents", "promote", "noor@vigil.example"]) == 2


def test_an_empty_house_says_how_somebody_comes_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["agents"]) == 0
    assert "vigil agents hire" in capsys.readouterr().out
    assert cli.main(["agents", "--help"]) == 0
    assert "--public-name" in capsys.readouterr().out


def test_whoever_is_hired_gets_a_link_that_opens_the_desk(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    commands.ensure_teams_of_the_profile()
    words = ["agents", "hire", "mika@vigil.example", "Mika Sato", "--language", "ja", "--language", "en", "--team", "apac"]
    assert cli.main(words) == 0
    link = re.search(r"^  (http\S+)$", capsys.readouterr().out, re.MULTILINE)
    assert link is not None
    page = urlsplit(link[1]).path
    assert client.get(page).status_code == 200
    assert client.post(page, {"password": "quiet-harbour-lantern-7"}).status_code == 200
    hired = Agent.objects.get(email="mika@vigil.example")
    assert hired.check_password("quiet-harbour-lantern-7")
    assert (hired.public_name, hired.role, hired.languages, hired.ui_language) == ("Mika", "agent", ["ja", "en"], "ja")
    assert cli.main(words) == 1
    assert capsys.readouterr().err == "vigil: somebody here has the e-mail mika@vigil.example already\n"


def test_words_that_hire_nobody_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["agents", "hire", "mika@vigil.example"])
    assert ended.value.code == 2
    assert "vigil agents hire EMAIL NAME" in capsys.readouterr().err
