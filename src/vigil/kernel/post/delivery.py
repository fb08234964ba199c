"""The way of one letter from its row to the relay, such that a crash at any step sends it at most twice, and says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.db.models import F

from vigil.kernel import clock, faults
from vigil.kernel.jobs import TryLater
from vigil.kernel.models import Letter, LetterState
from vigil.kernel.post import smtp, spool
from vigil.kernel.post.compose import Envelope, compose
from vigil.kernel.post.errors import NotSendable
from vigil.kernel.post.rules import Arg, wait_after
from vigil.kernel.post.templates import NotWanted, UnknownTemplate, get_template

# Longer than the longest conversation with a relay (a dozen steps of 20 s each), so that nobody takes over a live one.
_LEASE = timedelta(minutes=5)
_SETTLED = (LetterState.SENT, LetterState.MAYBE_DUPLICATE, LetterState.FAILED)
_MOST_HANDOVERS = 2


class _Overtaken(Exception):
    """Our lease ran out and somebody else has the letter now."""


@dataclass(frozen=True, slots=True)
class _Claim:
    # `attempt` fences: whoever claimed later has a higher one, and a late finisher changes nothing.
    letter: int
    public_id: str
    attempt: int
    handovers: int
    template: str
    args: Mapping[str, Arg]
    envelope: Envelope


def deliver(letter_id: int, *, at: datetime) -> None:
    """Deliver one letter, unless it is settled. Safe to repeat: a second copy goes out only where the first is in doubt.

    Raises TryLater while it is worth trying; a refusal for good settles the letter as failed.
    """
    claim = _claim(letter_id, at)
    if claim is None:
        return
    faults.point("post.after_claim")
    try:
        _carry(claim, _write(claim, at))
    except (NotSendable, NotWanted, UnknownTemplate) as error:
        _settle(claim, LetterState.FAILED, error=_reason(error))
    except smtp.Undelivered as error:
        _undelivered(claim, error)
    except smtp.OutcomeUnknown:
        _unknown(claim)
    except _Overtaken:
        return
    else:
        faults.point("post.after_send_before_mark")
        _settle(claim, LetterState.SENT if claim.handovers == 0 else LetterState.MAYBE_DUPLICATE)


@transaction.atomic
def _claim(letter_id: int, at: datetime) -> _Claim | None:
    letter = Letter.objects.select_for_update().filter(id=letter_id).first()
    if letter is None or letter.state in _SETTLED:
        return None
    if letter.state == LetterState.SENDING and letter.leased_until is not None and letter.leased_until > at:
        raise TryLater(int((letter.leased_until - at).total_seconds()) + 1)
    if letter.handovers >= _MOST_HANDOVERS or letter.expires_at <= at:
        _close(letter, at)
        return None
    letter.state = LetterState.SENDING
    letter.leased_until = at + _LEASE
    letter.attempts += 1
    letter.save(update_fields=["state", "leased_until", "attempts"])
    envelope = Envelope(sender_address(), letter.to, letter.message_id, letter.language)
    return _Claim(letter.id, letter.public_id, letter.attempts, letter.handovers, letter.template, letter.args, envelope)


def _close(letter: Letter, at: datetime) -> None:
    in_doubt = letter.handovers > 0
    letter.state = LetterState.MAYBE_DUPLICATE if in_doubt else LetterState.FAILED
    letter.last_error = "outcome_unknown" if in_doubt else "expired"
    letter.leased_until, letter.settled_at = None, at
    letter.save(update_fields=["state", "last_error", "leased_until", "settled_at"])


def _write(claim: _Claim, at: datetime) -> bytes:
    try:
        with transaction.atomic():
            rendered = get_template(claim.template).render(claim.args, claim.envelope.language)
    except (NotSendable, NotWanted, UnknownTemplate):
        raise
    except Exception:
        # A fault of the app that wrote the letter: the job reports it, and the letter is free for the next try.
        _release(claim, "render")
        raise
    return compose(claim.envelope, rendered, at=at)


def _carry(claim: _Claim, message: bytes) -> None:
    if not settings.VIGIL_SMTP_URL:
        if settings.PRODUCTION:
            raise smtp.Undelivered("no_relay")
        spool.put(settings.VIGIL_VAR / "spool", claim.public_id, message)
        return
    relay = smtp.parse_relay(settings.VIGIL_SMTP_URL, is_production=settings.PRODUCTION)
    envelope = claim.envelope
    smtp.hand_over(relay, sender=envelope.sender, recipient=envelope.recipient, message=message, before_data=lambda: _note_handover(claim))


def sender_address() -> str:
    """Give the bare address all our letters come from: that of VIGIL_MAIL_FROM."""
    return parseaddr(settings.VIGIL_MAIL_FROM)[1]


def _note_handover(claim: _Claim) -> None:
    still_ours = Letter.objects.filter(id=claim.letter, attempts=claim.attempt, state=LetterState.SENDING, leased_until__gt=clock.now())
    if not still_ours.update(handovers=F("handovers") + 1):
        raise _Overtaken
    faults.point("post.before_data")


def _undelivered(claim: _Claim, error: smtp.Undelivered) -> None:
    if error.after_data:
        # The relay had the bytes and said no: this handover is no longer in doubt.
        Letter.objects.filter(id=claim.letter, attempts=claim.attempt).update(handovers=F("handovers") - 1)
    if error.for_good:
        _settle(claim, LetterState.FAILED if claim.handovers == 0 else LetterState.MAYBE_DUPLICATE, error=error.code)
        return
    _release(claim, error.code)
    raise TryLater(int(wait_after(claim.attempt).total_seconds()))


def _unknown(claim: _Claim) -> None:
    if claim.handovers + 1 >= _MOST_HANDOVERS:
        _settle(claim, LetterState.MAYBE_DUPLICATE, error="outcome_unknown")
        return
    _release(claim, "outcome_unknown")
    raise TryLater(int(wait_after(claim.attempt).total_seconds()))


def _release(claim: _Claim, error: str) -> None:
    _ours(claim, state=LetterState.QUEUED, leased_until=None, last_error=error)


def _settle(claim: _Claim, state: LetterState, *, error: str = "") -> None:
    _ours(claim, state=state, leased_until=None, last_error=error, settled_at=clock.now())


def _ours(claim: _Claim, **values: object) -> None:
    Letter.objects.filter(id=claim.letter, attempts=claim.attempt, state=LetterState.SENDING).update(**values)


def _reason(error: Exception) -> str:
    if isinstance(error, NotSendable):
        return f"bad_{error.reason}"
    return "not_wanted" if isinstance(error, NotWanted) else "unknown_template"
