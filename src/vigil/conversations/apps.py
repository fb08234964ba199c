"""The app as Django knows it."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """The one aggregate."""

    name = "vigil.conversations"

    def ready(self) -> None:
        """Register the letter that tells of an answer."""
        from datetime import timedelta

        from vigil.conversations import letters
        from vigil.conversations.commands.telling import TEMPLATE
        from vigil.kernel import post

        post.register(TEMPLATE, letters.write_answer, keep_trying=timedelta(days=1))
