"""Coming in and going out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from vigil.audit.commands import record
from vigil.team.commands.sessions import drop_sessions
from vigil.team.commands.staff import end_sessions_of
from vigil.team.commands.throttling import count_try, forget_tries
from vigil.team.errors import PasskeyRefused, PasswordWrong, SignInRefused, TooManyTries
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


@dataclass(frozen=True, slots=True)
class Admitted:
    """Whose e-mail and password were right; whoever `must_prove` is not signed in before a second factor says so too."""

    agent_id: int
    must_prove: bool
    # What the account was like: the second step is worth nothing once that has changed.
    state: str


def sign_in(entrant: Entrant, *, at: datetime) -> Admitted:
    """Judge e-mail and password. Every outcome is audited, and takes the time of one hash.

    At most 50 tries from an address and 10 for an account in 15 minutes, right or wrong. Raises SignInRefused, TooManyTries.
    """
    _count(entrant, at)
    # Hashed outside any transaction: it is slow on purpose, and everybody else must not wait for it.
    agent = _matching(entrant)
    if agent is None:
        with transaction.atomic():
            record(actor="system", action="team.sign_in_refused", subject=_about(entrant.email), at=at)
        raise SignInRefused
    by = f"agent:{agent.id}"
    with transaction.atomic():
        forget_tries("sign-in.account", entrant.email)
        if agent.has_second_factor:
            record(actor=by, action="team.password_accepted", subject=by, at=at)
        else:
            record(actor=by, action="team.signed_in", subject=by, at=at)
    return Admitted(agent.id, agent.has_second_factor, agent.get_session_auth_hash())


def knock(*, address: str, question: str, at: datetime) -> None:
    """Count one try to come in by a passkey alone, and take its question once. Raises TooManyTries, PasskeyRefused."""
    _count_or_record([("sign-in.address", address, FROM_ONE_ADDRESS)], at)
    try:
        count_try("sign-in.question", question, most=1, at=at)
    except TooManyTries:
        raise PasskeyRefused from None


def turn_away(*, at: datetime) -> None:
    """Record that a passkey that nobody asked who it belongs to was no way in."""
    with transaction.atomic():
        record(actor="system", action="team.sign_in_refused", subject="team", at=at, details={"factor": "passkey"})


def _count(entrant: Entrant, at: datetime) -> None:
    _count_or_record([("sign-in.address", entrant.address, FROM_ONE_ADDRESS), ("sign-in.account", entrant.email, FOR_ONE_ACCOUNT)], at)


def _count_or_record(counts: Iterable[tuple[str, str, int]], at: datetime) -> None:
    try:
        for what, who, most in counts:
            count_try(what, who, most=most, at=at)
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


def confirm_password(*, agent_id: int, password: str, at: datetime) -> None:
    """Judge the password of somebody who is signed in. At most 10 tries in 15 minutes. Raises PasswordWrong, TooManyTries."""
    count_try("confirm", str(agent_id), most=FOR_ONE_ACCOUNT, at=at)
    agent = Agent.objects.get(id=agent_id, is_active=True)
    if len(password) > LONGEST_PASSWORD or not check_password(password, agent.password):
        with transaction.atomic():
            record(actor=f"agent:{agent_id}", action="team.confirmation_refused", subject=f"agent:{agent_id}", at=at)
        raise PasswordWrong
    forget_tries("confirm", str(agent_id))


def sign_out(*, agent_id: int, session_id: int, at: datetime) -> None:
    """Sign an agent out of the browser they sit at; a session that names no browser ends with all the others."""
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(id=agent_id)
        if not session_id or not drop_sessions(agent, only=session_id):
            end_sessions_of(agent)
        record(actor=f"agent:{agent_id}", action="team.signed_out", subject=f"agent:{agent_id}", at=at)
