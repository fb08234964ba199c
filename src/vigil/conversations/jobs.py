"""What happens later: whoever has not come to read an answer is told of it."""

from datetime import timedelta

from vigil.conversations import commands
from vigil.kernel import clock
from vigil.kernel.jobs import TryLater, job
from vigil.kernel.live.refusals import Busy

# For so long an answer waits to be read before a letter tells of it.
PATIENCE = timedelta(minutes=2)


@job("conversations.tell_of_answer", lock_by="conversation_id")
def tell_of_answer(conversation_id: int, seq: int) -> None:
    """Write to the customer, unless there is no need any more."""
    commands.tell_of_answer(conversation_id=conversation_id, seq=seq, at=clock.now())


@job("conversations.give_back", lock_by="agent_id")
def give_back(agent_id: int) -> None:
    """Give back to its queue whatever somebody had taken who was switched off."""
    commands.give_back_all(agent_id=agent_id, at=clock.now())


@job("conversations.give_back_silent", lock_by="agent_id")
def give_back_silent(agent_id: int) -> None:
    """Give back the chats of a desk that fell silent, unless it was heard of again."""
    commands.give_back_silent(agent_ids=[agent_id], at=clock.now())


@job("conversations.depart", lock_by="departure_id")
def depart(departure_id: int) -> None:
    """Send an answer that goes by post, unless its author has undone it."""
    try:
        commands.let_depart(departure_id=departure_id, at=clock.now())
    except Busy as busy:
        raise TryLater(1) from busy
