"""The timeline as the live tier reads it: which entries go to whom, and what each side may know of them.

Everything here is plain SQL on a borrowed connection, outside Django's; what a side may not see is left out by
construction: the customer's side lists its kinds, and a note is not one of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from vigil.conversations.commands import Written
from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.held import Held, Line
from vigil.conversations.queries import EntryRow
from vigil.conversations.rights import find_unwelcome
from vigil.conversations.sides import CUSTOMER_KINDS, for_customer, for_staff, iso, standing_of
from vigil.kernel.database.plain import Connection
from vigil.kernel.live.frames import Frame, make
from vigil.kernel.live.refusals import TokenInvalid
from vigil.kernel.live.source import Item
from vigil.kernel.live.tokens import Claims

_WHAT = """
SELECT e.id, e.seq, e.kind, e.author_kind, e.agent_id, a.public_name, a.name, e.text, e.language, NULLIF(e.data, '{}'),
       e.client_key, e.created_at, c.id, c.public_id, c.team_id, c.queue_id, c.status, c.assignee_id, c.waiting_since, c.due_at, c.priority,
       c.customer_id, to_agent.public_name
"""
_AROUND = """
  JOIN conversations_conversation c ON c.id = e.conversation_id
  LEFT JOIN team_agent a ON a.id = e.agent_id
  LEFT JOIN team_agent to_agent ON to_agent.id = CASE WHEN e.kind = 'assigned' THEN (e.data->>'to')::bigint END
"""
# Two arms that one index answers each: a plan made once for all readings is then as good as one made for each.
_ARMS = """
  FROM ((SELECT * FROM conversations_entry WHERE id > %(after)s ORDER BY id LIMIT %(limit)s)
        UNION ALL SELECT * FROM conversations_entry WHERE id = ANY(%(missing)s)) e
"""
_READ = _WHAT + _ARMS + _AROUND + " ORDER BY e.id LIMIT %(limit)s"
_BACKLOG = (
    _WHAT
    + " FROM conversations_entry e "
    + _AROUND
    + " WHERE c.public_id = %(watch)s AND e.seq > %(after)s AND e.kind = ANY(%(kinds)s) ORDER BY e.seq LIMIT %(limit)s"
)
_ALL_KINDS = (*CUSTOMER_KINDS, "note", "priority", "topic", "queue", "tagged", "unclear", "blocked", "linked")


def customer_topic(customer_id: int) -> str:
    """Name what all of a customer's conversations are told on."""
    return f"p:{customer_id}"


def team_topic(team_id: int) -> str:
    """Name what the agents of a team listen to."""
    return f"t:{team_id}"


def agent_topic(agent_id: int) -> str:
    """Name what only one agent's own desks listen to."""
    return f"a:{agent_id}"


class _Row:
    """One entry with what its readers need of the conversation around it."""

    __slots__ = (
        "agent_id", "assigned_name", "at", "author_kind", "conversation", "customer_id", "data", "id", "key", "kind", "language",
        "name", "public_name", "seq", "state", "team_id", "text",
    )  # fmt: skip

    def __init__(self, row: Sequence[Any]) -> None:
        self.id, self.seq, self.kind, self.author_kind, self.agent_id = row[0:5]
        self.public_name, self.name, self.text, self.language = row[5:9]
        # Most have none, and reading JSON would be a tenth of what an entry costs here.
        self.data: Mapping[str, Any] = row[9] or {}
        self.key: UUID | None = row[10]
        self.at: str | None = iso(row[11])
        self.conversation: str = row[13]
        self.team_id: int = row[14]
        self.customer_id: int = row[21]
        self.assigned_name: str | None = row[22]
        self.state = standing_of(row[15:21])


@dataclass(frozen=True, slots=True)
class _Own:
    """Words that were stored a moment ago, with what an answer to their sender needs."""

    conversation: str
    seq: int
    at: str | None
    text: str | None
    language: str
    key: UUID | None
    kind: str = "message"
    author_kind: str = "customer"
    public_name: str | None = None
    assigned_name: str | None = None
    data: Any = None
    agent_id: int | None = None
    name: str | None = None
    # A sender is told of the words alone; how the conversation stands now comes with the stream.
    state: Mapping[str, Any] | None = None
    team_id: int = 0
    customer_id: int = 0


# What these say is known to whoever wrote them; other kinds speak of people and places that the reader looks up.
_TOLD_AHEAD = {"message", "reply", "note", "secret_removed"}


def ahead_of_reader(written: Written, *, name: str | None = None, public_name: str | None = None) -> list[Frame]:
    """Write the frames of what was committed a moment ago exactly as `Timeline.read` will.

    The names are those of the agent who wrote. Empty where the reader has to look something up.
    """
    row = written.row
    if row is None or not all(line.kind in _TOLD_AHEAD for line in written.lines):
        return []
    return [frame for line in written.lines for frame in _frames(_ahead(row, line, name, public_name))]


