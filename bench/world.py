"""Worlds of any number of conversations, written in bulk straight into the tables.

The one place outside the house that knows its tables: a million conversations through the commands would take an hour.
Lengths are realistic, numbers have no gaps, about one conversation in fifty is open and those are young.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import psycopg

from bench.phrases import AGENT, CUSTOMER, LANGUAGES, say

TEAMS, QUEUES, AGENTS = 4, 3, 24
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_POOL = 2500
_AT_ONCE = 4000
_SPAN = timedelta(days=730)

TABLES = {
    "team_team": "id, key, name",
    "team_queue": "id, key, name, team_id, position",
    "team_agent": "id, password, email, name, public_name, role, languages, ui_language, zone, shift, is_active, session_epoch",
    "team_agent_teams": "agent_id, team_id",
    "customers_customer": "id, public_id, name, language, zone, country, tier, uid, is_verified, created_at",
    "customers_identity": "customer_id, channel, address",
    "customers_guestsession": "public_id, customer_id, site_key, generation, created_at, used_at",
    "conversations_conversation": "id, public_id, channel, customer_id, team_id, queue_id, assignee_id, status, priority, language, topic,"
    " preview, last_seq, waiting_since, due_at, first_answered_at, created_at, last_activity_at, opening_key",
    "conversations_entry": "conversation_id, seq, kind, author_kind, agent_id, text, language, data, client_key, created_at",
}


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation to be written."""

    id: int
    customer: int
    team: int
    queue: int
    agent: int
    language: str
    entries: int
    is_open: bool
    begun: datetime


