"""Why a request did not come back: refused for good, or failed for now. Never what the other side said."""


class OutboundError(Exception):
    """A request without an answer; `reason` is a stable code, safe to store and to show."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OutboundRefused(OutboundError):
    """We do not go there; trying again gives the same.

    Reasons: url, scheme, userinfo, port, name_inside, address_spelling, address_inside, request.
    """


class OutboundFailed(OutboundError):
    """It did not work this time.

    Reasons: resolve, connect, connect_timeout, tls, certificate, timeout, connection_lost, protocol, encoding, too_large.
    """
