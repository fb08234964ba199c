"""The commands that run something."""

import argparse
import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from vigil.config.cli.supervise import LIFELINE, Supervisor
from vigil.kernel import clock, postgres
from vigil.kernel.environment import env_str

if TYPE_CHECKING:
    from types import FrameType

    from procrastinate import App


def set_up() -> None:
    """Make Django ready in this process, with the embedded database running unless another one is named."""
    postgres.ensure(var() / "postgres")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigil.config.settings")
    import django  # Imported here: the command line's help must not wait for it.

    django.setup()


def var() -> Path:
    """Tell where all state lies."""
    return Path(os.environ.get("VIGIL_VAR", "var")).expanduser().absolute()


def run(arguments: Sequence[str]) -> int:
    """Start PostgreSQL, bring everything up to date, serve and work until somebody says stop."""
    return Supervisor(var()).run()


def prepare(arguments: Sequence[str]) -> int:
    """Migrate, make the profile's teams and queues, collect the pages' files, and make the demo world where the mode asks for one."""
    set_up()
    from django.conf import settings  # Imported here: only now is Django set up; so are those below.
    from django.core.management import call_command

    from vigil.faces.widget import editions
    from vigil.look import collecting
    from vigil.nudges.commands import ensure_own_key
    from vigil.team.commands import ensure_teams_of_the_profile
    from vigil.team.queries import is_somebody_hired

    _check()
    call_command("migrate", interactive=False, verbosity=0)
    print("  database ready", flush=True)
    print(f"  {ensure_teams_of_the_profile()} queues ready", flush=True)
    collecting.collect()
    editions.keep()
    ensure_own_key()
    print("  pages ready", flush=True)
    if settings.VIGIL_MODE == "demo":
        _make_world()
    if not is_somebody_hired():
        print("  nobody works here yet: `vigil agents hire` lets somebody in", flush=True)
    return 0


class Unsafe(Exception):
    """Settings with which nothing may start; says each, and its remedy, on a line of its own."""


def _check() -> None:
    from django.core import checks  # Imported here: Django is set up by the caller.

    wrong = [found for found in checks.run_checks(tags=["security"]) if found.is_serious() and not found.is_silenced()]
    if wrong:
        raise Unsafe("\n  ".join(["nothing starts with these settings:", *(f"{each.msg} {each.hint or ''}".rstrip() for each in wrong)]))


def _make_world() -> None:
    from vigil.demo.commands import create_world  # Imported here: Django is set up by the caller.
    from vigil.demo.logins import PASSWORD
    from vigil.team.queries import is_somebody_hired

    progress = _Progress(is_long=not is_somebody_hired())
    create_world(at=clock.now(), password=PASSWORD, progress=progress.tell)
    progress.end()


class _Progress:
    """Tells the steps of what takes a while: a world that stands already is looked through in a moment, and nothing of it is made."""

    _MOMENT = 2.0  # seconds

    def __init__(self, *, is_long: bool) -> None:
        self._begun, self._done = clock.monotonic(), list[str]()
        self._is_long = is_long

    def tell(self, what: str, done: int, of: int) -> None:
        line = f"  demo world: {what} {done}/{of}"
        if not self._is_long and clock.monotonic() - self._begun > self._MOMENT:
            self._is_long = True
            print("".join(f"{each}\n" for each in self._done), end="")
        if done == of:
            self._done.append(line)
        if self._is_long and (done == of or sys.stdout.isatty()):
            print(line, end="\n" if done == of else "\r", flush=True)

    def end(self) -> None:
        if not self._is_long:
            print("  demo world ready", flush=True)


def serve(arguments: Sequence[str]) -> int:
    """Serve pages and streams until told to stop."""
    return _until_told(_serve)


def _serve() -> None:
    from vigil.config import asgi  # Imported here: it needs Django.

    asgi.make().run()


def work(arguments: Sequence[str]) -> int:
    """Do jobs until told to stop; what is running then gets three seconds."""
    return _until_told(_work)


def _work() -> None:
    from procrastinate.contrib.django import app  # Imported here: it needs Django; so does what follows.

    from vigil.search.follower import Follower

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's connector alone has it.
    follower = Follower()
    follower.start()
    try:
        with app.replace_connector(connector) as working:
            asyncio.run(_do_jobs(working))
    finally:
        follower.stop()


async def _do_jobs(app: "App") -> None:
    async with app.open_async():
        await app.run_worker_async(concurrency=4, shutdown_graceful_timeout=3, delete_jobs="successful")


def _until_told(act: Callable[[], None]) -> int:
    """Do what a process is for. To be told to stop is no error, and a second word does not hinder what the first one began."""
    told: list[int] = []
    # The embedded database is stopped by whoever has started it, not by whoever was interrupted on the way.
    _take_ends(lambda number, frame: told.append(number))
    set_up()
    _end_in_order()
    try:
        if not told:
            _check()
            _hold_on()
            _no_core_dumps()
            act()
    except KeyboardInterrupt:
        pass  # The server passes the signal on once it has ended in order; before that there was nothing to end.
    _take_ends(signal.SIG_IGN)
    return 0


def demo(arguments: Sequence[str]) -> int:
    """Make the demo world, or let its customers come; never in production, as everybody knows the demo's password."""
    if env_str("VIGIL_MODE", "demo") == "production":
        print("In production mode there is no demo.", file=sys.stderr)
        return 1
    match list(arguments):
        case ["world"]:
            set_up()
            _make_world()
            return 0
        case ["traffic", *rest]:
            set_up()
            return _let_customers_come(rest)
        case _:
            print("usage: vigil demo world | vigil demo traffic [--rate CUSTOMERS_PER_MINUTE] [--minutes N]", file=sys.stderr)
            return 2


def _let_customers_come(arguments: Sequence[str]) -> int:
    from django.conf import settings  # Imported here: Django is set up by the caller.

    from vigil.demo.traffic import play
    from vigil.workspace.profile import profile

    parser = argparse.ArgumentParser(prog="vigil demo traffic")
    parser.add_argument("--rate", type=float, default=4.0, help="customers a minute")
    parser.add_argument("--minutes", type=float, help="how long; until Ctrl-C when left out")
    chosen = parser.parse_args(arguments)
    seconds = None if chosen.minutes is None else chosen.minutes * 60
    site, say = profile().sites[0].key, partial(print, flush=True)  # Whoever reads through a pipe reads it now too.
    _end_in_order()
    try:
        asyncio.run(play(settings.VIGIL_BASE_URL, site=site, brand=profile().name, say=say, per_minute=chosen.rate, for_seconds=seconds))
    except KeyboardInterrupt:
        print("The customers have gone.")
    return 0


def _end_in_order() -> None:
    """Take what ends a process as Ctrl-C, so that the embedded database hears of it; `nohup` keeps its meaning.

    Not by way of SIGINT itself: a shell starts what runs behind it with that one ignored.
    """
    _take_ends(signal.default_int_handler)


def _take_ends(handler: "Callable[[int, FrameType | None], object] | signal.Handlers") -> None:
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _hold_on() -> None:
    """End with the process that started us, even if it was killed: its end of the pipe closes."""
    raw = os.environ.get(LIFELINE)
    if raw is None:
        return

    def wait() -> None:
        os.read(int(raw), 1)
        os.kill(os.getpid(), 15)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


def _no_core_dumps() -> None:
    """Keep what is in memory out of files: a core dump would hold words that were never screened."""
    import resource  # Imported here: it exists on POSIX only, and so does what runs here.

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
