"""How a look at personal data is refused."""

from django.utils.translation import gettext_lazy as _

from vigil.kernel.errors import Refusal


class PersonalNotFound(Refusal):
    """It does not stand there, or not any more."""

    code = "not_found"
    status = 404
    sentence = _("This is not there any more. Please open the conversation again.")


class ReasonUnsaid(Refusal):
    """Another reason is said in words."""

    code = "reason_unsaid"
    status = 422
    sentence = _("Please say in a few words why you must see this.")
