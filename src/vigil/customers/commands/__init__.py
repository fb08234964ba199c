"""Every way customers and their sessions change."""

from vigil.customers.commands.addresses import (
    KEY_HOLDS,
    Return,
    ReturnKeyDead,
    bring_address,
    clear_return_keys,
    come_back,
    forget_address,
    give_address,
    make_return_key,
    read_address,
)
from vigil.customers.commands.blocking import block
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
    "KEY_HOLDS",
    "VOUCHED_LIMIT",
    "Arrival",
    "Known",
    "Return",
    "ReturnKeyDead",
    "SessionUnknown",
    "arrive",
    "block",
    "bring_address",
    "choose_language",
    "clear_return_keys",
    "come_back",
    "end_session",
    "find_visitor",
    "forget_address",
    "forget_vouched",
    "give_address",
    "identify",
    "leave",
    "make_return_key",
    "read_address",
    "register",
    "resume",
]
