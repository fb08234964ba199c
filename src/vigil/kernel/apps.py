from django.apps import AppConfig


class Config(AppConfig):
    """The ground; a worker knows its jobs although no app may have asked for one yet."""

    name = "vigil.kernel"

    def ready(self) -> None:
        """Declare the jobs that do not lie in `jobs`, where Procrastinate looks by itself."""
        from vigil.kernel.post import jobs as _post_jobs  # noqa: F401  Imported here: models are ready only now.
