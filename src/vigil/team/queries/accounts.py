"""What belongs to one agent's account: the second factors, and the browsers in which they are signed in."""

from dataclasses import dataclass
from datetime import datetime

from vigil.kernel.database.plain import ask
from vigil.team.errors import ResetLinkDead
from vigil.team.models import Agent, Factor, FactorKind, RecoveryCode
from vigil.team.resets import is_fresh, read

# A row of ours whose session Django would not open any more is not shown.
_SESSIONS = """
SELECT s.id, s.browser, host(s.address), s.began_at, s.seen_at FROM team_agentsession s
  JOIN django_session d ON d.session_key = s.key AND d.expire_date > %s
 WHERE s.agent_id = %s ORDER BY s.seen_at DESC, s.id DESC
"""


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A second factor; `kind` is codes or passkey, and `name` what its owner calls it, if anything."""

    id: int
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A browser in which an agent is signed in: the family of browser and system, and from where."""

    id: int
    browser: str
    address: str
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class PasswordLink:
    """The language of the letter that a link stood in, and whether the password is the first one of somebody who was invited."""

    language: str
    is_first: bool


def list_factors(agent_id: int) -> list[FactorRow]:
    """List an agent's second factors, the oldest first."""
    found = Factor.objects.filter(agent_id=agent_id).order_by("id")
    return [FactorRow(each.id, each.kind, each.name or "", each.added_at, each.used_at) for each in found]


def count_recovery_codes(agent_id: int) -> int:
    """Count the codes on paper that still stand in for a lost factor."""
    return RecoveryCode.objects.filter(agent_id=agent_id).count()


def list_passkeys(agent_id: int) -> list[bytes]:
    """List the public halves of an agent's passkeys."""
    found = Factor.objects.filter(agent_id=agent_id, kind=FactorKind.PASSKEY).order_by("id")
    return [bytes(secret) for secret in found.values_list("secret", flat=True)]


def find_passkey(credential: bytes) -> tuple[int, bytes] | None:
    """Find whose a passkey is, with its public half, among those who still work here."""
    found = Factor.objects.filter(credential=credential, kind=FactorKind.PASSKEY, agent__is_active=True)
    row = found.values_list("agent_id", "secret").first()
    return (row[0], bytes(row[1])) if row else None


def is_account_as_it_was(agent_id: int, state: str) -> bool:
    """Say whether an agent is still active, and neither password nor sessions have changed since `state` was told."""
    agent = Agent.objects.filter(id=agent_id, is_active=True).first()
    return agent is not None and agent.get_session_auth_hash() == state


def list_sessions(agent_id: int, *, at: datetime) -> list[SessionRow]:
    """List the browsers in which an agent is signed in, the last used first."""
    return [
        SessionRow(number, browser, address or "", began_at, seen_at)
        for number, browser, address, began_at, seen_at in ask(_SESSIONS, [at, agent_id])
    ]


def get_signature(agent_id: int) -> str:
    """Tell what stands below an agent's letters; empty for none. Raises Agent.DoesNotExist."""
    return Agent.objects.only("signature").get(id=agent_id).signature or ""


def read_password_link(token: str, *, at: datetime) -> PasswordLink:
    """Tell whose page a link to a password opens. Raises ResetLinkDead."""
    claim = read(token, at=at)
    agent = Agent.objects.filter(id=claim.agent_id, is_active=True).first()
    if agent is None or not is_fresh(claim, agent):
        raise ResetLinkDead
    return PasswordLink(agent.ui_language, is_first=not agent.has_usable_password())
