"""What happened to the team."""

from dataclasses import dataclass

from vigil.kernel.events import Event


@dataclass(frozen=True, slots=True)
class PasswordResetAsked(Event):
    """Somebody asked for a new password; `agent_id` is 0 where the address is nobody's."""

    agent_id: int


@dataclass(frozen=True, slots=True)
class DeskFellSilent(Event):
    """Nothing was heard of any desk of an agent for 45 s."""

    agent_id: int


@dataclass(frozen=True, slots=True)
class AgentSwitchedOff(Event):
    """Somebody does not work here any more."""

    agent_id: int
