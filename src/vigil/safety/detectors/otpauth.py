"""Set-up links of authenticator apps, which hold the secret of every code to come."""

import re
from collections.abc import Iterator

from vigil.safety.findings import Span
from vigil.safety.normalise import Normalised

NAME, VERSION = "otpauth", 1

_LINK = re.compile(r"otpauth(?:-migration)?:/{1,2}[^\s<>\"'`]+")


def find(seen: Normalised) -> Iterator[Span]:
    """Find otpauth links, up to the next space, quote or angle bracket."""
    if "otpauth" in seen.lower:
        yield from (Span(link.start(), link.end(), "totp_secret") for link in _LINK.finditer(seen.lower))
