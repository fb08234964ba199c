"""What agents say about themselves, and how they want to see the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction

from vigil.audit.commands import record
from vigil.languages.table import find_language
from vigil.safety import commands as safety
from vigil.team.commands.staff import PUBLIC_NAME_LIMIT
from vigil.team.errors import KeysClash, ProfileIncomplete
from vigil.team.models import Agent, Availability, Density, Theme
from vigil.team.rules import DEEDS, KEYS, clash_of

# In letters.
SIGNATURE_LIMIT = 400


@dataclass(frozen=True, slots=True)
class Profile:
    """The name customers read, the languages spoken (the strongest first), the signature, and how the desk looks."""

    public_name: str
    languages: Sequence[str]
    signature: str
    zone: str
    ui_language: str
    theme: str
    density: str


def choose_availability(*, agent_id: int, availability: str) -> None:
    """Let an agent's colleagues know whether they are available, busy or away. Raises ValueError for anything else."""
    if availability not in Availability.values:
        raise ValueError(availability)
    Agent.objects.filter(id=agent_id).update(availability=availability)


def change_shortcuts(keys: Mapping[str, str], *, agent_id: int) -> None:
    """Keep an agent's own key for each deed; none at all brings the usual ones back. May be repeated.

    Raises KeysClash, and ValueError for a deed or a key that nobody offers.
    """
    if keys and (set(keys) != set(DEEDS) or not set(keys.values()) <= set(KEYS)):
        raise ValueError(keys)
    clash = clash_of(keys)
    if clash:
        raise KeysClash(clash)
    Agent.objects.filter(id=agent_id).update(shortcuts={deed: key for deed, key in keys.items() if key != deed})


def change_profile(profile: Profile, *, agent_id: int, at: datetime) -> None:
    """Store what an agent says about themselves; public name and signature are screened. May be repeated.

    Raises ProfileIncomplete without a name or a language, what screening refuses, and ValueError for a choice that nobody offers.
    """
    offered = [find_language(code) for code in (*profile.languages, profile.ui_language)]
    languages = list(dict.fromkeys(each.code for each in offered[:-1] if each))
    if None in offered or profile.zone not in available_timezones():
        raise ValueError(profile)
    if profile.theme not in Theme.values or profile.density not in Density.values:
        raise ValueError(profile)
    if not profile.public_name.strip() or not languages:
        raise ProfileIncomplete
    name = safety.mask_line(profile.public_name.strip(), PUBLIC_NAME_LIMIT)
    signature = safety.mask(profile.signature.strip(), limit=SIGNATURE_LIMIT)
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(id=agent_id, is_active=True)
        agent.public_name, agent.languages, agent.signature = name, languages, signature
        agent.zone, agent.ui_language, agent.theme, agent.density = profile.zone, profile.ui_language, profile.theme, profile.density
        agent.save(update_fields=["public_name", "languages", "signature", "zone", "ui_language", "theme", "density"])
        record(actor=f"agent:{agent_id}", action="team.profile_changed", subject=f"agent:{agent_id}", at=at)
