"""Codes of an app (RFC 6238), codes on paper, which browser somebody sits at, and keys of one's own. Pure."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from string import ascii_uppercase, digits

# What every app understands without being told: six digits by SHA-1, a new code each half minute.
STEP_SECONDS = 30
DIGITS = 6
# A clock may be off by one code to either side.
_DRIFT = (-1, 0, 1)
# Without those that are read for one another (0 and o, 1, i and l); ten of them are worth 49 bits.
RECOVERY_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
RECOVERY_LENGTH = 10
_NOT_A_SIGN = re.compile(r"[\s-]+")
# In this order: each of them also says the name of those below it.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("YaBrowser", "Yandex Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def code_at(secret: bytes, step: int) -> str:
    """Compute the code of a half minute, counted from 1970."""
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_of_code(secret: bytes, code: str, *, seconds: float, after: int) -> int | None:
    """Tell which half minute near `seconds` a code belongs to; None for a wrong one, and for any that is not `after` the last one used."""
    given = _NOT_A_SIGN.sub("", code).encode()
    now = int(seconds) // STEP_SECONDS
    # All are compared, so that the time taken says nothing.
    fitting = [now + drift for drift in _DRIFT if hmac.compare_digest(code_at(secret, now + drift).encode(), given)]
    return next((step for step in fitting if step > after), None)


def key_to_type(secret: bytes) -> str:
    """Write a secret as apps take it by hand, in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=").lower()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def plain_recovery_code(typed: str) -> str:
    """Bring a recovery code that somebody typed into the one form that is compared."""
    return _NOT_A_SIGN.sub("", typed).lower()


def browser_of(user_agent: str) -> str:
    """Tell the family of browser and system, such as "Firefox, Windows"; empty where nothing is known."""
    found = (next((name for mark, name in table if mark in user_agent), "") for table in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, found))


# What a key does at the desk, each named by its usual one: by its place on the keyboard, or, as "#", by what it writes.
DEEDS = ("KeyJ", "KeyK", "KeyO", "KeyR", "KeyN", "Slash", "KeyS", "KeyM", "KeyA", "KeyE", "KeyU", "KeyZ", "KeyP", "KeyG", "KeyL", "Hash")
_SIGNS = {
    "Slash": "/",
    "Hash": "#",
    "Comma": ",",
    "Period": ".",
    "Semicolon": ";",
    "Quote": "'",
    "BracketLeft": "[",
    "BracketRight": "]",
    "Minus": "-",
    "Equal": "=",
    "Backquote": "`",
}
# Every key that may be chosen, with what stands on it where Latin letters are written.
KEYS = {f"Key{letter}": letter for letter in ascii_uppercase} | {f"Digit{digit}": digit for digit in digits} | _SIGNS


def own_keys(shortcuts: Mapping[str, str]) -> dict[str, str]:
    """Tell the key of each deed; what is kept of one that does not exist any more is passed over."""
    return {deed: shortcuts.get(deed, deed) for deed in DEEDS}


def clash_of(keys: Mapping[str, str]) -> tuple[str, str] | None:
    """Find two deeds that have the same key."""
    before: dict[str, str] = {}
    for deed, key in keys.items():
        if key in before:
            return before[key], deed
        before[key] = deed
    return None
