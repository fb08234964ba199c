"""What the team thinks of its own replies."""

from dataclasses import dataclass

from vigil.conversations.rules.deciding import Decision, Denied, Draft, State


@dataclass(frozen=True, slots=True)
class Said:
    """A reply whose words still stand, and whether they are marked as not clear to its customer."""

    seq: int
    is_unclear: bool


def on_unclear(state: State, reply: Said | None, *, on: bool, by: int) -> Decision | Denied:
    """Mark a reply as not clear to its customer, or not any more; a repeat changes nothing. Nobody's turn changes."""
    if reply is None:
        return Denied("entry")
    if reply.is_unclear == on:
        return Decision(state)
    return Decision(state, (Draft("unclear", "agent", agent_id=by, data={"of": reply.seq, "on": on}),))
