"""The people who chat while something is measured, in a fresh copy of a world."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import IO, Any

from bench import world
from bench.place import ROOT, Place, Serving

GUESTS, TALKING, ENTRIES = 20_000, 4_000, 21
DATABASE = "bench_crowd"


def gather(place: Place, size: str) -> str:
    """Copy a world and let the crowd come in; gives the database's name."""
    place.copy(place.world(size), DATABASE)
    world.write_crowd(place.url(DATABASE), guests=GUESTS, talking=TALKING, entries=ENTRIES, now=world.utc_now())
    return DATABASE


def guests(place: Place, *, missed: int = 0) -> list[dict[str, Any]]:
    """List the guests; those who talk come first, each having seen all but the last `missed` entries."""
    rows = place.ask(
        "SELECT s.public_id, s.customer_id, COALESCE(c.public_id, ''), COALESCE(c.team_id, 0), COALESCE(c.last_seq, 0)"
        "  FROM customers_guestsession s LEFT JOIN conversations_conversation c ON c.id = s.customer_id"
        f" WHERE s.customer_id >= {world.CROWD_ID} ORDER BY s.customer_id",
        DATABASE,
    )
    return [{"session": row[0], "id": row[1], "conversation": row[2], "team": row[3], "after": max(0, row[4] - missed)} for row in rows]


def agents() -> list[dict[str, Any]]:
    """List the agents, the teams taking turns."""
    return [{"id": number, "team": world.team_of(n + 1, world.CROWD_TEAMS)} for n, number in enumerate(world.CROWD_AGENTS)]


class Client:
    """The load client with its plan."""

    def __init__(self, place: Place, serving: Serving, plan: dict[str, Any]) -> None:
        environment = place.environment(DATABASE, serving.port) | {"PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.client"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment, text=True
        )
        self._say({**plan, "port": serving.port, "secret": environment["VIGIL_SECRET_KEY"]})

    def _say(self, plan: dict[str, Any]) -> None:
        pipe: IO[str] | None = self._process.stdin
        if pipe is not None:
            pipe.write(json.dumps(plan) + "\n")
            pipe.flush()

    def go_on(self) -> None:
        """Let it take its next step."""
        self._say({})

    def hear(self) -> dict[str, Any]:
        """Read the next thing it tells. Raises RuntimeError when it has ended."""
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError(f"the load client ended with {self._process.wait()}")
        told: dict[str, Any] = json.loads(line)
        return told

    def end(self) -> None:
        """Wait for its end; by force when it does not come."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def play(place: Place, serving: Serving, plan: dict[str, Any]) -> dict[str, Any]:
    """Carry out a plan of one answer."""
    client = Client(place, serving, plan)
    try:
        return client.hear()
    finally:
        client.end()


def postgres_cpu(place: Place) -> float:
    """Tell the processor time of all processes of the database server, in seconds; those that ended are forgotten."""
    found = 0.0
    ticks = os.sysconf("SC_CLK_TCK")
    for (pid,) in place.ask("SELECT pid FROM pg_stat_activity"):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8") as file:  # noqa: PTH123 (a process may be gone between two looks)
                fields: Sequence[str] = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        found += (int(fields[11]) + int(fields[12])) / ticks
    return found
