"""What happens later: the letter with a link to a new password."""

from vigil.kernel import clock
from vigil.kernel.jobs import job
from vigil.team.commands import write_reset_letter


@job("team.send_reset_letter", lock_by="agent_id")
def send_reset_letter(agent_id: int) -> None:
    """Write to the agent, if there is one."""
    write_reset_letter(agent_id=agent_id, at=clock.now())
