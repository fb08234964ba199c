"""Runs inside a Vigil of a world: signs agents in, each in a browser of their own; reads their numbers, prints their cookies as JSON."""

import json
import sys

import django
from django.conf import settings
from django.test import Client


def main() -> None:
    """Tell the cookie of each agent, in the order in which they were asked for."""
    django.setup()
    from vigil.kernel import clock  # Imported here: only now is Django set up.
    from vigil.team import commands as team
    from vigil.team.models import Agent

    cookies = []
    for number in json.load(sys.stdin):
        browser = Client()
        browser.force_login(Agent.objects.get(id=number))
        session = browser.session
        # As the front door does it: the session knows its browser, and with that the desk is known to be alive.
        stands = team.Browser(str(session.session_key), "Chromium", "127.0.0.1")
        session["browser"] = team.begin_session(stands, agent_id=number, at=clock.now())
        session["factor"] = False
        session.save()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
    print(json.dumps(cookies))


main()
