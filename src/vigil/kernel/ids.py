"""Names that nobody can guess or count."""

import re
import secrets

# Crockford's base 32: no i, l, o, u, so that a name read aloud or retyped stays the same name.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 26
_PUBLIC_ID = re.compile(f"[{_ALPHABET}]{{{PUBLIC_ID_LENGTH}}}")


def new_public_id() -> str:
    """Draw 130 random bits, written in 26 letters of Crockford's base 32."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


def is_public_id(value: str) -> bool:
    """Say whether `value` could be one of ours; says nothing about whether it exists."""
    return _PUBLIC_ID.fullmatch(value) is not None
