"""Whose session still holds, and from whom nothing is taken.

The one rule, asked by streams on a connection of theirs and by doors once a batch.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from vigil.customers import queries as customers
from vigil.kernel.database.plain import Connection, Question, ask_all
from vigil.kernel.errors import Refusal
from vigil.kernel.live.refusals import TokenInvalid
from vigil.team import queries as team

_Item = TypeVar("_Item")
_Outcome = TypeVar("_Outcome")


class Asked:
    """Subjects whose sessions are asked about, and customers who may be blocked: the questions, and what the answers to them mean.

    Whatever names neither an agent ("agent:5:2:7" or "agent:5:2": the agent, the epoch, the browser) nor a guest
    ("guest:7c...") never was welcome.
    """

    def __init__(self, subjects: Iterable[str], customer_ids: Iterable[int] = ()) -> None:
        asked, writing = set(subjects), set(customer_ids)
        self._agents = {subject: _session_of(subject) for subject in asked if subject.startswith("agent:")}
        self._guests = {subject: subject.partition(":")[2] for subject in asked if subject.startswith("guest:")}
        self._others = asked - self._agents.keys() - self._guests.keys()
        sessions = {session for session in self._agents.values() if session}
        of_agents = [team.unwelcome_agents_asked(sessions)] if sessions else []
        of_guests = [customers.ended_sessions_asked(self._guests.values())] if self._guests else []
        of_customers = [customers.blocked_asked(writing)] if writing else []
        self._asks_of_customers = bool(writing)
        self.questions: list[Question[Any]] = [*of_agents, *of_guests, *of_customers]

    def unwelcome(self, answers: Sequence[Any]) -> set[str]:
        """Name those whose session is over: agents that were switched off or signed out, guests that left."""
        over: set[Any] = set().union(*(answers[:-1] if self._asks_of_customers else answers))
        sessions = self._agents | self._guests
        return self._others | {subject for subject, session in sessions.items() if session is None or session in over}

    def blocked(self, answers: Sequence[Any]) -> dict[int, str]:
        """Name the customers from whom nothing is taken, each with the reason."""
        return answers[-1] if self._asks_of_customers else {}


def find_unwelcome(subjects: Iterable[str], *, borrowed: Connection | None = None) -> set[str]:
    """Name the subjects whose session is over; on `borrowed`, a connection outside Django's, where one is given."""
    asked = Asked(subjects)
    return asked.unwelcome(ask_all(*asked.questions, borrowed=borrowed))


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


def _session_of(subject: str) -> tuple[int, int, int] | None:
    numbers = subject.split(":")[1:]
    if len(numbers) not in {2, 3} or not all(number.isdecimal() for number in numbers):
        return None
    agent, epoch, browser = (*map(int, numbers), 0)[:3]
    return agent, epoch, browser
