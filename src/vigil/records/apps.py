"""The app as Django knows it."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The customer's own record."""

    name = "vigil.records"

    def ready(self) -> None:
        """Register the letters that bring a record."""
        from vigil.kernel import post
        from vigil.records import commands, letters

        post.register(commands.RECORD, letters.write_record)
        post.register(commands.LINK, letters.write_link)
