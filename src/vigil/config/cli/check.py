"""The commands that check something."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vigil.config.cli.run import set_up, var


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong, and what to do about it."""

    wrong: str
    remedy: str


def doctor(arguments: Sequence[str]) -> int:
    """Look at the installation from the outside in; 1 when anything is wrong."""
    failed = False
    for name, look in _EXAMINATIONS:
        if failed and look in _NEED_A_DATABASE and _database() is not None:
            continue  # its own line has said so already
        try:
            complaint = look()
        except Exception as error:  # noqa: BLE001 - a doctor that falls over has found something too.
            complaint = Complaint(f"the look itself failed: {type(error).__name__}: {error}", "report this with the line above")
        failed = failed or complaint is not None
        print(f"  well   {name}" if complaint is None else f"  WRONG  {name}: {complaint.wrong}\n         {complaint.remedy}")
    return int(failed)


def _python() -> Complaint | None:
    if sys.version_info < (3, 11):  # noqa: UP036 - the doctor is asked on machines where pip was bypassed.
        return Complaint(f"this is Python {sys.version.split()[0]}", "install Python 3.11 or later and run `make clean run`")
    return None


def _state() -> Complaint | None:
    try:
        var().mkdir(parents=True, exist_ok=True)
        probe = var() / ".doctor"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        return Complaint(f"{var()} cannot be written: {error.strerror}", "set VIGIL_VAR to a folder that this user may write")
    return None


def _settings() -> Complaint | None:
    set_up()
    from vigil.config.checks import production_is_safe  # Imported here, as below: only now is Django set up.

    errors = production_is_safe()
    return Complaint(" ".join(error.msg for error in errors), " ".join(str(error.hint) for error in errors)) if errors else None


def _database() -> Complaint | None:
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as error:
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
    return Complaint(f"{len(waiting)} migrations wait", "run `vigil prepare`") if waiting else None


def _catalogues() -> Complaint | None:
    from vigil.languages.catalogue.checking import check

    problems = check()
    return Complaint(f"{len(problems)} problems in the catalogues", "run `vigil check-languages`") if problems else None


def _jobs() -> Complaint | None:
    from vigil.kernel.jobs import count_dead_letters

    count = count_dead_letters()
    return Complaint(f"{count} jobs were given up", "look at them with `vigil dead-letters`") if count else None


def _letters() -> Complaint | None:
    from vigil.kernel.post import count_letters

    count = count_letters().get("failed", 0)
    return Complaint(f"{count} letters could not be delivered", "look at the relay that VIGIL_SMTP_URL names") if count else None


def _audit() -> Complaint | None:
    from vigil.audit.queries import verify

    found = verify()
    return None if found.holds else Complaint(f"record {found.first_bad} is bad", "run `vigil verify-audit` and keep the database")


_EXAMINATIONS: tuple[tuple[str, Callable[[], Complaint | None]], ...] = (
    ("Python", _python),
    ("state folder", _state),
    ("settings", _settings),
    ("database", _database),
    ("schema", _schema),
    ("languages", _catalogues),
    ("jobs", _jobs),
    ("letters", _letters),
    ("audit", _audit),
)
_NEED_A_DATABASE = (_schema, _jobs, _letters, _audit)


def verify_audit(arguments: Sequence[str]) -> int:
    """Walk the whole chain; prints the anchor, to be kept elsewhere and given again as the argument."""
    set_up()
    from vigil.audit.queries import verify  # Imported here: only now is Django set up; so are those below.

    found = verify(expected_head=arguments[0] if arguments else None)
    if not found.holds:
        print(f"record {found.first_bad} is bad: {found.reason}")
        return 1
    print(f"{found.checked} records, unbroken; anchor {found.anchor}")
    return 0


def languages(arguments: Sequence[str]) -> int:
    """List every problem of the catalogues."""
    set_up()
    from vigil.languages.catalogue.checking import check

    problems = check()
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems")
    return int(bool(problems))


def collect(arguments: Sequence[str]) -> int:
    """Bring new strings into the catalogues and drop those nobody says any more."""
    set_up()
    from vigil.languages.catalogue.collecting import collect as collect_strings

    for line in collect_strings(prune=True):
        print(line)
    return 0


def dead_letters(arguments: Sequence[str]) -> int:
    """List the jobs that were given up, or run one again."""
    set_up()
    from vigil.kernel.jobs import list_dead_letters, retry

    if len(arguments) == 2 and arguments[0] == "retry" and arguments[1].isdigit():
        retry(int(arguments[1]))
        return 0
    for letter in list_dead_letters():
        print(f"{letter.number}  {letter.name}  {letter.ids}  after {letter.attempts} tries")
    return 0
