"""What this brand's access keys for programs look like: data of the profile. Pure, and readable without Django."""

import re
import string
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vigil.kernel.environment import env_path

_LETTERS = {
    "hex": string.hexdigits,
    "letters and digits": string.ascii_letters + string.digits,
}
_OWN = Path(__file__).parent / "profiles" / "mexc.toml"
_MOST, _LONGEST_BEGINNING = 512, 16


class BadShape(ValueError):
    """[[access_keys]] cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class KeyShape:
    """How a key begins, what its other letters are, and how long it is in all."""

    begins: str
    letters: str
    least: int
    most: int

    def fits(self, value: str) -> bool:
        """Say whether a value may be such a key."""
        return (
            self.least <= len(value) <= self.most
            and value.startswith(self.begins)
            and not value[len(self.begins) :].strip(_LETTERS[self.letters])
        )


def read_shapes(section: object) -> tuple[KeyShape, ...]:
    """Understand [[access_keys]]. Raises BadShape."""
    if not isinstance(section, list):
        raise BadShape("[[access_keys]] is a list of shapes")
    return tuple(_shape(each) for each in section)


def _shape(each: object) -> KeyShape:
    if not isinstance(each, dict) or set(each) != {"begins", "letters", "least", "most"}:
        raise BadShape("[[access_keys]] takes exactly begins, least, letters, most")
    begins, letters, least, most = (each[name] for name in ("begins", "letters", "least", "most"))
    # A key that begins like nothing in particular would hide half of what customers send.
    if not isinstance(begins, str) or not re.fullmatch(rf"[0-9A-Za-z_-]{{2,{_LONGEST_BEGINNING}}}", begins):
        raise BadShape(f"access_keys.begins takes 2 to {_LONGEST_BEGINNING} letters, not {begins!r}")
    if letters not in _LETTERS:
        raise BadShape(f"access_keys.letters takes one of {', '.join(sorted(_LETTERS))}, not {letters!r}")
    if type(least) is not int or type(most) is not int or not len(begins) < least <= most <= _MOST:
        raise BadShape(f"access_keys.least and .most take lengths up to {_MOST}, the smaller first")
    return KeyShape(begins, letters, least, most)


@cache
def shapes() -> tuple[KeyShape, ...]:
    """Give the shapes of this installation's profile, read once. Raises BadShape, or OSError where there is no such file."""
    return read_shapes(tomllib.loads(env_path("VIGIL_PROFILE", _OWN).read_text(encoding="utf-8")).get("access_keys", []))
