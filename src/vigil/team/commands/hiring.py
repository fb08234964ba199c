"""How the first people, and all later ones, come to work here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from vigil.audit.commands import record
from vigil.languages.table import find_language
from vigil.safety import commands as safety
from vigil.team import resets
from vigil.team.capabilities import Capability, may
from vigil.team.commands.staff import NAME_LIMIT, PUBLIC_NAME_LIMIT, ensure_queue, ensure_team
from vigil.team.errors import CannotHire
from vigil.team.models import Agent, Role, Team
from vigil.workspace.profile import profile

# A first link is carried by hand, perhaps into another hour of the day; later ones go by mail and are short.
FIRST_LINK_KEEPS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Hiring:
    """Who comes to work here, in which teams (by key), and in which languages, the strongest first."""

    email: str
    name: str
    public_name: str
    role: str
    languages: Sequence[str]
    teams: Sequence[str]
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Hired:
    """Who was hired, and the token of the link by which they choose their first password: it works once, for a day."""

    agent_id: int
    token: str


def ensure_teams_of_the_profile() -> int:
    """Make the profile's teams and queues that are missing, and count its queues; what is there stays as it is. May be repeated."""
    with transaction.atomic():
        for team in profile().teams:
            team_id = ensure_team(key=team.key, name=team.name)
            for position, queue in enumerate(team.queues):
                ensure_queue(key=queue.key, name=queue.name, team_id=team_id, position=position)
    return sum(len(team.queues) for team in profile().teams)


def hire(hiring: Hiring, *, actor: str, at: datetime) -> Hired:
    """Let somebody work here who has no password yet; only the link that this gives lets them choose one.

    `actor` is "system" or "agent:5", as the audit names one. Raises CannotHire, which says what is wrong in English.
    """
    email, languages = _address(hiring.email), _languages(hiring.languages)
    if hiring.role not in Role.values:
        raise CannotHire(f"there is no role {hiring.role!r}: it is one of {', '.join(Role.values)}")
    if hiring.zone not in available_timezones():
        raise CannotHire(f"there is no zone {hiring.zone!r}: write it as Asia/Tokyo")
    with transaction.atomic():
        teams = _teams(hiring)
        if Agent.objects.filter(email__iexact=email).exists():
            raise CannotHire(f"somebody here has the e-mail {email} already")
        agent = Agent(email=email, role=hiring.role, languages=languages, ui_language=languages[0], zone=hiring.zone)
        agent.name = safety.mask_line(hiring.name, NAME_LIMIT)
        agent.public_name = safety.mask_line(hiring.public_name, PUBLIC_NAME_LIMIT)
        agent.set_unusable_password()
        agent.save()
        agent.teams.set(teams)
        record(actor=actor, action="team.hired", subject=f"agent:{agent.id}", at=at, details={"role": hiring.role})
    return Hired(agent.id, resets.write(agent, until=int((at + FIRST_LINK_KEEPS).timestamp())))


def _address(email: str) -> str:
    try:
        validate_email(email.strip())
    except ValidationError:
        raise CannotHire(f"{email!r} is no e-mail address") from None
    return email.strip().lower()


def _languages(codes: Sequence[str]) -> list[str]:
    found = [find_language(code) for code in codes]
    unknown = [code for code, language in zip(codes, found, strict=True) if language is None]
    if unknown or not codes:
        raise CannotHire(f"the desk speaks {', '.join(profile().languages)}, not {', '.join(unknown) or 'none'}")
    return list(dict.fromkeys(language.code for language in found if language is not None))


def _teams(hiring: Hiring) -> list[Team]:
    known = {team.key: team for team in Team.objects.all()}
    unknown = [key for key in hiring.teams if key not in known]
    if unknown:
        raise CannotHire(f"there is no team {', '.join(unknown)}: there are {', '.join(known) or 'none; run `vigil prepare`'}")
    # An admin sees every team; everybody else would sit before an empty desk.
    if not hiring.teams and not may(hiring.role, Capability.SEE_EVERY_TEAM):
        raise CannotHire(f"{hiring.role}s work in a team: name it with --team; there are {', '.join(known) or 'none; run `vigil prepare`'}")
    return [known[key] for key in dict.fromkeys(hiring.teams)]
