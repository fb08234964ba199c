"""The sealing of RFC 8291: for one browser's key, in one record of RFC 8188, padded so that its length says nothing."""

import base64
import binascii
import secrets
import struct

_POINT = 65  # an uncompressed point of P-256
_AUTH = 16
_RECORD = 4096
_SALT = 16
_TAG = 16
# Services take 4,096 bytes at least, and this is as many words as we ever send.
PADDED_TO = 1024


class NotAKey(ValueError):
    """A browser's key has another form, or lies on no curve."""


def unpacked(text: str) -> bytes:
    """Read base64 as the web writes it, with or without padding. Raises NotAKey."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotAKey from None


def packed(data: bytes) -> str:
    """Write base64 as the web does, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def encrypt(words: bytes, *, key: str, auth: str, padded_to: int = PADDED_TO, own: bytes | None = None, salt: bytes | None = None) -> bytes:
    """Seal words for the browser that gave `key` and `auth`, both as it writes them; gives the body of the request.

    `own`, a private key's 32 bytes, and `salt` are drawn anew each time; standards give examples with others. Raises NotAKey.
    """
    # Imported here: it is heavy, and most processes never push anything.
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    theirs, shared = read_key(key, auth)
    curve = ec.SECP256R1()
    mine = ec.derive_private_key(int.from_bytes(own), curve) if own else ec.generate_private_key(curve)
    point = mine.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    salt = salt or secrets.token_bytes(_SALT)
    peer = ec.EllipticCurvePublicKey.from_encoded_point(curve, theirs)
    seed = _derive(shared, mine.exchange(ec.ECDH(), peer), b"WebPush: info\0" + theirs + point, 32)
    cipher = AESGCM(_derive(salt, seed, b"Content-Encoding: aes128gcm\0", 16))
    nonce = _derive(salt, seed, b"Content-Encoding: nonce\0", 12)
    # Behind the words stands a two, as this record is the last, and behind that nothing that means anything.
    plain = (words + b"\x02").ljust(padded_to, b"\0")
    if len(plain) > _RECORD - _TAG:
        raise ValueError("too many words for one record")
    return salt + struct.pack("!IB", _RECORD, _POINT) + point + cipher.encrypt(nonce, plain, None)


def read_key(key: str, auth: str) -> tuple[bytes, bytes]:
    """Read what a browser gave. Raises NotAKey for anything that could not be used."""
    from cryptography.hazmat.primitives.asymmetric import ec

    theirs, shared = unpacked(key), unpacked(auth)
    if len(theirs) != _POINT or len(shared) != _AUTH:
        raise NotAKey
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
    except ValueError:
        raise NotAKey from None
    return theirs, shared


def _derive(salt: bytes, seed: bytes, info: bytes, length: int) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, salt=salt, info=info).derive(seed)