def for_its_sender(conversation: str, entry: Line | EntryRow) -> dict[str, Any]:
    """Write an entry of a customer's own doing, or one that stands already, exactly as the stream shows it to them."""
    public_name = entry.agent_public_name if isinstance(entry, EntryRow) else None
    return for_customer(_own(conversation, entry, public_name=public_name)) or {}


def for_its_agent(conversation: str, entry: Line, name: str) -> dict[str, Any]:
    """Write an agent's own reply or note as the stream will show it to the team; without the conversation's state."""
    return for_staff(_own(conversation, entry, name=name))


def _ahead(row: Held, line: Line, name: str | None, public_name: str | None) -> "_Own":
    is_agent = line.author_kind == "agent"
    return _own(
        row.public_id,
        line,
        name=name if is_agent else None,
        public_name=public_name if is_agent else None,
        state=standing_of((row.queue_id, row.status, row.assignee_id, row.waiting_since, row.due_at, row.priority)),
        team_id=row.team_id,
        customer_id=row.customer_id,
    )


def _own(conversation: str, entry: Line | EntryRow, **more: Any) -> "_Own":
    return _Own(
        conversation,
        entry.seq,
        iso(entry.created_at),
        entry.text,
        entry.language,
        entry.client_key,
        entry.kind,
        entry.author_kind,
        data=entry.data,
        agent_id=entry.agent_id,
        **more,
    )


def _frames(row: _Row | _Own) -> list[Frame]:
    frames = [make(team_topic(row.team_id), "entry", for_staff(row), conversation=row.conversation, seq=row.seq)]
    said = for_customer(row)
    if said is not None:
        frames.append(make(customer_topic(row.customer_id), "entry", said, conversation=row.conversation, seq=row.seq))
    if row.kind == "queue":
        # The team it left must learn that it is gone, without learning what is said from now on.
        gone = {"conversation": row.conversation, "gone": True}
        frames += [make(team_topic(team), "gone", gone) for team in row.data.get("left", ()) if team != row.team_id]
    return frames


def _written(row: Sequence[Any]) -> list[Frame]:
    return _frames(_Row(row))


# Whether the bearer may read what was said in a conversation in sight, which counts as opening it.
MayFollow = Callable[[Connection, Claims, str], bool]


class Timeline:
    """What the live tier asks of the core; `may_follow` is asked of agents who want to know what was said in a conversation."""

    def __init__(self, may_follow: MayFollow = lambda _connection, _claims, _watch: True) -> None:
        self._may_follow = may_follow

    def start(self, connection: Connection) -> int:
        """Tell the newest entry's number in the whole house."""
        row = connection.execute("SELECT COALESCE(MAX(id), 0) FROM conversations_entry").fetchone()
        return int(row[0]) if row else 0

    def read(self, connection: Connection, after: int, missing: Sequence[int], limit: int) -> list[Item]:
        """List the entries above `after` or among `missing`, each with its frames."""
        rows = connection.execute(_READ, {"after": after, "missing": list(missing), "limit": limit}).fetchall()
        return [Item(row[0], row[13], row[1], partial(_written, row)) for row in rows]

    def backlog(self, connection: Connection, claims: Claims, watch: str | None, after: int, limit: int) -> list[Frame]:
        """List what the bearer has missed of a conversation. Raises ConversationNotFound and TokenInvalid."""
        if self.unwelcome(connection, [claims.subject]):
            raise TokenInvalid
        if watch is None:
            return []
        if not self._is_visible_to(connection, claims, watch):
            raise ConversationNotFound
        is_staff = claims.subject.startswith("agent:")
        if is_staff and not self._may_follow(connection, claims, watch):
            raise ConversationNotFound
        values = {"watch": watch, "after": after, "kinds": list(_ALL_KINDS if is_staff else CUSTOMER_KINDS), "limit": limit}
        rows = map(_Row, connection.execute(_BACKLOG, values).fetchall())
        return list(_to_staff(rows) if is_staff else _to_customer(rows))

    def _is_visible_to(self, connection: Connection, claims: Claims, watch: str) -> bool:
        # The rule of `sight`, as the token has it: its topics are the teams that an agent sees, or the customer.
        row = connection.execute("SELECT team_id, customer_id FROM conversations_conversation WHERE public_id = %s", (watch,)).fetchone()
        return row is not None and bool({team_topic(row[0]), customer_topic(row[1])} & claims.topics)

    def unwelcome(self, connection: Connection, subjects: Sequence[str]) -> list[str]:
        """Name the subjects whose session is over: agents that were switched off or signed out, guests that left."""
        return list(find_unwelcome(subjects, borrowed=connection))


def _to_staff(rows: Iterable[_Row]) -> Iterable[Frame]:
    return (make(team_topic(row.team_id), "entry", for_staff(row), conversation=row.conversation, seq=row.seq) for row in rows)


def _to_customer(rows: Iterable[_Row]) -> Iterable[Frame]:
    for row in rows:
        said = for_customer(row)
        if said is not None:
            yield make(customer_topic(row.customer_id), "entry", said, conversation=row.conversation, seq=row.seq)
