"""What becomes of a conversation as words come and go, and as somebody decides how it goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

URGENT = 1
# Counted from when the house stored them.
WITHDRAWN_WITHIN = timedelta(seconds=60)
# Nothing sleeps for longer: what is not needed within a year is resolved.
LONGEST_SNOOZE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class State:
    """What a conversation's commands decide on."""

    status: str
    priority: int
    team_id: int
    queue_id: int
    assignee_id: int | None
    waiting_since: datetime | None
    due_at: datetime | None
    first_answered_at: datetime | None
    last_seq: int
    topic: str = ""
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Promised:
    """What the channel promises: how soon a first answer and every further one is owed."""

    first_answer: timedelta
    next_answer: timedelta


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that is to be written; its number follows from its place."""

    kind: str
    author_kind: str
    agent_id: int | None = None
    text: Any = None
    language: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    client_key: UUID | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a change comes to. No entries and the same state: there was nothing to do."""

    state: State
    entries: tuple[Draft, ...] = ()


@dataclass(frozen=True, slots=True)
class Denied:
    """The change cannot be made to a conversation in this state; `reason` is a code."""

    reason: str


def on_message(state: State, words: Draft, *, secrets: tuple[str, ...], promised: Promised, at: datetime) -> Decision | Denied:
    """Take in the customer's words: it is our turn from the first unanswered message on, whatever the state was before.

    A secret among the words was removed before this; it makes the conversation urgent and leaves an entry that says so.
    """
    if state.status == "closed":
        return Denied("closed")
    entries: list[Draft] = []
    if state.status != "open":
        entries.append(Draft("status", "system", data={"from": state.status, "to": "open"}))
    entries.append(words)
    after = _owed(awake(state, "open"), promised, at)
    if secrets:
        number = state.last_seq + len(entries)
        entries.append(Draft("secret_removed", "system", data={"of": number, "kinds": sorted(set(secrets))}))
        after = replace(after, priority=URGENT)
    return Decision(after, tuple(entries))


def awake(state: State, status: str) -> State:
    """Give it another status; whatever woke it, it does not wake a second time."""
    return replace(state, status=status, snoozed_until=None)


def _owed(state: State, promised: Promised, at: datetime) -> State:
    """Let the customer wait from now on, with a promise; whoever waits already keeps the older one."""
    if state.waiting_since is not None:
        return state
    owed = promised.next_answer if state.first_answered_at else promised.first_answer
    return replace(state, waiting_since=at, due_at=at + owed)


def on_reply(state: State, words: Draft, *, secrets: tuple[str, ...], at: datetime) -> Decision | Denied:
    """Send an agent's words: it is the customer's turn. Whoever answers what nobody had taken takes it."""
    if state.status == "closed":
        return Denied("closed")
    entries: list[Draft] = []
    after = replace(state, waiting_since=None, due_at=None, first_answered_at=state.first_answered_at or at)
    if state.status != "open":
        entries.append(Draft("status", "system", data={"from": state.status, "to": "open"}))
        after = awake(after, "open")
    if state.assignee_id is None:
        entries.append(Draft("assigned", "agent", agent_id=words.agent_id, data={"to": words.agent_id}))
        after = replace(after, assignee_id=words.agent_id)
    entries.append(words)
    entries.extend(removed(state, entries, secrets))
    return Decision(after, tuple(entries))


@dataclass(frozen=True, slots=True)
class Standing:
    """A reply as it stands in its conversation; `unanswered_since` is since when they wait for us without it."""

    seq: int
    agent_id: int | None
    sent_at: datetime
    is_withdrawn: bool
    unanswered_since: datetime | None


def on_withdraw(state: State, reply: Standing | None, *, by: int, channel: str, promised: Promised, at: datetime) -> Decision | Denied:
    """Take an agent's own words in a chat back within a minute; a repeat changes nothing. Whom they answered waits again."""
    if reply is None:
        return Denied("entry")
    if reply.agent_id != by or channel != "chat":
        return Denied("not_own")
    if reply.is_withdrawn:
        return Decision(state)
    if at - reply.sent_at > WITHDRAWN_WITHIN:
        return Denied("too_late")
    entries = [Draft("withdrawn", "agent", agent_id=by, data={"of": reply.seq})]
    after = state
    if state.first_answered_at == reply.sent_at:
        after = replace(after, first_answered_at=None)
    if reply.unanswered_since is not None and state.status not in _OVER:
        after = _owed(replace(after, waiting_since=None), promised, reply.unanswered_since)
        if state.status == "waiting":
            after = replace(after, status="open")
            entries.append(Draft("status", "system", data={"from": "waiting", "to": "open"}))
    return Decision(after, tuple(entries))


def on_note(state: State, words: Draft, *, secrets: tuple[str, ...]) -> Decision:
    """Keep an agent's words for the team; nobody's turn changes, and a closed conversation takes notes too."""
    entries = [words]
    entries.extend(removed(state, entries, secrets))
    return Decision(state, tuple(entries))


