"""What the keyboard of the house may do to people, and what the audit says of it."""

import pytest

from tests import cast
from vigil.audit.models import Record
from vigil.config import cli
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


def test_the_team_is_listed_and_a_stranger_is_not_found(capsys: pytest.CaptureFixture[str]) -> None:
    cast.open_the_desk()
    cli.main(["agents", "off", "sol@vigil.example"])
    assert cli.main(["agents"]) == 0
    listed = capsys.readouterr().out
    assert "noor@vigil.example" in listed
    assert "Sol Reyes  (switched off)" in listed
    assert cli.main(["agents", "off", "nobody@vigil.example"]) == 1
    assert cli.main(["agents", "promote", "noor@vigil.example"]) == 2
