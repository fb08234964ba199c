"""Whoever leaves leaves no customer alone."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import cast
from vigil.conversations import commands, queries
from vigil.team import commands as team

pytestmark = pytest.mark.django_db


def test_what_somebody_had_taken_goes_back_to_its_queue_and_its_timeline_says_so() -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    mine, done, theirs = (cast.opens(ada, text) for text in ("one", "two", "three"))
    for name in (mine, done):
        commands.assign(conversation=name, sight=desk.noor, agent_id=desk.noor.agent_id, at=cast.later())
    commands.assign(conversation=theirs, sight=desk.sol, agent_id=desk.sol.agent_id, at=cast.later())
    commands.set_status(conversation=done, sight=desk.noor, status="resolved", at=cast.later(2))
    assert commands.give_back_all(agent_id=desk.noor.agent_id, at=cast.later(3)) == 1
    assert commands.give_back_all(agent_id=desk.noor.agent_id, at=cast.later(3)) == 0
    thread = queries.get_thread(mine, desk.sol)
    assert thread.conversation.assignee_id is None
    last = thread.entries[-1]
    assert (last.kind, last.author_kind, last.data["from"]) == ("assigned", "system", desk.noor.agent_id)
    assert queries.get_thread(theirs, desk.sol).conversation.assignee_id == desk.sol.agent_id
    assert queries.get_thread(done, desk.sol).conversation.assignee_id == desk.noor.agent_id


def test_whoever_is_switched_off_has_their_conversations_given_back() -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    name = cast.opens(ada)
    commands.assign(conversation=name, sight=desk.noor, agent_id=desk.noor.agent_id, at=cast.later())
    team.switch_off(agent_id=desk.noor.agent_id, actor="system", at=cast.later(2))
    job = ProcrastinateJob.objects.get(task_name="conversations.give_back")
    assert job.args == {"agent_id": desk.noor.agent_id}
