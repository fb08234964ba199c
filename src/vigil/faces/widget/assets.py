"""What a phone loads before the first word: one style sheet and one script, put together from their parts without the comments.

The parts stay plain files that are read and tested as such; put together they are a third smaller and arrive in one go
instead of in forty requests, each of which waits for the one before.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders

from vigil.faces.widget.shrinking import joined, names_at_the_top, shrink, shrink_sheet

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
_LINE_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_INDENT = re.compile(r"\n\s*")

# The forms in which our modules import and export; anything else is refused rather than guessed.
_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:class|function|const|let) (\w+))", re.MULTILINE)
_EXPORT_LIST = re.compile(r"^export \{([^}]*)\};$", re.MULTILINE)
# What is only needed at times comes when it is needed.
_LATER = re.compile(r'\blater\("(\w+)"\)')
_UNKNOWN = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


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
    """Give the frame's script: each module it needs once, after those it imports, all in one scope under names of their own."""
    return _bundle("widget/js/frame.js")


@cache
def later_script(name: str) -> str:
    """Give a script that the frame loads only when it needs it, whole by itself. Raises LookupError for one that is none of these."""
    entry = f"widget/js/{name}.js"
    if name not in _LATER.findall("".join(_read(each) for each in _parts("widget/js/frame.js"))):
        raise LookupError(name)
    known: dict[str, Mapping[str, str]] = {}
    statements = [*_modules(entry, known, names_at_the_top())]
    exported = ",".join(f"{known[entry][each]} as {each}" for each in _EXPORT.findall(_read(entry)))
    return joined([*statements, f"export{{{exported}}};"])


def _bundle(name: str) -> str:
    return joined(_modules(name, {}, names_at_the_top()))


def _parts(name: str) -> set[str]:
    """Name all modules that a module is made of."""
    known: dict[str, Mapping[str, str]] = {}
    list(_modules(name, known, names_at_the_top()))
    return set(known)


def _modules(name: str, known: dict[str, Mapping[str, str]], free: Iterator[str]) -> Iterator[str]:
    """Write the module `name` after those it imports that are not yet in `known`, which says what each one's names are by now."""
    known[name] = {}
    text = _read(name)
    imported: dict[str, str] = {}
    for names, path in _IMPORT.findall(text):
        source = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
        if source not in known:
            yield from _modules(source, known, free)
        for each in names.split(","):
            theirs, _, ours = each.strip().partition(" as ")
            imported[ours or theirs] = known[source][theirs]
    body = _EXPORT_LIST.sub("", _EXPORT.sub("", _IMPORT.sub("", text)))
    strange = _UNKNOWN.search(body)
    if strange:
        raise SyntaxError(f"{name}: this form cannot be put together: {strange[0]}")
    shrunk = shrink(body, imported, free)
    known[name] = {**imported, **shrunk.names}
    yield from shrunk.statements


@cache
def loader_script() -> str:
    """Give the host page's script, in a scope of its own, with a place for its words."""
    return "(()=>{" + _bundle("widget/loader.js") + "})();\n"


@cache
def digest(content: str) -> str:
    """Name a content, so that a browser may keep it for ever."""
    return sha256(content.encode()).hexdigest()[:12]


def _bare(script: str) -> str:
    return _INDENT.sub("\n", _LINE_COMMENT.sub("", _BLOCK_COMMENT.sub("", script))).strip()


def _read(name: str) -> str:
    found = finders.find(name)
    if found is None:
        raise LookupError(f"the static file {name} is missing")
    return Path(found).read_text(encoding="utf-8")
