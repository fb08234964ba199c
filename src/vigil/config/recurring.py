"""Everything that happens by the clock: what, and at which minutes of which hours, in UTC."""

from datetime import timedelta

from vigil.conversations import commands as conversations
from vigil.customers import commands as customers
from vigil.files import commands as files
from vigil.kernel import clock, jobs, once, post
from vigil.readings import commands as readings
from vigil.team import commands as team
from vigil.team import queries as people

LETTERS_KEPT = timedelta(days=30)
TRIES_KEPT = timedelta(days=1)


@jobs.recurring("kernel.requeue_stalled", "* * * * *")
def give_back_stalled_jobs() -> None:
    """Give back, once a minute, what a worker took and died with."""
    jobs.requeue_stalled()


@jobs.recurring("conversations.wake_snoozed", "* * * * *")
def wake_what_slept() -> None:
    """Wake, once a minute, the conversations that were put to sleep until now."""
    conversations.wake_snoozed(at=clock.now())


@jobs.recurring("conversations.give_back_unheard", "* * * * *")
def give_back_what_nobody_hears() -> None:
    """Give back, once a minute, chats whose customers write to a desk that is silent."""
    conversations.give_back_silent(agent_ids=people.list_silent_desks(), at=clock.now())


@jobs.recurring("files.sweep", "*/5 * * * *")
def sweep_files() -> None:
    """Drop what was begun and never ended, every five minutes."""
    files.sweep(at=clock.now())


@jobs.recurring("kernel.clear_letters", "17 3 * * *")
def forget_old_letters() -> None:
    """Forget letters that went out thirty days ago."""
    post.clear(before=clock.now() - LETTERS_KEPT)


@jobs.recurring("kernel.clear_spent", "29 * * * *")
def forget_what_was_spent() -> None:
    """Forget, once an hour, tokens and solutions that would not hold any more anyway."""
    once.clear(before=clock.now())


@jobs.recurring("customers.forget_vouched", "41 * * * *")
def forget_vouched_sessions() -> None:
    """Drop, once an hour, the sessions of pages that were logged in the day before."""
    customers.forget_vouched(before=clock.now() - customers.VOUCHED_LIMIT)


@jobs.recurring("customers.clear_return_keys", "19 3 * * *")
def forget_old_return_keys() -> None:
    """Forget the keys of letters that are over."""
    customers.clear_return_keys(before=clock.now())


@jobs.recurring("readings.clear", "31 3 * * *")
def forget_old_readings() -> None:
    """Forget what agents read a year ago."""
    readings.clear(at=clock.now())


@jobs.recurring("team.clear_tries", "23 3 * * *")
def forget_old_tries() -> None:
    """Forget how often was tried the day before."""
    team.clear_old_tries(before=clock.now() - TRIES_KEPT)


@jobs.recurring("team.clear_sessions", "47 * * * *")
def forget_old_sessions() -> None:
    """Forget, once an hour, the sessions of agents that have expired."""
    team.clear_sessions(before=clock.now())


@jobs.recurring("team.forget_listeners", "53 3 * * *")
def forget_old_listeners() -> None:
    """Forget the server processes that ended the day before."""
    team.forget_listeners(at=clock.now())
