"""The exchange's word for who somebody is: a signed token of a few minutes (JWT), read without a clock or a database."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from vigil.kernel.errors import Refusal
from vigil.workspace.vouching import VouchingKey

LONGEST = timedelta(minutes=10)
_SKEW = timedelta(seconds=30)  # between two machines' clocks
_LONGEST_TOKEN = 4096
_UID = re.compile(r"[A-Za-z0-9_.:-]{1,32}")
_JTI = re.compile(r"[\x21-\x7e]{8,128}")
_MOST_NAME = 200


class VoucherRefused(Refusal):
    """The token does not say who this is; whoever showed it stays unverified."""

    code = "identity_invalid"
    status = 403
    sentence = _("Your log-in could not be confirmed here. You can go on as a guest.")


class VoucherExpired(VoucherRefused):
    """The token holds no more, or holds for longer than ten minutes."""

    code = "identity_expired"
    sentence = _("The confirmation of your log-in has expired. Please reload the page.")


class VoucherUsed(VoucherRefused):
    """Somebody else has shown this token before."""

    code = "identity_used"
    sentence = _("The confirmation of your log-in was already used. Please reload the page.")


class VouchingOff(VoucherRefused):
    """No site secret: nobody vouches for anybody here."""

    code = "identity_off"


@dataclass(frozen=True, slots=True)
class Voucher:
    """What a genuine token says; `name` is as it came, not yet looked at by safety."""

    uid: str
    name: str
    jti: str
    expires_at: datetime


def read(token: str, *, key: VouchingKey | None, site: str, at: datetime) -> Voucher:
    """Read a token made for `site`. Raises VouchingOff, VoucherExpired, or VoucherRefused for all else that is wrong.

    The algorithm is the key's; what the token's header says of algorithms, keys and where to fetch them is worth nothing.
    """
    if key is None:
        raise VouchingOff
    claims = _verified(token, key, site)
    expires_at, not_before = _moment(claims["exp"]), _moment(claims.get("nbf", 0))
    if not at < expires_at <= at + LONGEST + _SKEW:
        raise VoucherExpired
    uid, jti, name = claims["sub"], claims["jti"], claims.get("name") or ""
    is_sound = isinstance(uid, str) and isinstance(jti, str) and isinstance(name, str) and _UID.fullmatch(uid) and _JTI.fullmatch(jti)
    if not is_sound or len(name) > _MOST_NAME or not_before > at + _SKEW:
        raise VoucherRefused
    return Voucher(uid, name, jti, expires_at)


def _verified(token: str, key: VouchingKey, site: str) -> dict[str, Any]:
    import jwt  # Imported here: it brings a library of ciphers, and many an installation knows no log-ins.

    if len(token) > _LONGEST_TOKEN:
        raise VoucherRefused
    # Moments are judged by the caller's clock.
    checks: dict[str, Any] = {"require": ["exp", "aud", "sub", "jti"], "strict_aud": True}
    unchecked = dict.fromkeys(("verify_exp", "verify_nbf", "verify_iat", "verify_sub", "verify_jti"), False)
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _jwk(key),
            algorithms=[key.algorithm],
            audience=site,
            options={**checks, **unchecked},  # type: ignore[arg-type]  # a plain dictionary of its options
        )
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise VoucherRefused from error
    return claims


def _jwk(key: VouchingKey) -> Any:
    if key.algorithm == "HS256":
        return key.value
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # Imported here: few sites need it, and it is heavy.

    return Ed25519PublicKey.from_public_bytes(key.value)


def _moment(value: object) -> datetime:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise VoucherRefused
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise VoucherRefused from error
