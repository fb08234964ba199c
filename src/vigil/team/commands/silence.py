"""Whose desk has fallen silent: the signs of life that the server's processes tell of, and what is concluded from their absence.

Silence counts only from when somebody listened: a process that has just started, was cut off from the database or slept
declares nobody silent until it has listened for as long itself.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from vigil.kernel.events import publish
from vigil.kernel.live.signs import Heard
from vigil.team.events import DeskFellSilent
from vigil.team.models import DeskLife

SILENT_AFTER = 45.0  # seconds
# A process that has told nothing for so long does not listen any more.
_DEAF_AFTER = 20.0
# Whoever was heard of after the desk was declared silent is back. A moment ahead of the clock is one before the clock was set back.
_NOTE = """
INSERT INTO team_desklife AS life (agent_id, heard_at, gave_back)
SELECT a.id, told.heard_at, 0 FROM json_to_recordset(%(heard)s::json) AS told (id bigint, heard_at timestamptz)
  JOIN team_agent a ON a.id = told.id AND a.is_active ORDER BY a.id
ON CONFLICT (agent_id) DO UPDATE SET
  heard_at = CASE WHEN life.heard_at > %(until)s THEN excluded.heard_at ELSE GREATEST(life.heard_at, excluded.heard_at) END,
  silent_at = CASE WHEN excluded.heard_at > life.silent_at THEN NULL ELSE life.silent_at END
"""
_LISTENED = """
INSERT INTO team_listening AS ear (process, began_at, until) VALUES (%(process)s, %(until)s, %(until)s)
ON CONFLICT (process) DO UPDATE SET until = excluded.until,
  began_at = CASE WHEN excluded.until - ear.until BETWEEN INTERVAL '0' AND make_interval(secs => %(deaf)s)
                  THEN ear.began_at ELSE excluded.until END
"""
_FORGET = "DELETE FROM team_listening WHERE until < %(at)s - INTERVAL '1 day' OR until > %(at)s + INTERVAL '1 minute'"
# Only what every process that lives has told is known, and one that died may have taken signs with it that nobody was told of.
_SILENT = """
WITH alive AS (SELECT MIN(until) AS until, MAX(began_at) AS since FROM team_listening
                WHERE until > %(at)s - make_interval(secs => %(deaf)s)),
     dead AS (SELECT MAX(until) AS until FROM team_listening WHERE until <= %(at)s - make_interval(secs => %(deaf)s))
UPDATE team_desklife life SET silent_at = %(at)s, gave_back = 0 FROM alive, dead
 WHERE life.silent_at IS NULL AND GREATEST(life.heard_at, alive.since, dead.until) <= alive.until - make_interval(secs => %(patience)s)
RETURNING life.agent_id
"""


def keep_signs(told: Sequence[Heard]) -> list[None]:
    """Note what processes have heard of agents' desks, and find those that are silent now. May be repeated."""
    for heard in told:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_LISTENED, {"process": heard.process, "until": heard.until, "deaf": _DEAF_AFTER})
            lately = _by_agent(heard.subjects)
            if lately:
                rows = json.dumps([{"id": agent, "heard_at": at.isoformat()} for agent, at in lately.items()])
                cursor.execute(_NOTE, {"heard": rows, "until": heard.until})
        find_silent(at=heard.until)
    return [None for _ in told]


def find_silent(*, at: datetime) -> int:
    """Declare the desks silent of which no process has heard for 45 s; give their number. Each is declared once, by whoever is first."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SILENT, {"at": at, "deaf": _DEAF_AFTER, "patience": SILENT_AFTER})
        silent = [agent for (agent,) in cursor.fetchall()]
        for agent in silent:
            publish(DeskFellSilent(agent))
    return len(silent)


def note_given_back(*, agent_id: int, count: int) -> None:
    """Add to how many chats of a silent desk went back into their queues, for those who watch."""
    life = DeskLife.objects.select_for_update().filter(agent_id=agent_id, silent_at__isnull=False)
    with transaction.atomic():
        for row in life:
            row.gave_back += count
            row.save(update_fields=["gave_back"])


def forget_listeners(*, at: datetime) -> None:
    """Forget the processes that ended the day before."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, {"at": at})


def _by_agent(subjects: Mapping[str, datetime]) -> dict[int, datetime]:
    lately: dict[int, datetime] = {}
    for subject, at in subjects.items():
        agent = int(subject.split(":")[1])
        lately[agent] = max(at, lately.get(agent, at))
    return lately
