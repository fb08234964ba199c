"""The app as Django knows it; at start-up it makes sure that the catalogues are compiled."""

from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    """Tongues and catalogues."""

    name = "vigil.languages"

    def ready(self) -> None:
        """Compile what is missing, so that a fresh clone never shows English by accident."""
        from vigil.languages.catalogue.compiling import compile_missing

        compile_missing()
