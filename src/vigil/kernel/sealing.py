"""Secrets that must be read again, sealed with the installation's key: what lies in the database is worth nothing without it.

AES-256-GCM. Each purpose has a key of its own, so that what was sealed for one is unreadable for every other: name the
purpose together with whom it is for ("team.codes:5"), and nobody's secret can be put in another's place.
"""

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.encoding import force_bytes

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
_TAG = 16


class Unreadable(Exception):
    """It was sealed with another key or for another purpose, or somebody changed it."""


def seal(secret: bytes, *, purpose: str) -> bytes:
    """Seal a secret for a purpose; twice the same gives two different results."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _key(settings.SECRET_KEY, purpose).encrypt(nonce, secret, None)


def unseal(sealed: bytes, *, purpose: str) -> bytes:
    """Give the secret back; keys of before, SECRET_KEY_FALLBACKS, still open what they have sealed. Raises Unreadable."""
    from cryptography.exceptions import InvalidTag  # Imported here and below: it is heavy, and few processes ever seal anything.

    if len(sealed) < _NONCE + _TAG:
        raise Unreadable
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _key(key, purpose).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
        except InvalidTag:
            continue
    raise Unreadable


def _key(secret: str | bytes, purpose: str) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return AESGCM(HKDF(SHA256(), 32, salt=None, info=f"vigil.sealing:{purpose}".encode()).derive(force_bytes(secret)))
