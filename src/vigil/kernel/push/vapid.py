"""Who we are to a push service: a key of our own, and a signed word for each request, by RFC 8292."""

import json
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from vigil.kernel.push.encrypting import packed

# Services refuse what holds for longer than a day.
_HOLDS = timedelta(hours=12)


def make_key() -> bytes:
    """Draw a private key; its 32 bytes are a secret of the installation's."""
    from cryptography.hazmat.primitives.asymmetric import ec  # Imported here and below: it is heavy, and few ever need it.

    return ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32)


def public_key(private: bytes) -> str:
    """Tell the public half as browsers take it."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    half = ec.derive_private_key(int.from_bytes(private), ec.SECP256R1()).public_key()
    return packed(half.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def authorization(endpoint: str, private: bytes, *, contact: str, at: datetime) -> str:
    """Write the header for a request to an endpoint; `contact` is an address of mail that a service may write to."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    place = urlsplit(endpoint)
    claims = {"aud": f"{place.scheme}://{place.netloc}", "exp": int((at + _HOLDS).timestamp()), "sub": f"mailto:{contact}"}
    said = ".".join(packed(json.dumps(part, separators=(",", ":")).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    key = ec.derive_private_key(int.from_bytes(private), ec.SECP256R1())
    r, s = decode_dss_signature(key.sign(said.encode(), ec.ECDSA(SHA256())))
    return f"vapid t={said}.{packed(r.to_bytes(32) + s.to_bytes(32))}, k={public_key(private)}"
