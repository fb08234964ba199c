"""By what an exchange's own server vouches for its customers: a key for each site, bound to one algorithm."""

import base64
import binascii
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from django.conf import settings
from django.utils.crypto import salted_hmac

from vigil.kernel.environment import BadSetting

_SETTING = "VIGIL_SITE_SECRETS"
_PUBLIC = "ed25519:"
_LEAST_SECRET = 32  # letters, as RFC 7518 wants for HS256
_PUBLIC_BYTES = 32


@dataclass(frozen=True, slots=True)
class VouchingKey:
    """What a site's tokens are checked with: a shared secret, or the public half of a key that only the exchange has.

    The algorithm belongs to the key and is never taken from a token, so that one kind cannot be passed off as the other.
    """

    algorithm: Literal["HS256", "EdDSA"]
    value: bytes = field(repr=False)


def parse_keys(raw: str) -> dict[str, VouchingKey]:
    """Read "site=secret" and "site=ed25519:PUBLIC", parted by commas or line ends. Raises BadSetting, which quotes no secret."""
    keys: dict[str, VouchingKey] = {}
    for part in raw.replace("\n", ",").split(","):
        site, _, value = (each.strip() for each in part.partition("="))
        if not site and not value:
            continue
        if not site or not value or site in keys:
            raise BadSetting(f"{_SETTING} takes site=secret, parted by commas, each site once")
        keys[site] = _key(site, value)
    return keys


def _key(site: str, value: str) -> VouchingKey:
    if not value.startswith(_PUBLIC):
        if len(value) < _LEAST_SECRET:
            raise BadSetting(f"{_SETTING}: the secret of {site} is shorter than {_LEAST_SECRET} letters")
        return VouchingKey("HS256", value.encode())
    try:
        public = base64.urlsafe_b64decode(value.removeprefix(_PUBLIC).rstrip("=") + "=")
    except (binascii.Error, ValueError):
        public = b""
    if len(public) != _PUBLIC_BYTES:
        raise BadSetting(f"{_SETTING}: the public key of {site} is not 32 bytes in base64url")
    return VouchingKey("EdDSA", public)


def find_key(site: str) -> VouchingKey | None:
    """Find what the tokens of `site` are checked with; None where nobody vouches for anybody."""
    given = _given(settings.VIGIL_SITE_SECRETS).get(site)
    if given is not None or settings.PRODUCTION:
        return given
    # The demo's own exchange vouches with a secret nobody has to invent.
    return VouchingKey("HS256", salted_hmac("vigil.demo.exchange", site, algorithm="sha256").hexdigest().encode())


@cache
def _given(raw: str) -> dict[str, VouchingKey]:
    return parse_keys(raw)
