"""The app as Django knows it."""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    """Agents, teams and queues."""

    name = "vigil.team"

    def ready(self) -> None:
        """Register the team's letters."""
        from vigil.kernel import post
        from vigil.team import letters, resets

        post.register("team.reset", letters.write_reset, keep_trying=resets.KEEPS)
        post.register("team.invited", letters.write_invitation)
        post.register("team.factors", letters.write_factors)
