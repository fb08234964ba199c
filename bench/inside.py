"""Runs inside a Vigil of a world: signs an agent in, and times the queries behind the desk; prints JSON."""

import json
import time
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.test import Client

TIMES = 60


def _p50_p95(act: Callable[[], Any]) -> list[float]:
    took = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        act()
        took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    return [round(took[TIMES // 2], 2), round(took[TIMES * 95 // 100], 2)]


def main() -> None:
    """Tell the cookie of agent 1, threads of 20 and of 500 entries in their sight, and what the queries take."""
    django.setup()
    from vigil.conversations import queries  # Imported here: only now is Django set up.
    from vigil.kernel.clock import now
    from vigil.team import queries as team
    from vigil.team.models import Agent

    agent = Agent.objects.get(id=1)
    browser = Client()
    browser.force_login(agent)
    sight = team.get_sight(1)
    queues = [queue.id for queue in team.list_queues(sight)]
    threads = {}
    with connection.cursor() as cursor:
        for entries in (20, 500):
            cursor.execute(
                "SELECT public_id FROM conversations_conversation WHERE team_id = ANY(%s) AND last_seq = %s LIMIT 15",
                [list(sight.team_ids), entries],
            )
            threads[entries] = [row[0] for row in cursor.fetchall()]
    took = {
        "list": _p50_p95(lambda: queries.list_conversations(queries.Place(), sight)),
        "list of a queue": _p50_p95(lambda: queries.list_conversations(queries.Place(queue_id=queues[0]), sight)),
        "list of what goes on": _p50_p95(lambda: queries.list_conversations(queries.Place(live_at=now()), sight)),
        "list of what is done": _p50_p95(lambda: queries.list_conversations(queries.Place(what="done"), sight)),
        "counts": _p50_p95(lambda: queries.count_open(sight, queues, at=now())),
        "thread of 20": _p50_p95(lambda: queries.get_thread(threads[20][0], sight)),
        "thread of 500": _p50_p95(lambda: queries.get_thread(threads[500][0], sight)),
    }
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps({"cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}", "threads": threads, "took": took}))


main()
