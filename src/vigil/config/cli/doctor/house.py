"""What happens inside a house that stands: its database, its people, its work."""

from datetime import timedelta

from vigil.config.cli.doctor.complaint import Complaint
from vigil.config.cli.supervise import ask_health


def database() -> Complaint | None:
    """Find a database that cannot be reached, or is too old."""
    from django.db import Error, connection  # Imported here, as all below: only now is Django set up.

    try:
        connection.ensure_connection()
    except Error as error:
        reason = str(error).splitlines()[0]
        return Complaint(f"it cannot be reached: {reason}", "start the server that DATABASE_URL names, or unset it to use the embedded one")
    version = connection.cursor().execute("SHOW server_version_num").fetchone()[0]
    if int(version) < 150000:
        return Complaint(f"PostgreSQL is {version}", "name a server of version 15 or later in DATABASE_URL")
    return None


def schema() -> Complaint | None:
    """Count the migrations that wait."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return None
    # In an empty database, whatever is asked next has no answer.
    is_empty = "procrastinate_jobs" not in connection.introspection.table_names()
    return Complaint(f"{len(waiting)} migrations wait", "run `vigil prepare`", ends=is_empty)


def queues() -> Complaint | None:
    """Name queues that the profile sends conversations to and nobody has."""
    from vigil.team.queries import missing_queues
    from vigil.workspace.profile import profile

    missing = missing_queues(profile().intake)
    if not missing:
        return None
    return Complaint(f"nobody has {', '.join(sorted(missing))}, where customers' conversations begin", "run `vigil prepare`")


def people() -> Complaint | None:
    """Find a house where nobody works."""
    from vigil.team.queries import is_somebody_hired

    return (
        None if is_somebody_hired() else Complaint("nobody works here yet", "run `vigil agents hire EMAIL NAME --team KEY --language CODE`")
    )


def files() -> Complaint | None:
    """Find a disk or a workbench that takes no files."""
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


def verdicts() -> Complaint | None:
    """Count files that wait for their verdict for too long."""
    from vigil.files.queries import count_waiting
    from vigil.kernel import clock

    count = count_waiting(longer_than=timedelta(minutes=10), at=clock.now())
    return Complaint(f"{count} files wait for their verdict", "start a worker with `vigil work`") if count else None


def jobs() -> Complaint | None:
    """Count the jobs that were given up."""
    from vigil.kernel.jobs import count_dead_letters

    count = count_dead_letters()
    return Complaint(f"{count} jobs were given up", "look at them with `vigil dead-letters`") if count else None


def worker() -> Complaint | None:
    """Find a server whose jobs nobody does."""
    from vigil.kernel import clock
    from vigil.kernel.jobs import is_worker_heard

    if not ask_health() or is_worker_heard(at=clock.now()):
        return None  # Where nothing serves, nobody need work.
    return Complaint("the server runs, but no worker has been heard of for half a minute", "start one with `vigil work`")


def search() -> Complaint | None:
    """Find an index that nobody keeps going."""
    from vigil.search.queries import MUCH_BEHIND, get_standing

    standing = get_standing()
    if standing is None or standing.entries_behind < MUCH_BEHIND:
        return None
    return Complaint(f"the search does not know the last {MUCH_BEHIND:,} entries", "start a worker with `vigil work`")


def letters() -> Complaint | None:
    """Count the letters that could not be delivered."""
    from vigil.kernel.post import count_letters

    count = count_letters().get("failed", 0)
    return Complaint(f"{count} letters could not be delivered", "look at the relay that VIGIL_SMTP_URL names") if count else None


def audit() -> Complaint | None:
    """Name the first record of the audit that is bad."""
    from vigil.audit.queries import verify

    found = verify()
    return None if found.holds else Complaint(f"record {found.first_bad} is bad", "run `vigil verify-audit` and keep the database")
