"""Reads a plan as JSON from its first line, carries it out, and prints what it saw as JSON."""

import asyncio
import json
import sys

import uvloop
from django.conf import settings

from bench.client.chat import chat
from bench.client.chatter import chatter
from bench.client.shift import shift
from bench.client.streams import come_back, idle
from bench.place import raise_file_limit

PATIENCE_SECONDS = 300.0


def main() -> None:
    """Carry out the plan on the first line of what is given."""
    raise_file_limit()
    plan = json.loads(sys.stdin.readline())
    settings.configure(SECRET_KEY=plan["secret"], USE_TZ=True)
    act = {"chat": chat, "idle": idle, "come_back": come_back, "shift": shift, "chatter": chatter}[plan["act"]]
    told = uvloop.run(asyncio.wait_for(act(plan), PATIENCE_SECONDS + plan.get("seconds", 0)))
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
