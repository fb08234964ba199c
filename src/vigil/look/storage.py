"""Static files under names that carry their content's hash, so that a browser may keep them for ever.

Written as many small files, served as few: a sheet takes its imports into itself, and so does a script that a page loads.
Uncollected, they work just the same, file by file.
"""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped] # whitenoise ships no types

from vigil.look.shrinking.together import parts_of, put_together

# Scripts of others are served as they are.
_FOREIGN = ("django_htmx/", "look/vendor/")
_FOLD, _DROP = "fold", "drop"
_IMPORT = r'@import url\("(?P<url>[^":]+)"\);'
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # as above
    """Hashes every file and follows it into our sheets; before anything is collected, names stay plain.

    `scripts` are those that pages load: they are served with all that they import, and what they import is not served by itself.
    """

    manifest_strict = False
    patterns = (
        ("*.css", ((_IMPORT, _FOLD),)),
        # Whole lines only: what follows code on its line might stand inside a string.
        ("*.js", ((r"(?m)^[ \t]*(?://.*|/\*\*.*\*/[ \t]*)\n", _DROP),)),
        *CompressedManifestStaticFilesStorage.patterns,
    )

    def __init__(self, *args: Any, scripts: Iterable[str] = (), **options: Any) -> None:
        """Take the names of the scripts that pages load, beside what Django's storage takes."""
        self._scripts = tuple(scripts)
        super().__init__(*args, **options)

    def post_process(self, paths: Mapping[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        """Hash what is served, the scripts put together."""

        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return str(file.read().decode("utf-8"))

        scripts = [name for name in self._scripts if name in paths]
        parts = set().union(*(parts_of(name, read) for name in scripts))
        whole = {name: (_Written(put_together(name, read)), name) for name in scripts}
        yield from super().post_process({name: paths[name] for name in paths if name not in parts} | whole, *args, **options)

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compress what is asked for, which is never what stands under its plain name."""
        yield from super().compress_files(set(paths) & set(self.hashed_files.values()))

    def url_converter(self, name: str, hashed_files: dict[str, str], template: Any = None) -> Callable[[re.Match[str]], str]:
        """Give what replaces a match inside a file: an address by its hashed name, an import by the sheet, a comment by nothing."""
        if name.endswith(".js") and (name.startswith(_FOREIGN) or name in self._scripts):
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
        """Give the hashed name of a file, or its plain one where it is not served under any other."""
        if name not in self.hashed_files and (not self.hashed_files or self.exists(name)):
            return name
        return str(super().stored_name(name))


class _Written:
    """Stands where Django looks for the file that something was collected from, for what was written just now."""

    def __init__(self, content: str) -> None:
        self._content = content

    def open(self, _path: str) -> "ContentFile[bytes]":
        """Give it to be read."""
        return ContentFile(self._content.encode())
