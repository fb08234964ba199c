"""Second factors: how they come, how they go, and the codes on paper for the day one is lost."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from vigil.audit.commands import record
from vigil.kernel import post
from vigil.kernel.sealing import seal
from vigil.safety import commands as safety
from vigil.team import rules
from vigil.team.commands.sessions import drop_sessions
from vigil.team.commands.staff import end_sessions_of
from vigil.team.commands.throttling import count_try
from vigil.team.errors import FactorKnown, FactorRefused, LastFactorStays, PasskeyRefused
from vigil.team.models import Agent, Factor, FactorKind, RecoveryCode

RECOVERY_CODES = 10
MOST_PASSKEYS = 10
NAME_LIMIT = 40
TRIES = 10
SECRET_BYTES = 20


def draw_secret() -> bytes:
    """Draw a secret for an app that shows codes; nothing is kept until a code of it was shown."""
    return secrets.token_bytes(SECRET_BYTES)


def add_codes(*, agent_id: int, session_id: int, secret: bytes, code: str, at: datetime) -> tuple[str, ...]:
    """Take an app as a factor once it has shown a right code; give the recovery codes, if it is the first factor.

    Sessions in other browsers end. Raises FactorRefused, FactorKnown, TooManyTries.
    """
    count_try("factor.add", str(agent_id), most=TRIES, at=at)
    step = rules.step_of_code(secret, code, seconds=at.timestamp(), after=0)
    if step is None:
        raise FactorRefused
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(id=agent_id, is_active=True)
        if agent.factors.filter(kind=FactorKind.CODES).exists():
            raise FactorKnown
        sealed = seal(secret, purpose=purpose_of(agent_id))
        Factor.objects.create(agent=agent, kind=FactorKind.CODES, secret=sealed, counter=step, added_at=at)
        return _added(agent, "codes", session_id, at)


def add_passkey(
    *, agent_id: int, session_id: int, credential: bytes, secret: bytes, counter: int, name: str, at: datetime
) -> tuple[str, ...]:
    """Take a passkey that `passkeys.read_new` has judged; give the recovery codes, if it is the first factor.

    Sessions in other browsers end. Raises FactorKnown, PasskeyRefused when there are ten already.
    """
    called = safety.mask_line(name.strip()[:NAME_LIMIT], NAME_LIMIT)
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(id=agent_id, is_active=True)
        if Factor.objects.filter(credential=credential).exists():
            raise FactorKnown
        if agent.factors.filter(kind=FactorKind.PASSKEY).count() >= MOST_PASSKEYS:
            raise PasskeyRefused
        Factor.objects.create(
            agent=agent, kind=FactorKind.PASSKEY, name=called, secret=secret, credential=credential, counter=counter, added_at=at
        )
        return _added(agent, "passkey", session_id, at)


def remove_factor(*, agent_id: int, factor_id: int, at: datetime) -> None:
    """Take a factor away; with the last one go the recovery codes. May be repeated.

    Raises LastFactorStays where a second factor is asked for.
    """
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(id=agent_id)
        factor = agent.factors.filter(id=factor_id).first()
        if factor is None:
            return
        is_last = agent.factors.count() == 1
        if is_last and settings.VIGIL_SECOND_FACTOR:
            raise LastFactorStays
        factor.delete()
        if is_last:
            agent.recovery_codes.all().delete()
            Agent.objects.filter(id=agent_id).update(has_second_factor=False)
        _tell(agent, "removed", at)
        by = f"agent:{agent_id}"
        record(actor=by, action="team.factor_removed", subject=by, at=at, details={"factor": factor.kind})


def renew_recovery_codes(*, agent_id: int, at: datetime) -> tuple[str, ...]:
    """Draw ten new recovery codes; the old ones are worth nothing from now on. They are told this once."""
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(id=agent_id, has_second_factor=True)
        codes = _draw_recovery_codes(agent)
        by = f"agent:{agent_id}"
        record(actor=by, action="team.recovery_codes_renewed", subject=by, at=at)
    return codes


def reset_factors(*, agent_id: int, actor: str, at: datetime) -> bool:
    """Take every second factor from somebody who has lost them, end all sessions and tell them by letter; say whether there was any.

    The caller has judged whether `actor` may. May be repeated.
    """
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(id=agent_id)
        if not agent.has_second_factor:
            return False
        agent.factors.all().delete()
        agent.recovery_codes.all().delete()
        agent.has_second_factor = False
        end_sessions_of(agent)
        _tell(agent, "reset", at)
        record(actor=actor, action="team.factors_reset", subject=f"agent:{agent_id}", at=at)
    return True


def purpose_of(agent_id: int) -> str:
    """Name what an agent's secret is sealed for."""
    return f"team.codes:{agent_id}"


def digest_of(agent_id: int, code: str) -> str:
    """Compute what is kept of a recovery code."""
    return salted_hmac("vigil.recovery", f"{agent_id}:{rules.plain_recovery_code(code)}", algorithm="sha256").hexdigest()


def _added(agent: Agent, kind: str, session_id: int, at: datetime) -> tuple[str, ...]:
    is_first = not agent.has_second_factor
    codes = _draw_recovery_codes(agent) if is_first else ()
    Agent.objects.filter(id=agent.id).update(has_second_factor=True)
    # Whoever came in elsewhere with the password alone proves now who they are.
    drop_sessions(agent, but=session_id)
    _tell(agent, "added", at)
    by = f"agent:{agent.id}"
    record(actor=by, action="team.factor_added", subject=by, at=at, details={"factor": kind})
    return codes


def _draw_recovery_codes(agent: Agent) -> tuple[str, ...]:
    drawn = tuple("".join(secrets.choice(rules.RECOVERY_SIGNS) for _ in range(rules.RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES))
    agent.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(agent=agent, digest=digest_of(agent.id, code)) for code in drawn)
    half = rules.RECOVERY_LENGTH // 2
    return tuple(f"{code[:half]}-{code[half:]}" for code in drawn)


def _tell(agent: Agent, what: str, at: datetime) -> None:
    args: dict[str, int | str] = {"agent_id": agent.id, "what": what, "at": int(at.timestamp())}
    post.send(to=agent.email, template="team.factors", language=agent.ui_language, args=args, at=at)