class Writer:
    """Writes lines into tables with COPY; a line is the table's columns in the order of `TABLES`."""

    def __init__(self, url: str, seed: int) -> None:
        self._url = url
        self.chance = random.Random(seed)
        self._said = {code: [say(CUSTOMER, code, self.chance) for _ in range(_POOL)] for code in LANGUAGES}
        self._answered = {code: [say(AGENT, code, self.chance) for _ in range(_POOL // 4)] for code in LANGUAGES}

    def connect(self) -> psycopg.Connection[Any]:
        """Open a connection on which neither foreign keys nor triggers are looked after row by row."""
        return psycopg.connect(self._url, autocommit=True, options="-c session_replication_role=replica -c synchronous_commit=off")

    def copy(self, table: str, lines: Iterator[str]) -> None:
        """Write one table."""
        with self.connect() as connection, connection.cursor().copy(_copy(table).encode()) as copy:
            while part := list(islice(lines, _AT_ONCE)):
                copy.write("".join(part))

    def name(self) -> str:
        """Draw a name as the house draws them."""
        return "".join(self.chance.choices(_ALPHABET, k=26))

    def key(self) -> str:
        """Draw a sending key."""
        return f"{self.chance.getrandbits(128):032x}"

    def talks(self, talks: Iterator[Talk]) -> None:
        """Write conversations and their entries, both at once over two connections."""
        with (
            self.connect() as one,
            self.connect() as two,
            one.cursor().copy(_copy("conversations_conversation").encode()) as rows,
            two.cursor().copy(_copy("conversations_entry").encode()) as entries,
        ):
            while part := list(islice(talks, _AT_ONCE // 4)):
                pairs = [self._lines(talk) for talk in part]
                rows.write("".join(row for row, _ in pairs))
                entries.write("".join(line for _, line in pairs))

    def _lines(self, talk: Talk) -> tuple[str, str]:
        chance, moment, text = self.chance, talk.begun, ""
        code = talk.language
        lines = [f'{talk.id}\t1\topened\tsystem\t\\N\t\\N\t\t{{"channel": "chat"}}\t\\N\t{moment.isoformat()}\n']
        answered = r"\N"
        for seq in range(2, talk.entries + 1):
            moment += timedelta(seconds=chance.randrange(5, 240))
            if seq % 2 == 0:
                text = chance.choice(self._said[code])
                who = "message\tcustomer\t\\N"
            else:
                text = chance.choice(self._answered[code])
                who = f"reply\tagent\t{talk.agent}"
                answered = moment.isoformat() if answered == r"\N" else answered
            lines.append(f"{talk.id}\t{seq}\t{who}\t{text}\t{code}\t{{}}\t{self.key()}\t{moment.isoformat()}\n")
        waits = talk.is_open and talk.entries % 2 == 0
        status = "open" if talk.is_open else chance.choice(("resolved", "closed"))
        agent = talk.agent if answered != _NONE else _NONE
        wait = f"{moment.isoformat()}\t{(moment + timedelta(minutes=3)).isoformat()}" if waits else f"{_NONE}\t{_NONE}"
        row = (
            f"{talk.id}\t{self.name()}\tchat\t{talk.customer}\t{talk.team}\t{talk.queue}\t{agent}\t{status}"
            f"\t{chance.randrange(2, 5)}\t{code}\t\t{text[:160]}\t{talk.entries}\t{wait}"
            f"\t{answered}\t{talk.begun.isoformat()}\t{moment.isoformat()}\t{self.key()}\n"
        )
        return row, "".join(lines)


_NONE = r"\N"


def _copy(table: str) -> str:
    return f"COPY {table} ({TABLES[table]}) FROM STDIN"


_ZEROS = {"boolean": "false", "jsonb": "'{}'", "timestamp with time zone": "'2026-01-01Z'", "character varying": "''", "text": "''"}


@contextmanager
def zeros_elsewhere(url: str) -> Iterator[None]:
    """Let columns that this page does not know begin empty, so that a new one elsewhere does not end the bench."""
    wanted = """
        SELECT table_name, column_name, data_type FROM information_schema.columns
         WHERE table_name = ANY(%s) AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'"""
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute(wanted, (list(TABLES),)).fetchall()
        unknown = [row for row in rows if row[1] not in TABLES[row[0]].split(", ")]
        for table, column, kind in unknown:
            connection.execute(f'ALTER TABLE {table} ALTER COLUMN "{column}" SET DEFAULT {_ZEROS.get(kind, 0)}'.encode())
        yield
        for table, column, _ in unknown:
            connection.execute(f'ALTER TABLE {table} ALTER COLUMN "{column}" DROP DEFAULT'.encode())


def write_world(url: str, conversations: int, *, now: datetime) -> None:
    """Fill an empty, migrated database with that many conversations of a third as many customers."""
    writer = Writer(url, seed=conversations)
    customers = conversations // 3
    with zeros_elsewhere(url):
        with writer.connect() as connection:
            # The profile's own teams, which are made again behind these.
            connection.execute("DELETE FROM team_queue")
            connection.execute("DELETE FROM team_team")
        write_staff(writer, teams=range(1, TEAMS + 1), queues=QUEUES, agents=range(1, AGENTS + 1))
        _write_customers(writer, customers, now)
        writer.talks(_talks(writer.chance, conversations, customers, now))
    settle(url)


def write_staff(writer: Writer, *, teams: range, queues: int, agents: range) -> None:
    """Write teams, each with its queues, and agents who take turns in belonging to one; the first two belong to two."""
    writer.copy("team_team", (f"{team}\tteam-{team}\tTeam {team}\n" for team in teams))
    lines = ((team, place, team if queues == 1 else (team - 1) * queues + place + 1) for team in teams for place in range(queues))
    writer.copy("team_queue", (f"{number}\tqueue-{number}\tQueue {number}\t{team}\t{place}\n" for team, place, number in lines))
    who = '["en"]\ten\tUTC\t\tt\t0'
    writer.copy("team_agent", (f"{n}\t!\tagent{n}@bench.example\tAgent {n}\tAgent {n}\tagent\t{who}\n" for n in agents))
    writer.copy("team_agent_teams", (f"{n}\t{team_of(n, teams)}\n" for n in agents))
    if teams.start == 1:
        # Whoever opens the list in this bench sees two teams, as a deputy does.
        writer.copy("team_agent_teams", iter([f"1\t{team_of(2, teams)}\n"]))


def team_of(agent: int, teams: range) -> int:
    """Tell which team an agent belongs to."""
    return teams[(agent - 1) % len(teams)]


def _write_customers(writer: Writer, customers: int, now: datetime) -> None:
    chance, since = writer.chance, (now - _SPAN).isoformat()
    people = (f"{n}\t{writer.name()}\tCustomer {n}\t{chance.choice(LANGUAGES)}\tUTC\t\t\t\tf\t{since}\n" for n in range(1, customers + 1))
    writer.copy("customers_customer", people)
    writer.copy("customers_identity", (f"{n}\tchat\tbench-{n}\n" for n in range(1, customers + 1)))


def _talks(chance: random.Random, conversations: int, customers: int, now: datetime) -> Iterator[Talk]:
    step = _SPAN / (conversations + 1)
    young = conversations * 9 // 10
    for n in range(1, conversations + 1):
        team = n % TEAMS + 1
        if n % (conversations // 30) == 7:
            entries = 500
        elif n % 333 == 5 or n % (conversations // 60) == 11:
            entries = 20
        else:
            entries = chance.choice((2, 2, 3, 3, 3, 4))
        yield Talk(
            id=n,
            customer=chance.randrange(1, customers + 1),
            team=team,
            queue=(team - 1) * QUEUES + chance.randrange(QUEUES) + 1,
            agent=team + TEAMS * chance.randrange(AGENTS // TEAMS),
            language=chance.choice(LANGUAGES),
            entries=entries,
            is_open=n > young and chance.random() < 0.2,
            begun=now - _SPAN + step * n,
        )


def settle(url: str) -> None:
    """Set the sequences behind what was written and let the planner learn it."""
    with psycopg.connect(url, autocommit=True) as connection:
        for table in TABLES:
            connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT COALESCE(max(id), 1) FROM {table}))".encode()
            )
        connection.execute("VACUUM (FREEZE, ANALYZE)")
        connection.execute("CHECKPOINT")


# -- The crowd: people who chat while something is measured, added to a copy of a world --------------------------------

CROWD_TEAMS = range(101, 111)
CROWD_AGENTS = range(1001, 1201)
CROWD_ID = 10_000_000
SITE = "site_demo"


def write_crowd(url: str, *, guests: int, talking: int, entries: int, now: datetime) -> None:
    """Add guests with open sessions; the first `talking` of them have one open conversation of that many entries."""
    writer = Writer(url, seed=7)
    ids, at = range(CROWD_ID, CROWD_ID + guests), now.isoformat()
    with zeros_elsewhere(url):
        _write_crowd(writer, ids, at)
        writer.talks(_crowd_talk(n, entries, now - timedelta(days=1)) for n in range(talking))
    settle(url)


def _write_crowd(writer: Writer, ids: range, at: str) -> None:
    write_staff(writer, teams=CROWD_TEAMS, queues=1, agents=CROWD_AGENTS)
    writer.copy("customers_customer", (f"{n}\t{writer.name()}\t\\N\ten\tUTC\t\t\t\tf\t{at}\n" for n in ids))
    writer.copy("customers_guestsession", (f"{writer.name()}\t{n}\t{SITE}\t1\t{at}\t{at}\n" for n in ids))


def _crowd_talk(n: int, entries: int, begun: datetime) -> Talk:
    team = CROWD_TEAMS[n % len(CROWD_TEAMS)]
    agent = CROWD_AGENTS[n % len(CROWD_TEAMS)]
    return Talk(CROWD_ID + n, CROWD_ID + n, team, team, agent, LANGUAGES[n % len(LANGUAGES)], entries, True, begun)


def utc_now() -> datetime:
    """Tell the present moment; a world is as young as the run that wrote it."""
    return datetime.now(UTC)  # noqa: TID251 (the bench stands outside the house and its clock)
