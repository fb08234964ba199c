"""F03: an answer that goes by post is sent once, whoever is killed while it waits and while it goes."""

import signal
import subprocess
import sys
import time

import psycopg

from tests.houses import ROOT, House

_ANSWER = """
import django
django.setup()
from uuid import uuid4
from vigil.conversations import commands
from vigil.customers import commands as customers
from vigil.kernel import clock
from vigil.safety import commands as safety
from vigil.team import queries as team
from vigil.team.models import Agent
at = clock.now()
noor = team.get_sight(Agent.objects.get(email="noor@vigil.example").id)
ada = customers.register(name=safety.mask_line("Ada"), language="en", addresses={"email": "ada@mail.example"}, at=at)
opening = commands.Opening(ada, "email", "en", uuid4(), "Where is it?", "emea-general")
name = commands.open_conversation(opening, at=at).conversation
commands.reply(commands.Words(name, noor, uuid4(), "It is here.", may_undo=True), at=at)
"""
_SWEEP = """
import django
django.setup()
from vigil.kernel import jobs
jobs.STALLED_AFTER_SECONDS = 1
jobs.requeue_stalled()
"""
_WAIT_NO_LONGER = "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo' AND scheduled_at > now()"
_REPLIES = "SELECT count(*) FROM conversations_entry WHERE kind = 'reply'"
_WAITING = "SELECT count(*) FROM conversations_departure"


def _run(house: House, program: str) -> int:
    return subprocess.run([sys.executable, "-c", program], env=house.environment(), cwd=ROOT, check=False, timeout=60).returncode


def _count(house: House, statement: str) -> int:
    with psycopg.connect(house.database_url) as connection:
        row = connection.execute(statement).fetchone()
        return int(row[0]) if row else 0


def _hurry(house: House) -> None:
    with psycopg.connect(house.database_url, autocommit=True) as connection:
        connection.execute(_WAIT_NO_LONGER)


def test_f03_an_answer_by_post_goes_once_whoever_is_killed_meanwhile(own_house: House) -> None:
    house = own_house
    # Killed as soon as it is acknowledged: the second commit is that of the answer.
    house.settings["VIGIL_FAULTS"] = "conversations.after_commit=kill@2"
    assert _run(house, _ANSWER) == -signal.SIGKILL
    assert (_count(house, _REPLIES), _count(house, _WAITING)) == (0, 1)
    for place in ("conversations.before_departure", "conversations.after_departure"):
        _hurry(house)
        house.settings["VIGIL_FAULTS"] = f"{place}=kill@1"
        worker = house.start_worker()
        assert worker.wait(30) == -signal.SIGKILL, place
        assert (_count(house, _REPLIES), _count(house, _WAITING)) == (0, 1)
        house.settings.pop("VIGIL_FAULTS")
        time.sleep(1.2)  # So that the dead worker has been silent for longer than the sweep allows here.
        assert _run(house, _SWEEP) == 0
    _hurry(house)
    house.start_worker()
    until = time.monotonic() + 30
    while _count(house, _WAITING):
        assert time.monotonic() < until, house.log()[-3000:]
        time.sleep(0.05)
    assert _count(house, _REPLIES) == 1
