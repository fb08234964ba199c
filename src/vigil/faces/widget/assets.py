"""What a phone loads before the first word: one style sheet and one script for the host page, both without their comments."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders

_IMPORT = re.compile(r'@import url\("\.\./([^"]+)"\);\n')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_SPACE = re.compile(r"\n\s*")


@cache
def frame_sheet() -> str:
    """Give the frame's style sheet with everything it imports inside, in one file: seventeen requests are too many for a phone."""
    sheet = _IMPORT.sub(lambda found: _read(found[1]) + "\n", _read("widget/widget.css"))
    return _SPACE.sub("\n", _COMMENT.sub("", sheet)).strip()


@cache
def sheet_digest() -> str:
    """Name the content of the frame's style sheet, so that a browser may keep it for ever."""
    return sha256(frame_sheet().encode()).hexdigest()[:12]


@cache
def loader_script() -> str:
    """Give the host page's script, with a place for its words."""
    return _SPACE.sub("\n", _LINE_COMMENT.sub("", _read("widget/loader.js"))).strip() + "\n"


def _read(name: str) -> str:
    found = finders.find(name)
    if found is None:
        raise LookupError(f"the static file {name} is missing")
    return Path(found).read_text(encoding="utf-8")
