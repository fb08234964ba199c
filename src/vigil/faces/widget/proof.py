"""A puzzle for times of flood: a second of a phone's work buys one deed (ALTCHA, second version of its protocol).

Whoever floods pays for each; everybody else never sees it. Nothing is kept until a solution comes: the challenge carries its
own parameters under our signature, and a solution works once, for one deed, of one site, by one guest, within minutes.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from vigil.kernel import once
from vigil.kernel.errors import Refusal

HEADER = "X-Vigil-Proof"
LONGEST = timedelta(minutes=10)
# About 256 derivations of so many rounds: .3 s on a computer, a second or two on a slow phone, and none of it in its main thread.
_ALGORITHM, _ROUNDS, _PREFIX = "PBKDF2/SHA-256", 2000, "00"
_LONGEST_PROOF = 2048


class ChallengeRequired(Refusal):
    """Very many come at once: a little work first. The answer carries the challenge."""

    code = "challenge_required"
    status = 429
    sentence = _("Very many people are writing to us right now. Your device is solving a small puzzle first; nothing you wrote is lost.")

    def __init__(self, challenge: dict[str, Any]) -> None:
        super().__init__(retry_after=1)
        self._challenge = challenge

    def as_json(self) -> dict[str, Any]:
        """Render the refusal with what has to be solved."""
        return {**super().as_json(), "challenge": self._challenge}


class ChallengeInvalid(Refusal):
    """The solution is wrong, was used, came too late, or was made for something else."""

    code = "challenge_invalid"
    status = 400
    sentence = _("The puzzle was not solved in time. Please try again.")


def make(*, deed: str, site: str, guest: str, at: datetime) -> dict[str, Any]:
    """Make a challenge for one deed of one guest ("" for somebody who is nobody yet), to be solved within ten minutes."""
    challenge = altcha.create_challenge(
        _ALGORITHM, _ROUNDS, key_prefix=_PREFIX, expires_at=at + LONGEST, data=_bound(deed, site, guest), hmac_secret=_secret()
    )
    made: dict[str, Any] = challenge.to_dict()
    return made


def check(proof: str, *, deed: str, site: str, guest: str, at: datetime) -> None:
    """Take a solution and use it up. Raises ChallengeInvalid."""
    if len(proof) > _LONGEST_PROOF:
        raise ChallengeInvalid
    try:
        payload = altcha.Payload.from_base64(proof)
        # Judged first and by hash alone, so that what we never signed costs us no rounds.
        result = altcha.verify_solution(payload, _secret())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ChallengeInvalid from error
    asked = payload.challenge.parameters
    if not result.verified or asked.data != _bound(deed, site, guest) or not isinstance(asked.expires_at, int):
        raise ChallengeInvalid
    expires_at = datetime.fromtimestamp(asked.expires_at, UTC)
    if not at < expires_at or not once.spend("proof", str(payload.challenge.signature), until=expires_at):
        raise ChallengeInvalid


def _bound(deed: str, site: str, guest: str) -> dict[str, str]:
    return {"deed": deed, "guest": guest, "site": site}


def _secret() -> str:
    return salted_hmac("vigil.widget.proof", "challenge", secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
