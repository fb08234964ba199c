"""The one sprite: which icons exist, and which of them point along the line of reading."""

import re
from functools import cache
from pathlib import Path

SPRITE = Path(__file__).parent / "icons.svg"
# These are mirrored in a page that reads from right to left; a clock or a check mark never is.
FLIPS = frozenset({"back", "right", "undo", "retry", "exit", "plane", "chat", "live", "note"})


@cache
def symbols() -> dict[str, str]:
    """Give every icon of the sprite by name, as its own `<symbol>`."""
    found = re.findall(r'<symbol id="([\w-]+)".*?</symbol>', SPRITE.read_text(encoding="utf-8"))
    whole = re.findall(r"<symbol .*?</symbol>", SPRITE.read_text(encoding="utf-8"))
    return dict(zip(found, whole, strict=True))


def classes(name: str, size: str) -> str:
    """Give the classes of an icon: its size (s, l or none) and whether it turns round with the line; an unknown name is an error."""
    if name not in symbols():
        raise LookupError(f"there is no icon {name!r} in {SPRITE.name}")
    return " ".join(each for each in ("icon", size, "flips" if name in FLIPS else "") if each)
