"""Who has a conversation, and who gives it to whom."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from vigil.conversations.rules.deciding import Decision, Denied, Draft, State, awake, removed

Seen = int | None | Literal["whoever"]


def on_assign(state: State, *, to: int | None, by: int | None, seen: Seen = "whoever") -> Decision | Denied:
    """Give the conversation to an agent, or back to the queue; a repeat changes nothing.

    Not where a third has it by now of whom the one who asks knew nothing: what they have `seen` is who had it, or nobody.
    """
    if state.status == "closed":
        return Denied("closed")
    if state.assignee_id == to:
        return Decision(state)
    if seen != "whoever" and state.assignee_id not in {None, seen}:
        return Denied("taken")
    draft = Draft("assigned", "agent" if by else "system", agent_id=by, data={"to": to, "from": state.assignee_id})
    return Decision(replace(state, assignee_id=to), (draft,))


def on_silence(state: State, *, of: int, at: datetime) -> Decision:
    """Give a chat back whose agent's desk fell silent, to the head of its queue: due since they waited, or were first answered.

    Where it was their turn they wait now, for somebody. Whoever has taken it meanwhile keeps it.
    """
    if state.assignee_id != of or state.status not in {"open", "waiting"}:
        return Decision(state)
    entries = [Draft("assigned", "system", data={"to": None, "from": of, "silent": True})]
    if state.status == "waiting":
        entries.append(Draft("status", "system", data={"from": "waiting", "to": "open"}))
    since = state.waiting_since or at
    due_at = min(moment for moment in (state.due_at, state.first_answered_at, since) if moment is not None)
    return Decision(replace(awake(state, "open"), assignee_id=None, waiting_since=since, due_at=due_at), tuple(entries))


def on_handover(
    state: State, words: Draft, *, to: int | None, by: int, secrets: tuple[str, ...], seen: Seen = "whoever"
) -> Decision | Denied:
    """Keep the words for the team and give the conversation to somebody, or back to the queue: both or neither."""
    given = on_assign(state, to=to, by=by, seen=seen)
    if isinstance(given, Denied):
        return given
    return Decision(given.state, (words, *removed(state, [words], secrets), *given.entries))
