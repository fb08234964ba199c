"""Which errors of the database mean that it cannot be used right now, and not that what was asked of it is wrong."""

from django.db import DatabaseError, Error, InterfaceError, OperationalError

# A standby after a failover, or a server that an operator has closed for writing: the same request succeeds later.
_TAKES_NO_WRITES = "25006"
# Something is wrong with the server itself and not with what was asked; so it also says that a quota lets no file grow.
_ITS_OWN_FAULT = "XX000"
# A lock that was not to be had in time.
LOCKED = "55P03"


def is_outage(error: BaseException) -> bool:
    """Say whether the same request, asked again later, may succeed: the database is gone, full, locked or takes no writes."""
    if isinstance(error, (OperationalError, InterfaceError)):
        return True
    return isinstance(error, DatabaseError) and sqlstate_of(error) in {_TAKES_NO_WRITES, _ITS_OWN_FAULT}


def sqlstate_of(error: Error) -> str | None:
    """Give PostgreSQL's own five letters for what went wrong; None where the connection broke before it could say."""
    return getattr(error.__cause__, "sqlstate", None)
