"""Every way customers and their sessions change."""

from vigil.customers.commands.identify import Known, identify
from vigil.customers.commands.people import choose_language, register
from vigil.customers.commands.sessions import (
    IDLE_LIMIT,
    VOUCHED_LIMIT,
    Arrival,
    SessionUnknown,
    arrive,
    end_session,
    find_visitor,
    forget_vouched,
    leave,
    resume,
)

__all__ = [
    "IDLE_LIMIT",
    "VOUCHED_LIMIT",
    "Arrival",
    "Known",
    "SessionUnknown",
    "arrive",
    "choose_language",
    "end_session",
    "find_visitor",
    "forget_vouched",
    "identify",
    "leave",
    "register",
    "resume",
]
