"""What happens later: the letter with a link to a new password, and what need not be remembered any more."""

from datetime import timedelta

from procrastinate.contrib.django import app

from vigil.kernel import clock
from vigil.kernel.jobs import job
from vigil.team.commands import clear_old_tries, write_reset_letter


@job("team.send_reset_letter", lock_by="agent_id")
def send_reset_letter(agent_id: int) -> None:
    """Write to the agent, if there is one."""
    write_reset_letter(agent_id=agent_id, at=clock.now())


@app.periodic(cron="23 3 * * *")
@app.task(name="team.clear_tries", queue="default", queueing_lock="team.clear_tries")
def clear_tries(timestamp: int) -> None:
    """Forget, once a day, how often was tried the day before; safe to repeat."""
    clear_old_tries(before=clock.now() - timedelta(days=1))
