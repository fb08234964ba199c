"""What happened to drafts."""

from dataclasses import dataclass

from vigil.kernel.events import Event


@dataclass(frozen=True, slots=True)
class DraftChanged(Event):
    """An agent's draft stands in another version, or (an empty version) nowhere; `turned` says that it began or ended."""

    conversation: str
    agent_id: int
    version: str
    turned: bool
