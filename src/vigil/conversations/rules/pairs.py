"""Two conversations that belong together: linked side by side, or merged so that one goes on for both."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from vigil.conversations.rules.deciding import Decision, Denied, Draft, Promised, State

MOST_LINKS = 20
UNDONE_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class End:
    """One of two conversations: its number and name, whose it is, how it stands, where it was merged into, and how many into it."""

    id: int
    name: str
    customer_id: int
    state: State
    merged_into: int | None = None
    merged_at: datetime | None = None
    parts: int = 0


Both = tuple[Decision, Decision]


def on_link(one: End, other: End, links: int, *, is_linked: bool, on: bool, by: int) -> Both | Denied:
    """Link two conversations, or part them; a repeat changes nothing. `links` is how many the fuller of the two has."""
    if one.id == other.id:
        return Denied("itself")
    if is_linked == on:
        return Decision(one.state), Decision(other.state)
    if on and links >= MOST_LINKS:
        return Denied("links")
    return tuple(  # type: ignore[return-value]  # two make two
        Decision(end.state, (Draft("linked", "agent", agent_id=by, data={"with": beside.id, "on": on}),))
        for end, beside in ((one, other), (other, one))
    )


def on_merge(source: End, target: End, *, by: int) -> Both | Denied:
    """Let `source` go on in `target`: it is closed, and whoever waits in it waits in the other one; a repeat changes nothing.

    How it stood is kept in its entry, so that it can be undone.
    """
    if source.id == target.id:
        return Denied("itself")
    if source.customer_id != target.customer_id:
        return Denied("customer")
    if source.merged_into == target.id:
        return Decision(source.state), Decision(target.state)
    if source.merged_into or target.merged_into or source.parts:
        return Denied("merged")
    if target.state.status == "closed":
        return Denied("closed")
    kept = {"into": target.id, "name": target.name, "stood": _written(source.state), "other": _written(target.state)}
    closed = replace(source.state, status="closed", snoozed_until=None, waiting_since=None, due_at=None)
    # Last, for that is what its customer reads below everything else.
    gone = (*_turned(source.state.status, "closed", by), Draft("merged", "agent", agent_id=by, data=kept))
    after, opened = _waiting_too(target.state, source.state), target.state.status
    came = (Draft("merged", "agent", agent_id=by, data={"from": source.id, "name": source.name}), *_turned(opened, after.status, by))
    return Decision(closed, gone), Decision(after, came)


def on_undo(
    source: End, target: End, kept: Mapping[str, Any], *, written_since: datetime | None, promised: Promised, by: int, at: datetime
) -> Both | Denied:
    """Part what was merged less than a day ago, each as it stood; a repeat changes nothing.

    `kept` is what the source's entry says of how both stood. Where the other one was answered meanwhile, it stays as it is; where its
    customer has written in it (since `written_since`), they wait there for that.
    """
    if source.merged_into != target.id or source.merged_at is None:
        return Decision(source.state), Decision(target.state)
    if at - source.merged_at > UNDONE_WITHIN:
        return Denied("undo")
    back, after = _read(source.state, kept["stood"]), target.state
    if back.waiting_since is not None and after.waiting_since == back.waiting_since:
        stood = _read(target.state, kept["other"])
        since = stood.waiting_since or written_since
        due = stood.due_at or (since + promised.next_answer if since else None)
        after = replace(after, waiting_since=since, due_at=due) if written_since or after.status != "open" else stood
    apart = (Draft("merged", "agent", agent_id=by, data={"into": target.id, "undone": True}), *_turned("closed", back.status, by))
    came = Draft("merged", "agent", agent_id=by, data={"from": source.id, "undone": True})
    return Decision(back, apart), Decision(after, (came, *_turned(target.state.status, after.status, by)))


def told_of_merge(data: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | None:
    """Tell what a customer learns of a merge: where this goes on, or what goes on here; None for one undone, which the status tells."""
    if data.get("undone"):
        return None
    kind, end = ("onward", "into") if "into" in data else ("joined", "from")
    return kind, {end: data["name"]} if "name" in data else {}


def _waiting_too(state: State, other: State) -> State:
    if other.waiting_since is None:
        return state
    since = min(each for each in (state.waiting_since, other.waiting_since) if each)
    due = min((each for each in (state.due_at, other.due_at) if each), default=None)
    return replace(state, status="open", snoozed_until=None, waiting_since=since, due_at=due)


def _turned(before: str, after: str, by: int) -> tuple[Draft, ...]:
    return () if before == after else (Draft("status", "agent", agent_id=by, data={"from": before, "to": after}),)


_MOMENTS = ("waiting_since", "due_at", "snoozed_until")


def _written(state: State) -> dict[str, str | None]:
    moments: dict[str, datetime | None] = {name: getattr(state, name) for name in _MOMENTS}
    return {"status": state.status} | {name: moment.isoformat() if moment else None for name, moment in moments.items()}


def _read(state: State, stood: Mapping[str, Any]) -> State:
    moments: dict[str, Any] = {name: datetime.fromisoformat(stood[name]) if stood[name] else None for name in _MOMENTS}
    return replace(state, status=stood["status"], **moments)
