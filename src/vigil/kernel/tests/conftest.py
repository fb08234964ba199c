from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from tests.fakes.smtp import FakeSmtp, Plan
from vigil.kernel import clock, post
from vigil.kernel.tests.letters import AT, invite


@pytest.fixture
def post_office() -> Iterator[None]:
    """One letter is registered, and the clock stands at the moment of the tests."""
    post.register("test.invite", invite)
    with clock.set_to(lambda: AT):
        yield


@pytest.fixture
def relay(settings: Settings) -> Iterator[Callable[..., FakeSmtp]]:
    """Start a relay with the given plans, and send all post through it."""
    opened: list[FakeSmtp] = []

    def start(*plans: Plan) -> FakeSmtp:
        fake = FakeSmtp(*plans)
        fake.__enter__()
        opened.append(fake)
        settings.VIGIL_SMTP_URL = fake.url
        return fake

    yield start
    for fake in opened:
        fake.__exit__(None, None, None)
