"""How reading on, and letting somebody read on, is refused."""

from django.utils.translation import gettext_lazy as _

from vigil.kernel.errors import Refusal


class ReadingStopped(Refusal):
    """So much was read in the last hour that somebody above must look first."""

    code = "reading_stopped"
    status = 403
    sentence = _(
        "You have read unusually much in the last hour that is not yours. A supervisor of your team can let you go on; "
        "your own conversations stay open, and so do chats that nobody has taken yet."
    )


class ReleaseUnexplained(Refusal):
    """Whoever lets somebody go on says why."""

    code = "release_unexplained"
    status = 422
    sentence = _("Please say in a few words why they may go on.")


class OwnRelease(Refusal):
    """Nobody lets themselves go on."""

    code = "own_release"
    status = 403
    sentence = _("Nobody lets themselves go on. Another supervisor can.")
