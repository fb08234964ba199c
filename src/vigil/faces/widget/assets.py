"""What a phone loads before the first word: one style sheet and one script, put together from their parts without the comments.

The parts stay plain files that are read and tested as such; put together they are a third smaller and arrive in one go
instead of in forty requests, each of which waits for the one before.
"""

import posixpath
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders

_SHEET_IMPORT = re.compile(r'@import url\("\.\./([^"]+)"\);\n')
_BLOCK_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_INDENT = re.compile(r"\n\s*")

# The forms in which our modules import and export; anything else is refused rather than guessed.
_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:class|function|const|let) (\w+))", re.MULTILINE)
_EXPORT_LIST = re.compile(r"^export \{([^}]*)\};$", re.MULTILINE)
_UNKNOWN = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


@cache
def frame_sheet() -> str:
    """Give the frame's style sheet with everything it imports inside."""
    sheet = _SHEET_IMPORT.sub(lambda found: _read(found[1]) + "\n", _read("widget/widget.css"))
    return _INDENT.sub("\n", _BLOCK_COMMENT.sub("", sheet)).strip()


@cache
def frame_script() -> str:
    """Give the frame's script: each module it needs once, after those it imports, in a scope of its own."""
    return _module("widget/js/frame.js", {}, is_entry=True)


def _module(name: str, modules: dict[str, str], *, is_entry: bool = False) -> str:
    """Write the module `name`, and before it those it imports that are not yet in `modules`, which maps names to variables."""
    text = _bare(_read(name))
    before: list[str] = []

    def bind(found: re.Match[str]) -> str:
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[2]))
        if wanted not in modules:
            before.append(_module(wanted, modules))
        return f"const {{{found[1].replace(' as ', ': ')}}} = {modules[wanted]};"

    body = _IMPORT.sub(bind, text)
    names = [found[1] for found in _EXPORT.finditer(body)] + [found[1].strip() for found in _EXPORT_LIST.finditer(body)]
    body = _EXPORT_LIST.sub("", _EXPORT.sub("", body))
    strange = _UNKNOWN.search(body)
    if strange:
        raise SyntaxError(f"{name}: this form cannot be put together: {strange[0]}")
    if is_entry:
        return "".join(before) + body
    modules[name] = f"m{len(modules)}"
    return "".join(before) + f"const {modules[name]} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();\n"


@cache
def loader_script() -> str:
    """Give the host page's script, with a place for its words."""
    return _bare(_read("widget/loader.js")) + "\n"


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
