"""The ways in which a live request is refused."""

from django.utils.translation import gettext_lazy as _

from vigil.kernel.errors import Refusal


class BadRequest(Refusal):
    code = "bad_request"
    status = 400
    sentence = _("This request could not be understood.")


class UnknownField(Refusal):
    code = "unknown_field"
    status = 400
    sentence = _("The field “%(field)s” is not known here.")


class BadField(Refusal):
    code = "bad_field"
    status = 400
    sentence = _("The field “%(field)s” is missing or has a value that cannot be used.")


class TokenInvalid(Refusal):
    code = "token_invalid"
    status = 401
    sentence = _("Please reconnect: this connection is not recognised.")


class TokenExpired(Refusal):
    code = "token_expired"
    status = 401
    sentence = _("Please reconnect: this connection has expired.")


class ForeignOrigin(Refusal):
    code = "foreign_origin"
    status = 403
    sentence = _("This request comes from a site that may not make it.")


class NotFound(Refusal):
    code = "not_found"
    status = 404
    sentence = _("There is nothing at this address.")


class WrongMethod(Refusal):
    code = "wrong_method"
    status = 405
    sentence = _("This address does not take such requests.")


class TooLarge(Refusal):
    code = "too_large"
    status = 413
    sentence = _("That is too large to send.")


class NotJson(Refusal):
    code = "not_json"
    status = 415
    sentence = _("This address takes JSON only.")


class TooFast(Refusal):
    code = "too_fast"
    status = 429
    sentence = _("You are sending very quickly. Please wait a moment and try again.")


class TooMany(Refusal):
    code = "too_many"
    status = 429
    sentence = _("Too many windows are open. Please close some and try again.")


class Failed(Refusal):
    code = "failed"
    status = 500
    sentence = _("Something went wrong on our side. We are looking into it.")


class Busy(Refusal):
    code = "busy"
    status = 503
    sentence = _("We are very busy right now. Please try again in a moment.")


class Unavailable(Refusal):
    """The database did not answer: what was asked for may or may not have happened; the same key asks safely again."""

    code = "unavailable"
    status = 503
    sentence = _("We cannot be reached right now. Please try again in a moment.")
