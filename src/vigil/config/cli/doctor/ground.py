"""What an installation stands on: the program itself, its settings, and the servers that they name."""

import re
import socket
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

from vigil.config.cli.doctor.complaint import Complaint
from vigil.config.cli.run import set_up, var
from vigil.kernel.environment import BadSetting, find_strangers

_PATIENCE = 3.0  # seconds for whoever is asked over the network


def python() -> Complaint | None:
    """Find a Python that is too old."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the doctor is asked on machines where pip was bypassed.
        return Complaint(f"this is Python {sys.version.split()[0]}", "install Python 3.11 or later and run `make clean run`", ends=True)
    return None


def packages() -> Complaint | None:
    """Name declared packages that are missing or broken."""
    try:
        declared = [each for each in requires("vigil") or [] if "extra ==" not in each]
    except PackageNotFoundError:
        return Complaint("Vigil itself is not installed here", "install it with its dependencies: `make clean run`", ends=True)
    owners = packages_distributions()
    missing = [name for name in (re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in declared) if not _works(name, owners)]
    if missing:
        wrong = f"{', '.join(missing)} cannot be imported"
        return Complaint(wrong, "install what requirements.txt names: `pip install --require-hashes -r requirements.txt`", ends=True)
    return None


def _works(package: str, owners: Mapping[str, Sequence[str]]) -> bool:
    modules = [name for name, names in owners.items() if _plain(package) in map(_plain, names) and re.fullmatch(r"[A-Za-z]\w*", name)]
    try:
        # Imported, not only found: a wheel for another machine is there and does not work.
        for module in modules:
            import_module(module)
    except ImportError:
        return False
    return bool(modules)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def state() -> Complaint | None:
    """Find a state folder that cannot be written."""
    try:
        var().mkdir(parents=True, exist_ok=True)
        probe = var() / ".doctor"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        return Complaint(f"{var()} cannot be written: {error.strerror}", "set VIGIL_VAR to a folder that this user may write", ends=True)
    return None


def settings() -> Complaint | None:
    """Name settings that cannot be read, or that production refuses."""
    try:
        set_up()
    except ValueError as error:
        return Complaint(f"they cannot be read: {type(error).__name__}", "compare each with docs/operate/settings.md", ends=True)
    except (OSError, RuntimeError, AssertionError) as error:
        return Complaint(f"nothing can be started: {type(error).__name__}", "set DATABASE_URL to a PostgreSQL 15 or later", ends=True)
    from vigil.config.checks import production_is_safe  # Imported here, as below: only now is Django set up.

    errors = production_is_safe()
    return Complaint(" ".join(error.msg for error in errors), " ".join(str(error.hint) for error in errors)) if errors else None


def strangers() -> Complaint | None:
    """Name what was meant as a setting and is read by nobody."""
    found = find_strangers()
    if not found:
        return None
    meant = ", ".join(f"{likely} for {name}" for name, likely in found.items() if likely)
    return Complaint(
        f"nobody reads {', '.join(found)}",
        (f"say {meant}" if meant else "take it away") + "; docs/operate/settings.md names every setting",
    )


def profile() -> Complaint | None:
    """Say what is wrong with the brand's profile."""
    from django.conf import settings

    from vigil.trust.registry import BadRegistry, read_registry
    from vigil.workspace.profile import BadProfile, profile

    try:
        profile()
        read_registry(Path(settings.VIGIL_PROFILE))
    except (BadProfile, BadRegistry) as error:
        return Complaint(str(error), "mend the file that VIGIL_PROFILE names")
    return None


def topics() -> Complaint | None:
    """Say what is wrong with the file of topics."""
    from vigil.topics.queries import topics
    from vigil.topics.tree import BadTopics

    try:
        topics()
    except BadTopics as error:
        return Complaint(str(error), "mend the file that VIGIL_TOPICS names")
    return None


def catalogues() -> Complaint | None:
    """Count what is missing or wrong in the catalogues."""
    from vigil.languages.catalogue.checking import check

    problems = check()
    return Complaint(f"{len(problems)} problems in the catalogues", "run `vigil check-languages`") if problems else None


def bell() -> Complaint | None:
    """Find a Redis that is named and does not answer."""
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


def relay() -> Complaint | None:
    """Find a relay that is named and cannot be reached."""
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