def removed(state: State, entries: list[Draft], secrets: tuple[str, ...]) -> list[Draft]:
    """Say behind entries that are about to be written what was removed from the last of them."""
    if not secrets:
        return []
    data = {"of": state.last_seq + len(entries), "kinds": sorted(set(secrets))}
    return [Draft("secret_removed", "system", data=data)]


_OVER = {"resolved", "closed"}
# From each status, those an agent may choose. What is closed stays closed: a new message opens a new conversation.
_MOVES = {
    "open": {"waiting", "snoozed", "resolved", "closed"},
    "waiting": {"open", "snoozed", "resolved", "closed"},
    "snoozed": {"open", "waiting", "resolved", "closed"},
    "resolved": {"open", "closed"},
    "closed": set(),
}


def on_status(
    state: State, *, to: str, by: int | None, promised: Promised, at: datetime, until: datetime | None = None
) -> Decision | Denied:
    """Choose a status; a repeat changes nothing. What is snoozed sleeps `until` then, or without one until they write.

    With the customer, resolved or closed, nobody waits for us. Opened again it is our turn, and an answer is promised
    anew; whoever was waiting all along keeps the older promise.
    """
    if to == state.status and until == state.snoozed_until:
        return Decision(state)
    if to not in _MOVES[state.status] and to != state.status:
        return Denied("closed" if state.status == "closed" else "status")
    if until is not None and (to != "snoozed" or not at < until <= at + LONGEST_SNOOZE):
        return Denied("until")
    after = replace(state, status=to, snoozed_until=until)
    if to in {"waiting", "resolved", "closed"}:
        after = replace(after, waiting_since=None, due_at=None)
    elif to == "open":
        after = _owed(after, promised, at)
    data = {"from": state.status, "to": to} | ({"until": until.isoformat()} if until else {})
    return Decision(after, (Draft("status", "agent" if by else "system", agent_id=by, data=data),))


def on_wake(state: State, *, promised: Promised, at: datetime) -> Decision:
    """Wake what has slept long enough: it is our turn again. What is awake already, or sleeps on, stays as it is."""
    if state.status != "snoozed" or state.snoozed_until is None or state.snoozed_until > at:
        return Decision(state)
    after = _owed(awake(state, "open"), promised, at)
    return Decision(after, (Draft("status", "system", data={"from": "snoozed", "to": "open", "slept": True}),))


def on_end(state: State) -> Decision:
    """Let the customer end it: nobody waits any more. What is over already stays as it is."""
    if state.status in _OVER:
        return Decision(state)
    after = replace(awake(state, "resolved"), waiting_since=None, due_at=None)
    return Decision(after, (Draft("status", "customer", data={"from": state.status, "to": "resolved"}),))


def on_rating(state: State, words: Draft, *, secrets: tuple[str, ...]) -> Decision | Denied:
    """Keep how the customer found it, once it is over; nobody's turn changes. The last one counts."""
    if state.status not in _OVER:
        return Denied("not_over")
    entries = [words]
    entries.extend(removed(state, entries, secrets))
    return Decision(state, tuple(entries))


def told_of_status(data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Tell what a customer learns of a change of status: that it is resolved, closed, or open again; None for our own steps."""
    to = data.get("to")
    if to in _OVER:
        return {"to": to}
    return {"to": "open"} if data.get("from") in _OVER else None


def on_priority(state: State, *, to: int, by: int | None) -> Decision | Denied:
    """Choose how urgent it is, 1 urgent to 4 low; a repeat changes nothing."""
    if state.status == "closed":
        return Denied("closed")
    if to == state.priority:
        return Decision(state)
    draft = Draft("priority", "agent" if by else "system", agent_id=by, data={"from": state.priority, "to": to})
    return Decision(replace(state, priority=to), (draft,))


def on_topic(state: State, *, to: str, by: int | None) -> Decision:
    """Choose what it is about, or (empty) leave that open; a repeat changes nothing.

    Also of one that is closed: what it was about is often known last, and is counted by it.
    """
    if to == state.topic:
        return Decision(state)
    draft = Draft("topic", "agent" if by else "system", agent_id=by, data={"from": state.topic, "to": to})
    return Decision(replace(state, topic=to), (draft,))


def on_queue(state: State, *, to_queue: int, to_team: int, by: int | None) -> Decision | Denied:
    """Move to another queue; in another team's queue the conversation is nobody's until somebody there takes it."""
    if state.status == "closed":
        return Denied("closed")
    if to_queue == state.queue_id:
        return Decision(state)
    assignee = state.assignee_id if to_team == state.team_id else None
    after = replace(state, queue_id=to_queue, team_id=to_team, assignee_id=assignee)
    draft = Draft("queue", "agent" if by else "system", agent_id=by, data={"from": state.queue_id, "to": to_queue, "left": [state.team_id]})
    return Decision(after, (draft,))
