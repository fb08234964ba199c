from django.apps import AppConfig


class Config(AppConfig):
    """The last app to load: wires events to their listeners and registers the start-up checks."""

    name = "vigil.config"

    def ready(self) -> None:
        """Connect the wiring; every app is loaded by now."""
        from vigil.config import checks, wiring  # Imported here: models are ready only now.

        wiring.connect()
        checks.register_all()
