"""Coming in and going out."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from vigil.audit.commands import record
from vigil.team.commands.staff import end_sessions_of
from vigil.team.commands.throttling import count_try, forget_tries
from vigil.team.errors import SignInRefused, TooManyTries
from vigil.team.models import Agent

FROM_ONE_ADDRESS = 50
FOR_ONE_ACCOUNT = 10
LONGEST_PASSWORD = 1000  # letters: a hash of a novel would keep a thread busy


@dataclass(frozen=True, slots=True)
class Entrant:
    """Who wants to come in, and from which network address."""

    email: str
    password: str
    address: str


def sign_in(entrant: Entrant, *, at: datetime) -> int:
    """Judge e-mail and password; give the agent's id. Every outcome is audited, and takes the time of one hash.

    At most 50 tries from an address and 10 for an account in 15 minutes, right or wrong. Raises SignInRefused, TooManyTries.
    """
    _count(entrant, at)
    # Hashed outside any transaction: it is slow on purpose, and everybody else must not wait for it.
    agent = _matching(entrant)
    if agent is None:
        with transaction.atomic():
            record(actor="system", action="team.sign_in_refused", subject=_about(entrant.email), at=at)
        raise SignInRefused
    with transaction.atomic():
        forget_tries("sign-in.account", entrant.email)
        record(actor=f"agent:{agent.id}", action="team.signed_in", subject=f"agent:{agent.id}", at=at)
    return agent.id


def _count(entrant: Entrant, at: datetime) -> None:
    try:
        count_try("sign-in.address", entrant.address, most=FROM_ONE_ADDRESS, at=at)
        count_try("sign-in.account", entrant.email, most=FOR_ONE_ACCOUNT, at=at)
    except TooManyTries:
        with transaction.atomic():
            record(actor="system", action="team.sign_in_throttled", subject="team", at=at)
        raise


def _matching(entrant: Entrant) -> Agent | None:
    password = entrant.password[: LONGEST_PASSWORD + 1]
    agent = Agent.objects.filter(email__iexact=entrant.email.strip()).first()
    if agent is None or not agent.is_active:
        # The same work as for a real account, so that the clock does not tell which addresses exist.
        make_password(password)
        return None
    return agent if check_password(password, agent.password) and len(password) <= LONGEST_PASSWORD else None


def _about(email: str) -> str:
    known = Agent.objects.filter(email__iexact=email.strip()).values_list("id", flat=True).first()
    return "team" if known is None else f"agent:{known}"


def sign_out(*, agent_id: int, at: datetime) -> None:
    """Sign an agent out, everywhere: a live token has no browser of its own, and it must die for good.

    Other browsers of theirs ask them to sign in again.
    """
    with transaction.atomic():
        end_sessions_of(Agent.objects.select_for_update().get(id=agent_id))
        record(actor=f"agent:{agent_id}", action="team.signed_out", subject=f"agent:{agent_id}", at=at)
