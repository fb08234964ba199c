"""Puts a script together from the modules it imports: each once, after those it imports, all in one scope under names of their own."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

from vigil.look.shrinking import joined, names_at_the_top, shrink

# The forms in which our modules import and export; anything else is refused rather than guessed.
_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:class|function|const|let) (\w+))", re.MULTILINE)
_EXPORT_LIST = re.compile(r"^export \{([^}]*)\};$", re.MULTILINE)
_UNKNOWN = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)

Read = Callable[[str], str]


def put_together(name: str, read: Read) -> str:
    """Write the script `name` with all that it imports; `read` gives a module by its name. Raises SyntaxError."""
    return joined(_Modules(read).statements(name))


def put_together_to_import(name: str, read: Read) -> str:
    """Write a module with all that it imports, so that others can still import what it exports. Raises SyntaxError."""
    modules = _Modules(read)
    statements = [*modules.statements(name)]
    exported = ",".join(f"{modules.known[name][each]} as {each}" for each in _EXPORT.findall(read(name)))
    return joined([*statements, f"export{{{exported}}};"])


def parts_of(name: str, read: Read) -> set[str]:
    """Name all modules that a script is made of, itself among them."""
    found, left = {name}, [name]
    while left:
        one = left.pop()
        imported = {_beside(one, path) for _, path in _IMPORT.findall(read(one))} - found
        found |= imported
        left += imported
    return found


class _Modules:
    """The modules of one script; `known` says what each one's names are by now."""

    def __init__(self, read: Read) -> None:
        self.known: dict[str, Mapping[str, str]] = {}
        self._read = read
        self._free = names_at_the_top()

    def statements(self, name: str) -> Iterator[str]:
        """Write the module `name` after those it imports that are not yet known."""
        self.known[name] = {}
        text = self._read(name)
        imported: dict[str, str] = {}
        for names, path in _IMPORT.findall(text):
            source = _beside(name, path)
            if source not in self.known:
                yield from self.statements(source)
            for each in filter(None, map(str.strip, names.split(","))):
                theirs, _, ours = each.partition(" as ")
                imported[ours or theirs] = self._exported(source, theirs)
        body = _EXPORT_LIST.sub("", _EXPORT.sub("", _IMPORT.sub("", text)))
        strange = _UNKNOWN.search(body)
        if strange:
            raise SyntaxError(f"{name}: this form cannot be put together: {strange[0]}")
        try:
            shrunk = shrink(body, imported, self._free)
        except SyntaxError as error:
            raise SyntaxError(f"{name}: {error}") from error
        self.known[name] = {**imported, **shrunk.names}
        yield from shrunk.statements

    def _exported(self, source: str, name: str) -> str:
        try:
            return self.known[source][name]
        except KeyError:
            raise SyntaxError(f"{source} has no {name}, or imports the module that asks for it") from None


def _beside(name: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
