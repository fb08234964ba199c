"""The people of the team, as the pages show them to those above."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vigil.faces.desk.doors import Visitor
from vigil.faces.desk.presenters.account import Choice
from vigil.faces.desk.words import availability_name
from vigil.languages import formats
from vigil.languages.table import find_language, list_languages
from vigil.team.capabilities import TABLE
from vigil.team.commands import Hiring
from vigil.team.queries import PersonRow, TeamRow, is_at_desk

NOBODY = Hiring("", "", "", "agent", (), ())


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody may be: a role, teams and languages."""

    roles: tuple[Choice, ...]
    teams: tuple[Choice, ...]
    languages: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """Somebody, as a row and as a page."""

    id: int
    name: str
    email: str
    role: str
    teams: str
    languages: tuple[tuple[str, str], ...]
    seen: str
    is_active: bool
    has_second_factor: bool
    is_self: bool
    standing: str
    choices: Choices | None = None


def show_people(people: Iterable[PersonRow], visitor: Visitor) -> list[ShownPerson]:
    """Show everybody as rows."""
    return [_shown(row, visitor) for row in people]


def show_person(row: PersonRow, teams: Sequence[TeamRow], visitor: Visitor) -> ShownPerson:
    """Show one, with what they may be made."""
    return _shown(row, visitor, show_choices(row.role, row.teams, row.languages, teams))


def show_choices(role: str, teams: Collection[str], languages: Collection[str], every_team: Sequence[TeamRow]) -> Choices:
    """Show what somebody may be, with what is chosen."""
    spoken = [each for each in list_languages() if not each.is_pseudo]
    return Choices(
        tuple(Choice(key, role_name(key), key == role) for key in TABLE),
        tuple(Choice(team.key, team.name, team.key in teams) for team in every_team),
        tuple(Choice(each.code, each.own_name, each.code in languages) for each in spoken),
    )


def show_taken(number: int, visitor: Visitor) -> str:
    """Say how many conversations somebody has now."""
    # Translators: any number from 0; read by whoever is about to remove that colleague.
    return _("Conversations they have now: %(n)s") % {"n": formats.capped_count(number, visitor.language)}


def role_name(role: str) -> str:
    """Say a role in the active language."""
    return {"agent": _("Agent"), "supervisor": _("Supervisor"), "admin": _("Administrator")}.get(role, role)


def _shown(row: PersonRow, visitor: Visitor, choices: Choices | None = None) -> ShownPerson:
    found = [find_language(code) for code in row.languages]
    seen = formats.moment(row.at_desk_at, visitor.language, visitor.agent.zone, now=visitor.at) if row.at_desk_at else ""
    return ShownPerson(
        row.id,
        row.name,
        row.email,
        role_name(row.role),
        " · ".join(row.team_names),
        tuple((each.code, each.own_name) for each in found if each is not None),
        seen,
        row.is_active,
        row.has_second_factor,
        row.id == visitor.agent.id,
        _standing(row, visitor),
        choices,
    )


def _standing(row: PersonRow, visitor: Visitor) -> str:
    """Say what they have said of themselves; of whoever is not there, that first, as the watch does."""
    said = availability_name(row.availability)
    if is_at_desk(row, at=visitor.at):
        return said
    # Translators: of a colleague who is not there, and whose own switch still says Available, Busy or Away.
    return _("not at the desk, set to “%(availability)s”") % {"availability": said}
