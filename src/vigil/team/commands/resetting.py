"""A new password by mail: asked for by anybody, given only to whoever reads the agent's mail."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from vigil.audit.commands import record
from vigil.kernel import post
from vigil.kernel.events import publish
from vigil.team.commands.access import LONGEST_PASSWORD, confirm_password
from vigil.team.commands.sessions import drop_sessions
from vigil.team.commands.staff import change_password
from vigil.team.commands.throttling import count_try
from vigil.team.errors import PasswordTooWeak, ResetLinkDead
from vigil.team.events import PasswordResetAsked
from vigil.team.models import Agent
from vigil.team.resets import KEEPS, is_fresh, read

# In an hour: nobody's letter box is filled by somebody who knows the address.
FROM_ONE_ADDRESS = 10
FOR_ONE_ACCOUNT = 3
_WINDOW = timedelta(hours=1)


def ask_for_reset(*, email: str, address: str, at: datetime) -> None:
    """Take a request for a new password; a job looks whether there is anybody to write to.

    Known and unknown addresses cost the same statements, and neither is told apart. Raises TooManyTries.
    """
    count_try("reset.address", address, most=FROM_ONE_ADDRESS, at=at, window=_WINDOW)
    count_try("reset.account", email, most=FOR_ONE_ACCOUNT, at=at, window=_WINDOW)
    agent_id = Agent.objects.filter(email__iexact=email.strip(), is_active=True).values_list("id", flat=True).first()
    with transaction.atomic():
        publish(PasswordResetAsked(agent_id or 0))


def write_reset_letter(*, agent_id: int, at: datetime) -> None:
    """Send the link to an agent and make every earlier one worthless; does nothing for an agent who is not there."""
    with transaction.atomic():
        agent = Agent.objects.select_for_update().filter(id=agent_id, is_active=True).first()
        if agent is None:
            return
        Agent.objects.filter(id=agent_id).update(reset_count=F("reset_count") + 1)
        args = {"agent_id": agent_id, "count": agent.reset_count + 1, "until": int((at + KEEPS).timestamp())}
        post.send(to=agent.email, template="team.reset", language=agent.ui_language, args=args, at=at)
        record(actor="system", action="team.reset_asked", subject=f"agent:{agent_id}", at=at)


def reset_password(*, token: str, password: str, at: datetime) -> int:
    """Set the new password, end every session, and give the agent's id. The link works once.

    Raises ResetLinkDead, PasswordTooWeak.
    """
    claim = read(token, at=at)
    with transaction.atomic():
        agent = Agent.objects.select_for_update().filter(id=claim.agent_id, is_active=True).first()
        if agent is None or not is_fresh(claim, agent):
            raise ResetLinkDead
        _check(password, agent)
        change_password(agent_id=agent.id, password=password)
        # A link that was asked for but not yet written is worth nothing either.
        Agent.objects.filter(id=agent.id).update(reset_count=F("reset_count") + 1)
        record(actor=f"agent:{agent.id}", action="team.password_changed", subject=f"agent:{agent.id}", at=at, details={"by": "reset"})
    return agent.id


def _check(password: str, agent: Agent) -> None:
    try:
        validate_password(password[: LONGEST_PASSWORD + 1], agent)
    except ValidationError as error:
        raise PasswordTooWeak(error.messages) from None


def change_own_password(*, agent_id: int, session_id: int, old: str, new: str, at: datetime) -> None:
    """Set a new password by the old one, and end the sessions of every other browser; the caller keeps the own one alive.

    At most 10 tries in 15 minutes. Raises PasswordWrong, PasswordTooWeak, TooManyTries.
    """
    confirm_password(agent_id=agent_id, password=old, at=at)
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(id=agent_id, is_active=True)
        _check(new, agent)
        agent.password = make_password(new)
        # Links to a new password that are on their way are worth nothing now.
        agent.reset_count += 1
        agent.save(update_fields=["password", "reset_count"])
        drop_sessions(agent, but=session_id)
        record(actor=f"agent:{agent_id}", action="team.password_changed", subject=f"agent:{agent_id}", at=at, details={"by": "self"})
