"""The link that sets a new password: what it says, and when it is dead."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from vigil.team.errors import ResetLinkDead
from vigil.team.models import Agent

KEEPS = timedelta(minutes=30)
_SALT = "vigil.reset"
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Claim:
    """Whose password, under which state of the account."""

    agent_id: int
    fingerprint: str


def write(agent: Agent, *, until: int) -> str:
    """Sign a link's token that holds until the Unix second `until`."""
    return signing.Signer(salt=_SALT).sign_object({"a": agent.id, "f": _fingerprint(agent), "x": until})


def read(token: str, *, at: datetime) -> Claim:
    """Check signature and age. Raises ResetLinkDead."""
    try:
        said = signing.Signer(salt=_SALT).unsign_object(token[:_LONGEST])
    except signing.BadSignature:
        raise ResetLinkDead from None
    if at.timestamp() >= said["x"]:
        raise ResetLinkDead
    return Claim(said["a"], said["f"])


def is_fresh(claim: Claim, agent: Agent) -> bool:
    """Say whether nothing has happened to the account since the link was written."""
    return constant_time_compare(claim.fingerprint, _fingerprint(agent))


def _fingerprint(agent: Agent) -> str:
    # A changed password, ended sessions or a newer request each make every older link worthless.
    state = f"{agent.id}:{agent.password}:{agent.session_epoch}:{agent.reset_count}"
    return salted_hmac(_SALT, state, algorithm="sha256").hexdigest()
