"""What a person of the team may see."""

from vigil.workspace.sight import Sight


def test_a_sight_covers_its_own_teams_and_no_other() -> None:
    noor = Sight(agent_id=1, role="agent", team_ids=(3, 4))
    assert [noor.covers(team) for team in (3, 4, 5, 0)] == [True, True, False, False]


def test_a_role_alone_opens_no_team() -> None:
    assert not Sight(agent_id=1, role="admin", team_ids=()).covers(3)
