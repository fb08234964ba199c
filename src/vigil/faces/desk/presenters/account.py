"""One's own account: the second factors and the browsers, as the pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import available_timezones

import segno
from django.utils.translation import gettext as _

from vigil.faces.desk.doors import Visitor
from vigil.languages import formats
from vigil.languages.table import list_languages
from vigil.team.capabilities import Capability, may
from vigil.team.commands import Profile
from vigil.team.queries import FactorRow, SessionRow
from vigil.team.rules import key_to_type
from vigil.workspace.profile import profile


@dataclass(frozen=True, slots=True)
class ShownFactor:
    """A factor as a row: what it is called, since when there is one, and when it last proved something."""

    id: int
    name: str
    added: str
    used: str
    is_app: bool


@dataclass(frozen=True, slots=True)
class ShownFactors:
    """All of them, and how many codes on paper are left."""

    rows: tuple[ShownFactor, ...]
    has_app: bool
    codes_left: int


@dataclass(frozen=True, slots=True)
class ShownApp:
    """What an app has to take over: as a picture to scan, as an address to open, and as a key to type."""

    picture: str
    address: str
    key: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things to choose from, in the words of the reader."""

    key: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownProfile:
    """The own profile as a form shows it."""

    email: str
    name: str
    public_name: str
    signature: str
    languages: tuple[Choice, ...]
    ui_languages: tuple[Choice, ...]
    zones: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    densities: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ShownNudges:
    """Whether this browser is told while the desk is shut, and the key that it hands its push service."""

    key: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class ShownSession:
    """A browser as a row."""

    id: int
    browser: str
    address: str
    began: str
    seen: str
    is_this: bool


def page_of(visitor: Visitor, current: str) -> dict[str, Any]:
    """Say what every page here shows around itself: the colours, and the places that this reader has."""
    sees_people, watches = (may(visitor.agent.role, each) for each in (Capability.SEE_PEOPLE, Capability.WATCH))
    return {"theme": visitor.agent.theme, "current": current, "sees_people": sees_people, "watches": watches}


def profile_of(visitor: Visitor, signature: str) -> Profile:
    """Give the profile as it is stored."""
    agent = visitor.agent
    return Profile(agent.public_name, agent.languages, signature, agent.zone, agent.ui_language, agent.theme, agent.density)


def show_profile(given: Profile, visitor: Visitor) -> ShownProfile:
    """Show a profile, stored or just typed."""
    spoken = [each for each in list_languages() if not each.is_pseudo]
    themes = {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}
    densities = {"roomy": _("Roomy"), "dense": _("Dense")}
    return ShownProfile(
        email=visitor.agent.email,
        name=visitor.agent.name,
        public_name=given.public_name,
        signature=given.signature,
        languages=tuple(Choice(each.code, each.own_name, each.code in given.languages) for each in spoken),
        ui_languages=tuple(Choice(each.code, each.own_name, each.code == given.ui_language) for each in spoken),
        zones=tuple(Choice(name, name.replace("_", " "), name == given.zone) for name in _zones()),
        themes=tuple(Choice(key, name, key == given.theme) for key, name in themes.items()),
        densities=tuple(Choice(key, name, key == given.density) for key, name in densities.items()),
    )


def show_sessions(sessions: Iterable[SessionRow], visitor: Visitor) -> list[ShownSession]:
    """Show the browsers in which somebody is signed in."""
    return [
        ShownSession(
            each.id,
            each.browser or _("Unknown browser"),
            each.address,
            _when(each.began_at, visitor),
            _when(each.seen_at, visitor),
            each.id == visitor.browser,
        )
        for each in sessions
    ]


@cache
def _zones() -> tuple[str, ...]:
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return (*places, "UTC")


def show_factors(factors: Iterable[FactorRow], codes_left: int, visitor: Visitor) -> ShownFactors:
    """Show the second factors."""
    rows = tuple(_factor(factor, visitor) for factor in factors)
    return ShownFactors(rows, any(row.is_app for row in rows), codes_left)


def show_app(secret: bytes, visitor: Visitor) -> ShownApp:
    """Show the secret of an app."""
    key, brand = key_to_type(secret), profile().name
    label = quote(f"{brand}:{visitor.agent.email}")
    address = f"otpauth://totp/{label}?" + urlencode({"secret": key.replace(" ", "").upper(), "issuer": brand}, quote_via=quote)
    # Black on white in every theme: cameras expect it.
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
    return ShownApp(picture, address, key)


def _factor(factor: FactorRow, visitor: Visitor) -> ShownFactor:
    is_app = factor.kind == "codes"
    name = _("App that shows codes") if is_app else factor.name or _("Passkey")
    used = _when(factor.used_at, visitor) if factor.used_at else ""
    return ShownFactor(factor.id, name, _when(factor.added_at, visitor), used, is_app)


def _when(at: datetime, visitor: Visitor) -> str:
    return formats.moment(at, visitor.language, visitor.agent.zone, now=visitor.at)
