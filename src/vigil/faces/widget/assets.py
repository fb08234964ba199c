"""What a phone loads before the first word: one style sheet and one script, put together from their parts without the comments.

The parts stay plain files that are read and tested as such; put together they are a third smaller and arrive in one go
instead of in forty requests, each of which waits for the one before.
"""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders

from vigil.look.shrinking import shrink_sheet
from vigil.look.shrinking.together import parts_of, put_together, put_together_to_import

_SHEET_IMPORT = re.compile(r'@import url\("\.\./([^"]+)"\);\n')
# What other faces show of the shared parts, and the frame does not.
_NEVER_SHOWN = frozenset(
    {
        ".hint",
        ".round",
        ".tone",
        "[data-theme=light]",
        "[data-theme=dark]",
        "a",
        "cite",
        "code",
        "em",
        "h3",
        "i",
        "ol",
        "select",
        "strong",
        "th",
    }
)
_BLOCK_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What is only needed at times comes when it is needed.
_LATER = re.compile(r'\blater\("(\w+)"\)')


@cache
def frame_sheet() -> str:
    """Give the frame's style sheet with everything it imports inside."""
    sheet = _SHEET_IMPORT.sub(lambda found: _read(found[1]) + "\n", _read("widget/widget.css"))
    return shrink_sheet(_BLOCK_COMMENT.sub("", sheet), _NEVER_SHOWN)


@cache
def chips_sheet() -> str:
    """Give the style sheet of what comes with the first keystrokes."""
    return shrink_sheet(_BLOCK_COMMENT.sub("", _read("widget/chips.css")))


@cache
def frame_script() -> str:
    """Give the frame's script with everything it imports inside."""
    return put_together("widget/js/frame.js", _read)


@cache
def later_script(name: str) -> str:
    """Give a script that the frame loads only when it needs it, whole by itself. Raises LookupError for one that is none of these."""
    if name not in _LATER.findall("".join(map(_read, parts_of("widget/js/frame.js", _read)))):
        raise LookupError(name)
    return put_together_to_import(f"widget/js/{name}.js", _read)


@cache
def loader_script() -> str:
    """Give the host page's script, in a scope of its own, with a place for its words."""
    return "(()=>{" + put_together("widget/loader.js", _read) + "})();\n"


@cache
def digest(content: str) -> str:
    """Name a content, so that a browser may keep it for ever."""
    return sha256(content.encode()).hexdigest()[:12]


def _read(name: str) -> str:
    found = finders.find(name)
    if found is None:
        raise LookupError(f"the static file {name} is missing")
    return Path(found).read_text(encoding="utf-8")
