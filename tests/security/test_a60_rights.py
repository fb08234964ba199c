"""Every door of the desk, tried by every role, against the one table of rights."""

import pytest
from django.test import Client
from django.urls import resolve

from tests import cast
from tests.security.test_a34_route_matrix import OPEN, address, knock, ours, routes
from vigil.team import commands as team
from vigil.team import queries as people
from vigil.team.capabilities import TABLE, Capability, may

__all__ = ["ours"]  # the fixture

# What a door asks for beyond the right to work; a new one stands here, or it is anybody's who works at the desk.
BEYOND_WORK = {
    "desk:block": Capability.BLOCK,
    "desk:personal": Capability.REVEAL,
    "desk:watch": Capability.WATCH,
    "desk:watched-work": Capability.WATCH,
    "desk:release": Capability.RELEASE,
    "desk:people": Capability.SEE_PEOPLE,
    "desk:person": Capability.SEE_PEOPLE,
    "desk:invitation": Capability.MANAGE_PEOPLE,
    "desk:person-standing": Capability.MANAGE_PEOPLE,
    "desk:person-removal": Capability.MANAGE_PEOPLE,
    "desk:person-return": Capability.MANAGE_PEOPLE,
    "desk:person-factors": Capability.HELP_PEOPLE,
    "desk:person-sessions": Capability.HELP_PEOPLE,
    "desk:availability": Capability.KEEP_OWN_ACCOUNT,
    "desk:account": Capability.KEEP_OWN_ACCOUNT,
    "desk:sessions": Capability.KEEP_OWN_ACCOUNT,
    "desk:session-end": Capability.KEEP_OWN_ACCOUNT,
    "desk:other-sessions-end": Capability.KEEP_OWN_ACCOUNT,
    "desk:password": Capability.KEEP_OWN_ACCOUNT,
    "desk:confirm": Capability.KEEP_OWN_ACCOUNT,
    "desk:factor-app": Capability.KEEP_OWN_ACCOUNT,
    "desk:factor-passkey": Capability.KEEP_OWN_ACCOUNT,
    "desk:factor-removal": Capability.KEEP_OWN_ACCOUNT,
    "desk:factors": Capability.KEEP_OWN_ACCOUNT,
    "desk:language": Capability.KEEP_OWN_ACCOUNT,
    "desk:own-keys": Capability.KEEP_OWN_ACCOUNT,
    "desk:nudges": Capability.KEEP_OWN_ACCOUNT,
    "desk:nudges-end": Capability.KEEP_OWN_ACCOUNT,
    "desk:push-worker": Capability.KEEP_OWN_ACCOUNT,
    "desk:recovery-codes": Capability.KEEP_OWN_ACCOUNT,
}


def _doors(conversation: str) -> list[tuple[str, str, Capability]]:
    found = []
    for name, pattern in routes():
        if name.startswith("desk:") and name not in OPEN:
            path = address(name, pattern, conversation)
            match = resolve(path)
            assert hasattr(match.func, "needs"), f"{name} asks for no right: guard it with allowed_to"
            found.append((name, path, match.func.needs))
    return found


def _somebody(role: str, team_id: int) -> Client:
    agent = team.ensure_agent(
        email=f"{role}@roles.example",
        name="Some Body",
        public_name="Body",
        role=role,
        languages=["en"],
        team_ids=[team_id],
        password=cast.PASSWORD,
    )
    client = Client(headers={"accept": "application/json"})
    client.force_login(people.get_user(agent))
    return client


def test_a34_a60_every_door_of_the_desk_asks_for_the_right_that_this_table_names(ours: tuple[cast.Desk, str]) -> None:
    doors = _doors(ours[1])
    assert len(doors) > 15
    assert set(BEYOND_WORK) <= {name for name, _, _ in doors}
    for name, _, needs in doors:
        assert needs == BEYOND_WORK.get(name, Capability.WORK), name


@pytest.mark.parametrize("role", TABLE)
def test_a34_a60_a_role_opens_what_it_has_the_right_to_and_nothing_else(ours: tuple[cast.Desk, str], role: str) -> None:
    desk, conversation = ours
    somebody = _somebody(role, desk.noor.team_ids[0])
    for name, path, needs in _doors(conversation):
        answer = knock(somebody, name, path)
        if may(role, needs):
            # Understood; what else it may say, somebody else's words for one, is not about the role.
            assert answer.status_code not in {400, 401, 405, 500}, (role, name, answer.status_code)
            assert b"not_allowed" not in answer.content, (role, name)
        else:
            assert (answer.status_code, answer.headers["content-type"]) == (403, "application/json"), (role, name)
            assert b"not_allowed" in answer.content, (role, name)
