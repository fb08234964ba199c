"""Static files under names that carry their content's hash, so that a browser may keep them for ever.

Written as many small files, served as few: a sheet takes its imports into itself, and our own scripts leave their comments at home.
Uncollected, as a developer serves them, they work just the same, file by file.
"""

import posixpath
import re
from collections.abc import Callable
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped] # whitenoise ships no types

# Scripts of others are served as they are: some speak of imports in their comments, which would be taken for real ones.
_FOREIGN = ("django_htmx/", "look/vendor/")
_FOLD, _DROP = "fold", "drop"
_IMPORT = r'@import url\("(?P<url>[^":]+)"\);'
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # as above
    """Hashes every file and follows it into our sheets and script modules; before anything is collected, names stay plain."""

    # Django calls this experimental: tests/test_storage.py holds what we rely on.
    support_js_module_import_aggregation = True
    manifest_strict = False
    patterns = (
        ("*.css", ((_IMPORT, _FOLD),)),
        # Whole lines only: what follows code on its line might stand inside a string.
        ("*.js", ((r"(?m)^[ \t]*(?://.*|/\*\*.*\*/[ \t]*)\n", _DROP),)),
        *CompressedManifestStaticFilesStorage.patterns,
    )

    def url_converter(self, name: str, hashed_files: dict[str, str], template: Any = None) -> Callable[[re.Match[str]], str]:
        """Give what replaces a match inside a file: an address by its hashed name, an import by the sheet, a comment by nothing."""
        if name.startswith(_FOREIGN) and name.endswith(".js"):
            return lambda found: found[0]
        if template == _FOLD:
            return lambda found: self._sheet(posixpath.join(posixpath.dirname(name), found["url"]))
        if template == _DROP:
            return lambda _found: ""
        convert: Callable[[re.Match[str]], str] = super().url_converter(name, hashed_files, template)
        return convert

    def _sheet(self, name: str) -> str:
        """Read a sheet with its imports inside it, as small as it can be without being understood."""
        name = posixpath.normpath(name)
        with self.open(name) as file:
            css = _COMMENT.sub("", file.read().decode("utf-8"))
        css = re.sub(_IMPORT, lambda found: self._sheet(posixpath.join(posixpath.dirname(name), found["url"])), css)
        if "url(" in css:
            raise ValueError(f"{name} names a file by url(), which would be looked for beside the sheet that imports it")
        return re.sub(r"\s+", " ", css)

    def stored_name(self, name: str) -> str:
        """Give the hashed name of a file, or its plain one while no manifest has been written."""
        if not self.hashed_files:
            return name
        return str(super().stored_name(name))
