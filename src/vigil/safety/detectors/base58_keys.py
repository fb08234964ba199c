"""Keys with a base58 checksum: WIF, BIP-38, extended keys of BIP-32 and its relatives, XRP seeds.

A false alarm is one in four thousand million, so no context is asked for.
"""

import re
from collections.abc import Iterator

from vigil.identifiers.codes.base58 import RIPPLE, decode_base58check
from vigil.safety.findings import Span
from vigil.safety.normalise import Normalised, Token

NAME, VERSION = "base58", 1

_WIF, _BIP38, _EXTENDED, _XRP = range(50, 53), range(58, 59), range(107, 113), range(28, 32)
_WIF_SIZES, _PRIVATE_VERSION = (33, 34), 0x80
_BIP38_SIZE, _EXTENDED_SIZE, _KEY_AT = 39, 78, 45
_XRP_SEED, _XRP_ED_SEED = (17, b"\x21"), (19, b"\x01\xe1\x4b")
# How a key begins that a mail program or a screen broke into several lines.
_HEAD = re.compile(r"(?:[a-zA-Z]{1,2}(?:prv|pub|pv|ub)|6P|[5KLc9])")
_HEAD_SHORTEST, _PIECES, _GAP = 12, 12, 4


def find(seen: Normalised) -> Iterator[Span]:
    """Find keys, also such as were broken over lines."""
    codes = seen.codes
    for index, token in enumerate(codes):
        kind = _kind(token.text)
        if kind:
            yield Span(token.start, token.end, kind)
        elif len(token.text) >= _HEAD_SHORTEST and _HEAD.match(token.text):
            yield from _rejoined(seen.plain, codes, index)


def _kind(text: str) -> str | None:
    size = len(text)
    if size in _XRP:
        return "private_key" if text[0] == "s" and _is_xrp(text) else None
    if size not in _WIF and size not in _BIP38 and size not in _EXTENDED:
        return None
    payload = decode_base58check(text) or b""
    if len(payload) == _EXTENDED_SIZE:
        # Its name says it; where a coin has a name of its own, a public key on the curve begins with 2 or 3.
        named = text[1:4]
        return "xpub" if named == "pub" or (named != "prv" and payload[_KEY_AT] in {2, 3}) else "private_key"
    return "private_key" if _is_private(payload) else None


def _is_private(payload: bytes) -> bool:
    # The last byte of a long WIF is mostly 1, but wallets have put other flags there: the checksum is proof enough.
    if len(payload) in _WIF_SIZES:
        return payload[0] >= _PRIVATE_VERSION
    return len(payload) == _BIP38_SIZE and payload[:2] in {b"\x01\x42", b"\x01\x43"}


def _is_xrp(text: str) -> bool:
    payload = decode_base58check(text, RIPPLE)
    return payload is not None and any(len(payload) == size and payload.startswith(head) for size, head in (_XRP_SEED, _XRP_ED_SEED))


def _rejoined(plain: str, codes: list[Token], index: int) -> Iterator[Span]:
    text, before = codes[index].text, codes[index]
    for token in codes[index + 1 : index + _PIECES]:
        gap = plain[before.end : token.start]
        text += token.text
        if len(gap) > _GAP or gap.strip(" \t\r\n-=>") or len(text) >= _EXTENDED.stop:
            return
        kind = _kind(text)
        if kind:
            yield Span(codes[index].start, token.end, kind)
            return
        before = token
