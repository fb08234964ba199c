"""Which role gives which right."""

from itertools import pairwise

import pytest

from vigil.team.capabilities import TABLE, Capability, may, ranks_above, roles_that_may
from vigil.team.models import Role


def test_the_table_knows_every_role_and_each_has_what_the_one_below_it_has() -> None:
    assert list(TABLE) == list(Role.values)
    rows = list(TABLE.values())
    assert all(below < above for below, above in pairwise(rows))


def test_every_right_is_given_by_some_role() -> None:
    assert set().union(*TABLE.values()) == set(Capability)


@pytest.mark.parametrize("capability", Capability)
def test_a60_a_role_that_nobody_knows_gives_no_right(capability: Capability) -> None:
    assert not may("owner", capability)
    assert not may("", capability)
    assert set(roles_that_may(capability)) == {role for role in Role.values if may(role, capability)}


def test_a60_nobody_ranks_above_the_own_role_or_one_above_it() -> None:
    assert ranks_above("admin", "supervisor")
    assert ranks_above("supervisor", "agent")
    assert not any(ranks_above(role, role) for role in [*Role.values, "owner"])
    assert not ranks_above("agent", "admin")
    assert not ranks_above("owner", "agent")
