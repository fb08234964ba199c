"""The second step at the door: a code, a passkey or a code on paper proves who has typed the password."""

from datetime import datetime
from typing import NoReturn

from django.db import transaction

from vigil.audit.commands import record
from vigil.kernel.sealing import Unreadable, unseal
from vigil.team import rules
from vigil.team.commands.factors import digest_of, purpose_of
from vigil.team.commands.throttling import count_try, forget_tries
from vigil.team.errors import FactorRefused, PasskeyRefused, TooManyTries
from vigil.team.models import Factor, FactorKind, RecoveryCode

# Ten wrong codes of a million in a quarter of an hour, and nobody guesses: it takes years to try as many.
TRIES = 10


def prove_by_code(*, agent_id: int, code: str, at: datetime) -> None:
    """Judge what the app shows, and sign in. A code is taken once, within half a minute before or after its time.

    Raises FactorRefused, TooManyTries.
    """
    _count(agent_id, at)
    with transaction.atomic():
        factor = Factor.objects.select_for_update().filter(agent_id=agent_id, kind=FactorKind.CODES, agent__is_active=True).first()
        step = _step(factor, code, at) if factor else None
        if factor is not None and step is not None:
            factor.counter, factor.used_at = step, at
            factor.save(update_fields=["counter", "used_at"])
            _proved(agent_id, "codes", at)
            return
    _refused(agent_id, "codes", at, FactorRefused())


def prove_by_passkey(*, agent_id: int, credential: bytes, counter: int, at: datetime) -> None:
    """Take a passkey's proof that `passkeys.read_proof` has judged, and sign in.

    Raises PasskeyRefused for a passkey whose count went back: somebody has made a copy of it. Raises TooManyTries.
    """
    _count(agent_id, at)
    with transaction.atomic():
        factor = Factor.objects.select_for_update().filter(agent_id=agent_id, credential=credential, agent__is_active=True).first()
        # Those that never count say 0 for ever.
        if factor is not None and (counter > factor.counter or counter == factor.counter == 0):
            factor.counter, factor.used_at = counter, at
            factor.save(update_fields=["counter", "used_at"])
            _proved(agent_id, "passkey", at)
            return
    _refused(agent_id, "passkey", at, PasskeyRefused())


def prove_by_recovery_code(*, agent_id: int, code: str, at: datetime) -> None:
    """Take one of the codes on paper, which is worth nothing afterwards, and sign in. Raises FactorRefused, TooManyTries."""
    _count(agent_id, at)
    with transaction.atomic():
        mine = RecoveryCode.objects.filter(agent_id=agent_id, agent__is_active=True, digest=digest_of(agent_id, code))
        if mine.delete()[0]:
            _proved(agent_id, "recovery", at)
            return
    _refused(agent_id, "recovery", at, FactorRefused())


def _count(agent_id: int, at: datetime) -> None:
    try:
        count_try("factor.prove", str(agent_id), most=TRIES, at=at)
    except TooManyTries:
        with transaction.atomic():
            record(actor="system", action="team.factor_throttled", subject=f"agent:{agent_id}", at=at)
        raise


def _step(factor: Factor, code: str, at: datetime) -> int | None:
    try:
        secret = unseal(bytes(factor.secret), purpose=purpose_of(factor.agent_id))
    except Unreadable:
        # The installation's key has changed: the other ways are still open.
        return None
    return rules.step_of_code(secret, code, seconds=at.timestamp(), after=factor.counter)


def _proved(agent_id: int, kind: str, at: datetime) -> None:
    forget_tries("factor.prove", str(agent_id))
    agent = f"agent:{agent_id}"
    record(actor=agent, action="team.signed_in", subject=agent, at=at, details={"factor": kind})


def _refused(agent_id: int, kind: str, at: datetime, refusal: FactorRefused | PasskeyRefused) -> NoReturn:
    with transaction.atomic():
        record(actor="system", action="team.factor_refused", subject=f"agent:{agent_id}", at=at, details={"factor": kind})
    raise refusal
