"""How people come to work here, and how an installation gets its teams."""

from datetime import timedelta
from typing import Any

import pytest

from tests import cast
from vigil.audit.queries import list_records
from vigil.kernel import clock
from vigil.team import commands, queries
from vigil.team.errors import CannotHire, PasswordTooWeak, QueueMissing, ResetLinkDead, SignInRefused
from vigil.team.models import Agent, Queue, Team
from vigil.workspace.profile import profile

pytestmark = pytest.mark.django_db
GOOD = "quiet-harbour-lantern-7"


def hiring(**changes: Any) -> commands.Hiring:
    """Say who comes, sound unless changed."""
    sound: dict[str, Any] = {
        "email": "Yuki@Vigil.example",
        "name": "Yuki Tan",
        "public_name": "Yuki",
        "role": "agent",
        "languages": ["ja", "en"],
        "teams": ["apac"],
    }
    return commands.Hiring(**{**sound, **changes})


def hire(**changes: Any) -> commands.Hired:
    commands.ensure_teams_of_the_profile()
    return commands.hire(hiring(**changes), actor="system", at=clock.now())


def test_the_profiles_teams_are_made_once_and_what_is_there_stays_as_it_is() -> None:
    count = commands.ensure_teams_of_the_profile()
    Queue.objects.filter(key="emea-general").update(name="Front desk")
    assert commands.ensure_teams_of_the_profile() == count == Queue.objects.count() == 21
    assert set(Team.objects.values_list("key", flat=True)) == {"apac", "emea", "amer"}
    assert Queue.objects.get(key="emea-general").name == "Front desk"
    assert queries.missing_queues(profile().intake) == set()


def test_a_queue_that_nobody_has_is_a_refusal_that_says_when_to_come_back() -> None:
    with pytest.raises(QueueMissing) as refused:
        queries.get_queue("emea-general")
    assert (refused.value.status, refused.value.retry_after) == (503, 60)
    assert queries.missing_queues(profile().intake) == profile().intake


def test_whoever_is_hired_has_no_password_until_the_link_chose_one_and_it_is_recorded() -> None:
    hired, at = hire(), clock.now()
    for guess in ("", "!", Agent.objects.get(id=hired.agent_id).password):
        with pytest.raises(SignInRefused):
            commands.sign_in(commands.Entrant("yuki@vigil.example", guess, "192.0.2.1"), at=at)
    with pytest.raises(PasswordTooWeak):
        commands.reset_password(token=hired.token, password="short", at=at)
    commands.reset_password(token=hired.token, password=GOOD, at=at)
    admitted = commands.sign_in(commands.Entrant("yuki@vigil.example", GOOD, "192.0.2.1"), at=at)
    assert (admitted.agent_id, admitted.must_prove) == (hired.agent_id, False)
    (first,) = list_records(action="team.hired").rows
    assert (first.actor, first.subject, first.details) == ("system", f"agent:{hired.agent_id}", {"role": "agent"})


def test_v38_the_first_link_works_once_and_for_a_day() -> None:
    hired, at = hire(), clock.now()
    with pytest.raises(ResetLinkDead):
        commands.reset_password(token=hired.token, password=GOOD, at=at + timedelta(hours=24, seconds=1))
    commands.reset_password(token=hired.token, password=GOOD, at=at + timedelta(hours=23))
    with pytest.raises(ResetLinkDead):
        commands.reset_password(token=hired.token, password=GOOD, at=at)


def test_v38_the_first_link_is_dead_once_a_newer_one_was_sent_or_the_access_was_ended() -> None:
    hired, at = hire(), clock.now()
    commands.write_reset_letter(agent_id=hired.agent_id, at=at)
    with pytest.raises(ResetLinkDead):
        commands.reset_password(token=hired.token, password=GOOD, at=at)
    other = hire(email="rin@vigil.example")
    commands.switch_off(agent_id=other.agent_id, actor="system", at=at)
    with pytest.raises(ResetLinkDead):
        commands.reset_password(token=other.token, password=GOOD, at=at)


def test_a_new_colleague_sees_the_own_teams_and_an_admin_needs_none() -> None:
    sight = queries.get_sight(hire().agent_id)
    assert sight.team_ids == (Team.objects.get(key="apac").id,)
    assert len(queries.get_sight(hire(email="boss@vigil.example", role="admin", teams=[]).agent_id).team_ids) == 3
    described = queries.get_agent(Agent.objects.get(email="yuki@vigil.example").id)
    assert (described.languages, described.ui_language, described.public_name) == (("ja", "en"), "ja", "Yuki")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "yuki"}, "no e-mail address"),
        ({"role": "owner"}, "there is no role"),
        ({"teams": ["moon"]}, "there is no team moon: there are amer, apac, emea"),
        ({"teams": []}, "agents work in a team"),
        ({"languages": ["tlh"]}, "not tlh"),
        ({"languages": []}, "not none"),
        ({"zone": "Moon/Crater"}, "there is no zone"),
    ],
)
def test_whoever_cannot_be_hired_so_is_not_hired_and_the_reason_is_said(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(CannotHire, match=said):
        hire(**changes)
    assert not queries.is_somebody_hired()
    assert list_records().rows == ()


def test_nobody_is_hired_twice_whatever_the_case_of_the_address() -> None:
    cast.open_the_desk()
    with pytest.raises(CannotHire, match="already"):
        hire(email="NOOR@vigil.example")
