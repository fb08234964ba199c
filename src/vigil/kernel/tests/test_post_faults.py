import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from tests.fakes.smtp import FakeSmtp
from tests.forking import run
from vigil.kernel import clock, post
from vigil.kernel.models import Letter
from vigil.kernel.tests.letters import ADA, state, try_later

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("post_office")]


def letter_of_the_real_clock() -> int:
    # The process that is killed reads the real clock.
    moment = datetime.fromtimestamp(time.time(), UTC)  # noqa: TID251 - as above
    with transaction.atomic():
        public_id = post.send(to=ADA, template="test.invite", language="en", args={"number": 7}, at=moment)
    return Letter.objects.get(public_id=public_id).id


_ONE_DELIVERY = """
import sys, django
django.setup()
from vigil.kernel import clock, post
post.register("test.invite", lambda args, language: post.Rendered("Hello", "Hello"))
post.deliver(int(sys.argv[1]), at=clock.now())
"""


def crash_at(place: str, number: int, url: str) -> int:
    """Deliver in a process of its own that is killed at a fault point; give its return code."""
    database = connection.settings_dict
    address = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}&port={database['PORT']}"
    environment = {**os.environ, "DATABASE_URL": address, "VIGIL_SMTP_URL": url, "VIGIL_FAULTS": f"{place}=kill", "PYTHONPATH": "src"}
    environment["DJANGO_SETTINGS_MODULE"] = "vigil.config.settings"
    return run([str(number)], program=_ONE_DELIVERY, environment=environment).returncode


@pytest.mark.parametrize(
    ("place", "copies", "end"),
    [("post.after_claim", 1, "sent"), ("post.before_data", 1, "maybe_duplicate"), ("post.after_send_before_mark", 2, "maybe_duplicate")],
)
def test_f03_f04_a_worker_that_is_killed_loses_no_letter_and_sends_at_most_one_copy_more(
    relay: Callable[..., FakeSmtp], place: str, copies: int, end: str
) -> None:
    fake = relay()
    number = letter_of_the_real_clock()
    assert crash_at(place, number, fake.url) == -9
    assert Letter.objects.get(id=number).state == "sending"
    assert 240 < try_later(number, Letter.objects.get(id=number).created_at) <= 330
    later = Letter.objects.get(id=number).created_at + timedelta(minutes=6)
    with clock.set_to(lambda: later):
        post.deliver(number, at=later)
    assert state(number) == (end, "")
    assert len(fake.taken) == copies
    assert len({taken.message.split(b"Message-ID: ")[1].split(b"\r\n")[0] for taken in fake.taken}) == 1
