"""The keys of the desk: what each does, and which one an agent has for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vigil.faces.desk.doors import Visitor
from vigil.kernel.live.frames import as_json
from vigil.team.rules import KEYS, own_keys

_NAMES: Mapping[str, Promise] = {
    "KeyJ": _("Next in the list"),
    "KeyK": _("Previous in the list"),
    "KeyO": pgettext_lazy("a conversation", "Open"),
    "KeyR": _("Write a reply"),
    "KeyN": _("Write a note that only the team sees"),
    "Slash": _("Insert an answer or a fact"),
    "KeyS": pgettext_lazy("what one does", "Search"),
    "KeyM": _("Notes that name you"),
    "KeyA": _("Assign to me"),
    "KeyE": _("Resolve"),
    "KeyU": _("Open again"),
    "KeyZ": _("Snooze"),
    "KeyP": _("Priority"),
    "KeyG": _("Hand over"),
    "KeyL": _("Add a tag"),
    "Hash": _("Merge with another conversation"),
}


@dataclass(frozen=True, slots=True)
class ShownKey:
    """One key that may be chosen: its code, and what stands on it."""

    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownDeed:
    """What a key does, and the keys to choose from; `clashes` where another deed has the same one."""

    key: str
    name: str
    keys: tuple[ShownKey, ...]
    clashes: bool


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands on the key of each deed, by its name; what is drawn with the same ones is drawn once."""

    pairs: tuple[tuple[str, str], ...]

    def __getitem__(self, deed: str) -> str:
        return dict(self.pairs)[deed]


def labels_of(visitor: Visitor) -> Labels:
    """Tell what stands on the key of each deed."""
    return Labels(tuple((deed, KEYS[key]) for deed, key in own_keys(visitor.agent.shortcuts).items()))


def keys_for_scripts(visitor: Visitor) -> str:
    """Write the keys that differ from the usual ones, as JSON; empty for none."""
    own = {deed: key for deed, key in own_keys(visitor.agent.shortcuts).items() if key != deed}
    return as_json(own).decode() if own else ""


def show_deeds(keys: Mapping[str, str], clash: tuple[str, str] | None = None) -> list[ShownDeed]:
    """Show every deed with its key, stored or just chosen."""
    offered = sorted(KEYS.items(), key=lambda each: (not each[1].isalpha(), each[1]))
    return [
        ShownDeed(
            deed,
            str(_NAMES[deed]),
            tuple(ShownKey(code, label, code == keys[deed]) for code, label in offered),
            clash is not None and deed in clash,
        )
        for deed in _NAMES
    ]


def say_clash(clash: tuple[str, str]) -> str:
    """Say which two have the same key."""
    one, other = (str(_NAMES[deed]) for deed in clash)
    return _now("“%(one)s” and “%(other)s” have the same key.") % {"one": one, "other": other}
