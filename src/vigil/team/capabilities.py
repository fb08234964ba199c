"""The one table of who may do what: a role is nothing but a row of it."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from vigil.kernel.errors import Refusal


class Capability(StrEnum):
    """One thing that somebody may do at the desk."""

    WORK = "work"  # with the conversations in sight: read, answer, arrange
    REVEAL = "reveal"  # what is masked of a customer, for a reason
    BLOCK = "block"  # a customer, from whom nothing is taken then
    KEEP_OWN_ACCOUNT = "keep_own_account"  # the own profile, second factors, sessions
    WATCH = "watch"  # who is on, what each has, and look on
    RELEASE = "release"  # somebody who was stopped because they read too much
    SEE_PEOPLE = "see_people"  # the list of those who share a team
    HELP_PEOPLE = "help_people"  # who has lost a second factor, or a laptop: whoever ranks below
    MANAGE_PEOPLE = "manage_people"  # invite, change, remove
    SEE_EVERY_TEAM = "see_every_team"


_EVERYBODY = frozenset({Capability.WORK, Capability.REVEAL, Capability.BLOCK, Capability.KEEP_OWN_ACCOUNT})
_LEADERS = _EVERYBODY | {Capability.WATCH, Capability.RELEASE, Capability.SEE_PEOPLE, Capability.HELP_PEOPLE}

# From the least to the most: a role ranks above those before it.
TABLE: Mapping[str, frozenset[Capability]] = {
    "agent": _EVERYBODY,
    "supervisor": _LEADERS,
    "admin": _LEADERS | {Capability.MANAGE_PEOPLE, Capability.SEE_EVERY_TEAM},
}


class NotAllowed(Refusal):
    """The role does not give this right."""

    code = "not_allowed"
    status = 403
    sentence = _("Your role does not give you this right. An administrator of your desk can help you.")


def may(role: str, capability: Capability) -> bool:
    """Say whether a role gives the right; a role that nobody knows gives none."""
    return capability in TABLE.get(role, frozenset())


def roles_that_may(capability: Capability) -> tuple[str, ...]:
    """List the roles that give the right, from the least."""
    return tuple(role for role, capabilities in TABLE.items() if capability in capabilities)


def ranks_above(role: str, other: str) -> bool:
    """Say whether one role ranks above another; nobody ranks above their own."""
    order = list(TABLE)
    return role in TABLE and other in TABLE and order.index(role) > order.index(other)
