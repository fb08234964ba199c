"""Static files under names that carry their content's hash, so that a browser may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Hashes every file and follows it into style sheets and script modules; before anything is collected, names stay plain."""

    # Django calls this experimental: tests/test_storage.py holds what we rely on.
    support_js_module_import_aggregation = True
    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Give the hashed name of a file, or its plain one while no manifest has been written."""
        if not self.hashed_files:
            return name
        return str(super().stored_name(name))
