"""The resume token of a guest's browser: a session's name, a generation, and our signature over both."""

from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

from vigil.kernel.ids import is_public_id

_SALT = "vigil.customers.resume"
_LONGEST = 128


@dataclass(frozen=True, slots=True)
class ResumeToken:
    """What a genuine token says."""

    session: str
    generation: int


def write(session: str, generation: int, site_key: str) -> str:
    """Write the token of one generation; the same three values always give the same token, so a lost answer can be repeated."""
    return f"{session}.{generation}.{_sign(session, generation, site_key)}"


def read(token: str, site_key: str) -> ResumeToken | None:
    """Read a token shown by a page of `site_key`; None unless we signed exactly this for exactly that site."""
    parts = token.split(".") if len(token) <= _LONGEST else []
    if len(parts) != 3 or not is_public_id(parts[0]) or not (parts[1].isascii() and parts[1].isdigit()):
        return None
    session, generation = parts[0], int(parts[1])
    if not constant_time_compare(parts[2], _sign(session, generation, site_key)):
        return None
    return ResumeToken(session, generation)


def _sign(session: str, generation: int, site_key: str) -> str:
    return salted_hmac(_SALT, f"{session}.{generation}.{site_key}", algorithm="sha256").hexdigest()
