"""Who has a conversation, and who gives it to whom."""

from dataclasses import replace
from typing import Literal

from vigil.conversations.rules.deciding import Decision, Denied, Draft, State, removed

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


def on_silence(state: State, *, of: int) -> Decision:
    """Give a chat back whose agent's desk fell silent; whoever has taken it meanwhile keeps it.

    A customer who waits stands at the head of the queue with their old wait: due since they waited, or were first answered.
    Where it is the customer's turn, it stays so: nobody waits for an answer, and none is promised before they write again.
    """
    if state.assignee_id != of or state.status not in {"open", "waiting"}:
        return Decision(state)
    data, after = {"to": None, "from": of, "silent": True}, replace(state, assignee_id=None)
    if state.waiting_since is None:
        data["answered"] = True
    else:
        moments = (state.due_at, state.first_answered_at, state.waiting_since)
        after = replace(after, due_at=min(moment for moment in moments if moment is not None))
    return Decision(after, (Draft("assigned", "system", data=data),))


def on_handover(
    state: State, words: Draft, *, to: int | None, by: int, secrets: tuple[str, ...], seen: Seen = "whoever"
) -> Decision | Denied:
    """Keep the words for the team and give the conversation to somebody, or back to the queue: both or neither."""
    given = on_assign(state, to=to, by=by, seen=seen)
    if isinstance(given, Denied):
        return given
    return Decision(given.state, (words, *removed(state, [words], secrets), *given.entries))
