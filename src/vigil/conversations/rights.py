"""Whose session still holds: the one rule, asked by streams on a connection of theirs and by doors once a batch."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from vigil.customers import queries as customers
from vigil.kernel.database.plain import Connection
from vigil.kernel.errors import Refusal
from vigil.kernel.live.refusals import TokenInvalid
from vigil.team import queries as team

_Item = TypeVar("_Item")
_Outcome = TypeVar("_Outcome")


def find_unwelcome(subjects: Iterable[str], *, borrowed: Connection | None = None) -> set[str]:
    """Name the subjects whose session is over: agents that were switched off or signed out, guests that left.

    Whatever names neither an agent ("agent:5:2", the last number is the epoch) nor a guest ("guest:7c...") never was welcome.
    """
    asked = set(subjects)
    agents = {subject: _session_of(subject) for subject in asked if subject.startswith("agent:")}
    guests = {subject: subject.partition(":")[2] for subject in asked if subject.startswith("guest:")}
    over = team.unwelcome_agents({session for session in agents.values() if session}, borrowed=borrowed) if agents else set()
    left = customers.ended_sessions(guests.values(), borrowed=borrowed) if guests else set()
    gone = {subject for subject, session in agents.items() if session is None or session in over}
    return gone | {subject for subject, session in guests.items() if session in left} | (asked - agents.keys() - guests.keys())


def carry_out_for_the_welcome(
    asked: Sequence[tuple[str, _Item]], many: Callable[[list[_Item]], Sequence[_Outcome | Refusal]]
) -> list[_Outcome | Refusal]:
    """Hand to `many` what comes from subjects whose session holds, each (subject, item) answered in its place.

    The others are answered TokenInvalid: a token is signed for minutes, and its right may have ended a moment ago.
    """
    gone = find_unwelcome(subject for subject, _ in asked)
    kept = [item for subject, item in asked if subject not in gone]
    outcomes = iter(many(kept) if kept else ())
    return [TokenInvalid() if subject in gone else next(outcomes) for subject, _ in asked]


def _session_of(subject: str) -> tuple[int, int] | None:
    _, agent, epoch = (*subject.split(":"), "", "")[:3]
    return (int(agent), int(epoch)) if agent.isdecimal() and epoch.isdecimal() else None
