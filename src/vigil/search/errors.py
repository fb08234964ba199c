"""How a search is refused."""

from django.utils.translation import gettext_lazy as _

from vigil.kernel.errors import Refusal


class SearchHoldsSecret(Refusal):
    """What is searched for must not be kept anywhere, and cannot stand in any conversation."""

    code = "search_holds_secret"
    status = 422
    sentence = _(
        "This holds a secret, such as recovery words or a private key. It was not searched for and not kept:"
        " secrets are taken out of every conversation, so there is nothing to find."
    )


class SearchTooLong(Refusal):
    """More was asked than one search can answer."""

    code = "search_too_long"
    status = 422
    sentence = _("Please search for at most %(limit)s characters.")


class SearchTookTooLong(Refusal):
    """The database was stopped."""

    code = "search_took_too_long"
    status = 503
    sentence = _("This search took too long. Please add a word or a filter.")
