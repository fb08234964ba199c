"""Whose words are taken."""

from vigil.conversations.rules.deciding import Decision, Draft, State


def on_block(state: State, *, reason: str, by: int) -> Decision:
    """Write beside the words that nothing is taken from their customer any more, or (no reason) that it is again."""
    return Decision(state, (Draft("blocked", "agent", agent_id=by, data={"reason": reason}),))
