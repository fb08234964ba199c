"""One's own account: the second factors and the browsers, as the pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

import segno
from django.utils.translation import gettext as _

from vigil.faces.desk.doors import Visitor
from vigil.languages import formats
from vigil.team.queries import FactorRow
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
