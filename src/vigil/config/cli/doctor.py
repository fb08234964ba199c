"""`vigil doctor`: what is wrong with this installation, looked at from the outside in, each with its remedy."""

import re
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from vigil.config.cli.run import set_up, var
from vigil.config.cli.supervise import ask_health
from vigil.kernel.environment import BadSetting

_PATIENCE = 3.0  # seconds for whoever is asked over the network


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong, and what to do about it; after one that `ends`, what lies behind it cannot be looked at."""

    wrong: str
    remedy: str
    ends: bool = False


Look = Callable[[], Complaint | None]


def doctor(arguments: Sequence[str]) -> int:
    """Look at the installation from the outside in; 1 when anything is wrong."""
    failed = has_no_database = False
    for name, look in _EXAMINATIONS:
        if has_no_database and look in _NEED_A_DATABASE:
            continue  # its own line has said so already
        complaint = _ask(look)
        if complaint is None:
            print(f"  well   {name}")
            continue
        print(f"  WRONG  {name}: {complaint.wrong}\n         {complaint.remedy}")
        failed = True
        has_no_database = has_no_database or look is _database
        if complaint.ends:
            break
    return int(failed)


def _ask(look: Look) -> Complaint | None:
    try:
        return look()
    except BadSetting as error:
        return _bad_setting(error)
    except Exception as error:  # noqa: BLE001 - a doctor that falls over has found something too.
        # The message is left out: it may quote an address with its password.
        return Complaint(f"the look itself failed: {type(error).__name__}", "report this with the line above")


def _bad_setting(error: BadSetting) -> Complaint:
    named = re.match(r"[A-Z_]+", str(error))
    setting = named[0].removesuffix("_FILE") if named else "the setting"
    return Complaint(str(error), f"set {setting} as docs/operate/settings.md says, then ask again", ends=True)


def _python() -> Complaint | None:
    if sys.version_info < (3, 11):  # noqa: UP036 - the doctor is asked on machines where pip was bypassed.
        return Complaint(f"this is Python {sys.version.split()[0]}", "install Python 3.11 or later and run `make clean run`", ends=True)
    return None


def _state() -> Complaint | None:
    try:
        var().mkdir(parents=True, exist_ok=True)
        probe = var() / ".doctor"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        return Complaint(f"{var()} cannot be written: {error.strerror}", "set VIGIL_VAR to a folder that this user may write", ends=True)
    return None


def _settings() -> Complaint | None:
    try:
        set_up()
    except ValueError as error:
        return Complaint(f"they cannot be read: {type(error).__name__}", "compare each with docs/operate/settings.md", ends=True)
    except (OSError, RuntimeError, AssertionError) as error:
        return Complaint(f"nothing can be started: {type(error).__name__}", "set DATABASE_URL to a PostgreSQL 15 or later", ends=True)
    from vigil.config.checks import production_is_safe  # Imported here, as below: only now is Django set up.

    errors = production_is_safe()
    return Complaint(" ".join(error.msg for error in errors), " ".join(str(error.hint) for error in errors)) if errors else None


def _profile() -> Complaint | None:
    from vigil.workspace.profile import BadProfile, profile

    try:
        profile()
    except BadProfile as error:
        return Complaint(str(error), "mend the file that VIGIL_PROFILE names")
    return None


def _database() -> Complaint | None:
    from django.db import Error, connection

    try:
        connection.ensure_connection()
    except Error as error:
        reason = str(error).splitlines()[0]
        return Complaint(f"it cannot be reached: {reason}", "start the server that DATABASE_URL names, or unset it to use the embedded one")
    version = connection.cursor().execute("SHOW server_version_num").fetchone()[0]
    if int(version) < 150000:
        return Complaint(f"PostgreSQL is {version}", "name a server of version 15 or later in DATABASE_URL")
    return None


def _schema() -> Complaint | None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return None
    # In an empty database, whatever is asked next has no answer.
    is_empty = "procrastinate_jobs" not in connection.introspection.table_names()
    return Complaint(f"{len(waiting)} migrations wait", "run `vigil prepare`", ends=is_empty)


def _catalogues() -> Complaint | None:
    from vigil.languages.catalogue.checking import check

    problems = check()
    return Complaint(f"{len(problems)} problems in the catalogues", "run `vigil check-languages`") if problems else None


def _bell() -> Complaint | None:
    from django.conf import settings

    if not settings.REDIS_URL:
        return None
    try:
        import redis  # Imported here: only who sets REDIS_URL needs it.
    except ImportError:
        return Complaint("REDIS_URL is set, but the package redis is missing", "install vigil[scale], or unset REDIS_URL")
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE).ping()
    except ValueError:
        return Complaint("REDIS_URL is no address", "write it as redis://host:port/number")
    except (redis.RedisError, OSError) as error:
        return Complaint(f"Redis does not answer: {type(error).__name__}", "start the server that REDIS_URL names, or unset it")
    return None


def _relay() -> Complaint | None:
    from django.conf import settings

    from vigil.kernel.post.smtp import parse_relay

    if not settings.VIGIL_SMTP_URL:
        return None
    try:
        relay = parse_relay(settings.VIGIL_SMTP_URL, is_production=settings.PRODUCTION)
    except BadSetting as error:
        return Complaint(str(error), "write VIGIL_SMTP_URL so")
    try:
        socket.create_connection((relay.host, relay.port), timeout=_PATIENCE).close()
    except OSError as error:
        wrong = f"{relay.host}, port {relay.port}, cannot be reached: {error.strerror or type(error).__name__}"
        return Complaint(wrong, "start the relay that VIGIL_SMTP_URL names, or name another one")
    return None


def _files() -> Complaint | None:
    from vigil.files import disk, workbench
    from vigil.files.refusals import StorageFull

    try:
        disk.make_sure_of_room(0)
        sound = workbench.is_sound()
    except StorageFull:
        return Complaint("files find no room", "make room where VIGIL_FILES lies, or lower VIGIL_FILES_SPARE")
    except OSError as error:
        return Complaint(f"files cannot be written: {error.strerror}", "set VIGIL_FILES to a folder that this user may write")
    return None if sound else Complaint("no picture can be opened", "install Vigil with its dependencies: `make clean run`")


def _verdicts() -> Complaint | None:
    from vigil.files.queries import count_waiting
    from vigil.kernel import clock

    count = count_waiting(longer_than=timedelta(minutes=10), at=clock.now())
    return Complaint(f"{count} files wait for their verdict", "start a worker with `vigil work`") if count else None


def _jobs() -> Complaint | None:
    from vigil.kernel.jobs import count_dead_letters

    count = count_dead_letters()
    return Complaint(f"{count} jobs were given up", "look at them with `vigil dead-letters`") if count else None


def _worker() -> Complaint | None:
    from vigil.kernel import clock
    from vigil.kernel.jobs import is_worker_heard

    if not ask_health() or is_worker_heard(at=clock.now()):
        return None  # Where nothing serves, nobody need work.
    return Complaint("the server runs, but no worker has been heard of for half a minute", "start one with `vigil work`")


def _letters() -> Complaint | None:
    from vigil.kernel.post import count_letters

    count = count_letters().get("failed", 0)
    return Complaint(f"{count} letters could not be delivered", "look at the relay that VIGIL_SMTP_URL names") if count else None


def _audit() -> Complaint | None:
    from vigil.audit.queries import verify

    found = verify()
    return None if found.holds else Complaint(f"record {found.first_bad} is bad", "run `vigil verify-audit` and keep the database")


_EXAMINATIONS: tuple[tuple[str, Look], ...] = (
    ("Python", _python),
    ("state folder", _state),
    ("settings", _settings),
    ("profile", _profile),
    ("languages", _catalogues),
    ("bell", _bell),
    ("relay", _relay),
    ("database", _database),
    ("schema", _schema),
    ("files", _files),
    ("verdicts", _verdicts),
    ("jobs", _jobs),
    ("worker", _worker),
    ("letters", _letters),
    ("audit", _audit),
)
_NEED_A_DATABASE = (_schema, _verdicts, _jobs, _worker, _letters, _audit)
