"""The demo's exchange as the chat's embedder: it knows who is logged in and says so by a signed token, as a real one's server would."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from vigil.demo.world.loader import load_world
from vigil.kernel.ids import new_public_id
from vigil.workspace.vouching import find_key

_HOLDS = timedelta(minutes=5)
_LANGUAGES = ("en", "zh-Hans", "ru", "es")


@dataclass(frozen=True, slots=True)
class Account:
    """One of the exchange's customers, who can log in on the demo's page."""

    uid: str
    name: str
    language: str


@cache  # The world is read and checked as a whole, and every look at the front page asks.
def list_accounts() -> tuple[Account, ...]:
    """List the accounts one may log in to: the first customer of each of four languages."""
    found: dict[str, Account] = {}
    for customer in load_world().customers:
        if customer.uid and customer.language in _LANGUAGES:
            found.setdefault(customer.language, Account(customer.uid, customer.name, customer.language))
    return tuple(found[language] for language in _LANGUAGES if language in found)


def write_word(uid: str, *, site: str, at: datetime) -> str | None:
    """Write the token that names the owner of an account to the chat of `site`; None for an account that nobody may log in to."""
    account = next((each for each in list_accounts() if each.uid == uid), None)
    key = find_key(site)
    if account is None or key is None or key.algorithm != "HS256":
        return None
    import jwt  # Imported here: it brings a library of ciphers, and few processes write a word.

    claims = {"aud": site, "sub": account.uid, "name": account.name, "exp": int((at + _HOLDS).timestamp()), "jti": new_public_id()}
    return jwt.encode(claims, key.value, algorithm="HS256")
