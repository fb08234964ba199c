"""What somebody had taken who does not work here any more, or whose desk is silent, goes back to its queues."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db import connection

from vigil.conversations.commands.timeline import MOST, Change, apply_many
from vigil.conversations.events import ConversationAssigned
from vigil.conversations.held import Held, Line
from vigil.conversations.queries.lists import STILL_LIVE
from vigil.conversations.rules import Decision, Denied, State, on_assign, on_silence
from vigil.kernel.database.plain import ask
from vigil.kernel.errors import Refusal
from vigil.team import commands as team
from vigil.team import queries as agents

_TAKEN = """
SELECT public_id FROM conversations_conversation
 WHERE assignee_id = %s AND status IN ('open', 'waiting', 'snoozed') AND id > %s ORDER BY id LIMIT %s
"""
# What goes on now, as the live strip shows it: somebody waits, or said something lately.
_LIVE = """
SELECT public_id, assignee_id FROM conversations_conversation
 WHERE assignee_id = ANY(%s) AND status IN ('open', 'waiting') AND channel = 'chat'
   AND (waiting_since IS NOT NULL OR last_activity_at > %s) ORDER BY id LIMIT %s
"""
_LAST = "SELECT id FROM conversations_conversation WHERE public_id = %s"


class StillHeld(Exception):
    """Some are held by somebody else just now; called again, the rest follows."""


def give_back_all(*, agent_id: int, at: datetime) -> int:
    """Give every conversation that is not over from an agent back to its queue; give their number. May be repeated.

    Raises StillHeld when some could not be had at once: the others are back all the same.
    """
    given, failed, after = 0, 0, 0
    while names := _taken(agent_id, after):
        outcomes = apply_many([_back(name, agent_id, at) for name in names], at=at)
        failed += sum(isinstance(outcome, Refusal) for outcome in outcomes)
        given += len(outcomes)
        after = _id_of(names[-1])
    if failed:
        raise StillHeld(failed)
    return given


def give_back_silent(*, agent_ids: Collection[int], at: datetime) -> int:
    """Give the chats that go on from those of the agents whose desks are silent back to their queues; give their number.

    Those whose customers wait stand at the heads. A desk that was heard of again keeps what it has. May be repeated.
    Raises StillHeld as `give_back_all`.
    """
    silent = set(agent_ids).intersection(agents.list_silent_desks())
    if not silent:
        return 0
    found = ask(_LIVE, [list(silent), at - STILL_LIVE, MOST])
    outcomes = apply_many([_silenced(name, agent, at) for name, agent in found], at=at)
    given = Counter(
        agent for (_, agent), outcome in zip(found, outcomes, strict=True) if not isinstance(outcome, Refusal) and outcome.entry is not None
    )
    for agent, count in given.items():
        team.note_given_back(agent_id=agent, count=count)
    failed = sum(isinstance(outcome, Refusal) for outcome in outcomes)
    if failed or len(found) == MOST:
        raise StillHeld(failed)
    return given.total()


def _silenced(name: str, agent_id: int, at: datetime) -> Change:
    def decide(row: Held, state: State) -> Decision:
        return on_silence(state, of=agent_id)

    def news(row: Held, entry: Line) -> ConversationAssigned:
        return ConversationAssigned(row.id, row.public_id, None, None, at)

    return Change(name, lambda row: True, decide, "assigned", news)


def _back(name: str, agent_id: int, at: datetime) -> Change:
    def decide(row: Held, state: State) -> Decision | Denied:
        # Whoever has taken it meanwhile keeps it.
        return on_assign(state, to=None, by=None) if state.assignee_id == agent_id else Decision(state)

    def news(row: Held, entry: Line) -> ConversationAssigned:
        return ConversationAssigned(row.id, row.public_id, None, None, at)

    return Change(name, lambda row: True, decide, "assigned", news)


def _taken(agent_id: int, after: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, [agent_id, after, MOST])
        return [name for (name,) in cursor.fetchall()]


def _id_of(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [name])
        return int(cursor.fetchone()[0])
