"""What happens after a request for a new password has been answered."""

from vigil.kernel import clock
from vigil.kernel.jobs import job


@job("team.send_reset_letter", lock_by="agent_id")
def send_reset_letter(agent_id: int) -> None:
    """Write to the agent, if there is one."""
    from vigil.team.commands.resetting import write_reset_letter  # Imported here: that command enqueues this job.

    write_reset_letter(agent_id=agent_id, at=clock.now())
