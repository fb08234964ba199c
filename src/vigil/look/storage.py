"""Static files under names that carry their content's hash, so that a browser may keep them for ever."""

import re
from collections.abc import Callable
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped] # whitenoise ships no types

# Scripts of others are served as they are: some speak of imports in their comments, which would be taken for real ones.
_FOREIGN = ("django_htmx/", "look/vendor/")


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # as above
    """Hashes every file and follows it into our sheets and script modules; before anything is collected, names stay plain."""

    # Django calls this experimental: tests/test_storage.py holds what we rely on.
    support_js_module_import_aggregation = True
    manifest_strict = False

    def url_converter(self, name: str, *rest: Any, **more: Any) -> Callable[[re.Match[str]], str]:
        """Give what replaces an address inside a file."""
        if name.startswith(_FOREIGN) and name.endswith(".js"):
            return lambda found: found[0]
        convert: Callable[[re.Match[str]], str] = super().url_converter(name, *rest, **more)
        return convert

    def stored_name(self, name: str) -> str:
        """Give the hashed name of a file, or its plain one while no manifest has been written."""
        if not self.hashed_files:
            return name
        return str(super().stored_name(name))
