"""How a draft is refused."""

from django.utils.translation import gettext_lazy as _

from vigil.kernel.errors import Refusal


class DraftHoldsSecret(Refusal):
    """Something in it must not be stored, and what is masked could not be written on."""

    code = "draft_holds_secret"
    status = 422
    sentence = _("This draft holds a secret, so it is not saved. Please take the secret out.")
