"""The cast at the desk, each in a browser of their own."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests import cast
from vigil.team import queries as people

Enter = Callable[[int], Client]


@pytest.fixture
def desk(db: None) -> cast.Desk:
    return cast.open_the_desk()


@pytest.fixture
def enter(db: None) -> Enter:
    """Let an agent sit down without the form."""

    def sit_down(agent_id: int) -> Client:
        client = Client(headers={"accept": "text/html"})
        client.force_login(people.get_user(agent_id))
        return client

    return sit_down


@pytest.fixture
def noor(desk: cast.Desk, enter: Enter) -> Client:
    return enter(desk.noor.agent_id)


@pytest.fixture
def olek(desk: cast.Desk, enter: Enter) -> Client:
    return enter(desk.olek.agent_id)
