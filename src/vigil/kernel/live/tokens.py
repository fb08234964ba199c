"""The live token: who may listen to what, signed, short-lived, and readable without the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core import signing

from vigil.kernel import clock
from vigil.kernel.live.frames import as_json
from vigil.kernel.live.refusals import TokenExpired, TokenInvalid

LONGEST = timedelta(minutes=10)
_SALT = "vigil.live"
_MOST_LETTERS = 6000
_LONG = 1500
_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says: the subject ("guest:17"), its exact topics, its door, and what that door wants to know."""

    subject: str
    topics: frozenset[str]
    door: str
    expires_at: datetime
    language: str = "en"
    detail: Mapping[str, Any] = field(default_factory=dict)


def claims_for(
    subject: str, topics: Iterable[str], door: str, *, at: datetime, language: str = "en", detail: Mapping[str, Any] | None = None
) -> Claims:
    """Make claims that hold for the longest time a token may: ten minutes from `at`."""
    return Claims(subject, frozenset(topics), door, at + LONGEST, language, dict(detail or {}))


def mint(claims: Claims) -> str:
    """Sign `claims`. Raises ValueError when they would hold for more than ten minutes from now."""
    if claims.expires_at > clock.now() + LONGEST + timedelta(seconds=1):
        raise ValueError("a live token holds for ten minutes at most")
    body = {
        "s": claims.subject,
        "t": sorted(claims.topics),
        "d": claims.door,
        "c": dict(claims.detail),
        "l": claims.language,
        "x": int(claims.expires_at.timestamp()),
    }
    # Short ones are left as they are: inflating one gives up the interpreter, and the event loop has to queue for it again.
    return signing.Signer(salt=_SALT).sign_object(body, compress=len(as_json(body)) > _LONG)


def read(token: str) -> Claims:
    """Check the signature and the expiry. Raises TokenInvalid or TokenExpired."""
    if len(token) > _MOST_LETTERS:
        raise TokenInvalid
    claims = _opened(token, settings.SECRET_KEY)
    if claims.expires_at <= clock.now():
        raise TokenExpired
    return claims


@lru_cache(maxsize=_KEPT)
def _opened(token: str, secret: str) -> Claims:
    """Check the signature once for many posts; a token that is not ours is not remembered."""
    try:
        body = signing.Signer(key=secret, salt=_SALT).unsign_object(token)
        expires_at = datetime.fromtimestamp(body["x"], UTC)
        return Claims(body["s"], frozenset(body["t"]), body["d"], expires_at, body["l"], body["c"])
    except (signing.BadSignature, ValueError, KeyError, TypeError) as error:
        raise TokenInvalid from error
