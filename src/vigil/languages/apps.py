"""The app as Django knows it; at start-up it makes sure that the catalogues are compiled."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class LanguagesConfig(AppConfig):
    """Tongues and catalogues."""

    name = "vigil.languages"

    def ready(self) -> None:
        """Compile what is missing, so that a fresh clone never shows English by accident."""
        from vigil.languages.catalogue.compiling import compile_missing

        compile_missing(Path(settings.LOCALE_PATHS[0]))
