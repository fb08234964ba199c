"""One process that serves: the live routes on the event loop, the pages in a small pool of threads."""

import gc
import os
import sys

import django
from django.conf import settings

from vigil.kernel.live.tier import Tier
from vigil.kernel.web.origins import own_origins
from vigil.kernel.web.pages import Pages
from vigil.kernel.web.router import Router
from vigil.kernel.web.server import Server, make_server


def make_router() -> tuple[Router, Tier]:
    """Put the application together: the timeline, the doors of the faces, the pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigil.config.settings")
    django.setup()
    from django.core.wsgi import get_wsgi_application  # Imported here and below: only now is Django set up.

    from vigil.conversations.live import Timeline
    from vigil.conversations.rights import find_unwelcome
    from vigil.faces.desk.live import NAME as DESK
    from vigil.faces.desk.live import DeskDoor, may_follow
    from vigil.faces.widget.live import WidgetDoor
    from vigil.files.http.gate import PREFIX, Gate
    from vigil.kernel.live.signs import Signs
    from vigil.team.commands import keep_signs

    tier = Tier(Timeline(may_follow), [WidgetDoor(), DeskDoor()], signs=Signs(DESK, keep_signs))
    pages = Pages(get_wsgi_application(), most_body=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    router = Router(tier, pages, allowed_hosts=settings.ALLOWED_HOSTS, origins=own_origins(), mounts={PREFIX: Gate(find_unwelcome)})
    return router, tier


def make() -> Server:
    """Make the server that `vigil serve` runs."""
    # A thread that comes back from the network has to ask for the interpreter. Python's 5 ms of patience, at each of a
    # message's dozen hops, were most of what a message took while the process was busy.
    sys.setswitchinterval(0.0005)
    router, tier = make_router()
    _settle_down()
    return make_server(
        router, drain=tier.drain, host=settings.VIGIL_HOST, port=settings.VIGIL_PORT, trusted_proxies=settings.VIGIL_TRUSTED_PROXIES
    )


def _settle_down() -> None:
    """Do now, once, what would otherwise hold up messages later."""
    # Imported here: only now is Django set up.
    from vigil.languages.rules import guess_language
    from vigil.safety.commands import warm_up
    from vigil.topics.queries import guess_topic

    warm_up()
    # Words of their own are read with the first words of a customer.
    guess_language("hello there")
    guess_topic("hello there", "en")
    # A full collection looks at all there is and stops every thread meanwhile: some 60 ms for the code and the catalogues
    # alone, which stay until the end. Frozen, they are not looked at again. What messages leave behind is freed without
    # the collector, so that it may come seldom.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
