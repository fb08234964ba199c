"""Noor at work in a house of its own process: she does through commands what the desk would let her do."""

import json
import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from tests.forking import Files, Forked
from tests.houses import House

_WORK = """
import json, sys, time
from uuid import uuid4
import django
django.setup()
from vigil.conversations import commands, queries
from vigil.conversations.models import Entry
from vigil.kernel import clock
from vigil.kernel.live import bell
from vigil.conversations.live import customer_topic
from vigil.kernel.live.frames import as_json
from vigil.team import queries as team
from vigil.team.models import Agent
noor = team.get_sight(Agent.objects.get(email="noor@vigil.example").id)

def find(text):
    # What a browser shows as sent may still be on its way. In the end a list of the desk has many pages, and what is looked for is new.
    for _ in range(100):
        found = Entry.objects.filter(text__contains=text).order_by("-id").values_list("conversation__public_id", flat=True).first()
        if found and queries.find_conversation(found, noor):
            return found
        time.sleep(0.05)
    raise LookupError(text)

def reply(name, text, kind="reply"):
    commands.reply(commands.Words(name, noor, uuid4(), text, kind), at=clock.now())

def replies(name, text, times):
    for number in range(times):
        reply(name, f"{text} {number}")

def hears(name, text, times):
    # The customer asks many times more, as over the years.
    row = queries.find_conversation(name, noor)
    for number in range(times):
        commands.open_conversation(commands.Opening(row.customer_id, "chat", "en", uuid4(), f"{text} {number}"), at=clock.now())

def read(name):
    commands.mark_seen(conversation=name, who=noor, delivered=999, read=999)

def set_status(name, status):
    commands.set_status(conversation=name, sight=noor, status=status, at=clock.now())

def type(name):
    row = queries.find_conversation(name, noor)
    data = {"conversation": name, "by": {"kind": "agent", "name": "Noor"}, "typing": True}
    bell.signal({"topic": customer_topic(row.customer_id), "event": "typing", "data": as_json(data).decode(), "conversation": name})

def said(name):
    return [[entry.kind, entry.text] for entry in queries.get_thread(name, noor).entries]

for line in sys.stdin:
    act, values = json.loads(line)
    print(json.dumps(globals()[act](*values)), flush=True)
"""


class Noor:
    """Noor in one house; use as a context."""

    def __init__(self, house: House) -> None:
        with TemporaryDirectory() as folder:
            asks, answers = Path(folder, "asks"), Path(folder, "answers")
            for pipe in (asks, answers):
                os.mkfifo(pipe)
            files = Files(str(asks), str(answers), str(house.var / "noor.log"))
            self._process = Forked([], program=_WORK, environment=house.environment(), files=files)
            self._asks, self._answers = asks.open("w", encoding="utf-8"), answers.open(encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._asks, self._answers):
            with suppress(BrokenPipeError):  # What she has not read any more.
                pipe.close()

    def does(self, act: str, *values: str | int) -> Any:
        self._asks.write(json.dumps([act, values]) + "\n")
        self._asks.flush()
        return json.loads(self._answers.readline())
