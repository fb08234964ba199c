"""Named places where a test may break the program: armed by the environment, free when they are not.

VIGIL_FAULTS="conversations.before_commit=kill@3,conversations.after_commit=sleep:2@1" reads: at the third pass of the first
place kill this process, at the first pass of the second sleep two seconds. Actions: kill, stop, sleep:SECONDS, oserror:ERRNO,
database (an OperationalError). `@*` means every pass. Production mode refuses to start with the variable set.
"""

import errno
import os
import signal
import time
from dataclasses import dataclass, field


class UnknownFault(Exception):
    """The variable VIGIL_FAULTS names an action that does not exist."""


@dataclass(slots=True)
class _Fault:
    action: str
    detail: str
    at_pass: int | None  # None: every pass
    passes: int = field(default=0)


def _read(text: str) -> dict[str, _Fault]:
    faults: dict[str, _Fault] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, rest = part.partition("=")
        what, _, at = rest.partition("@")
        action, _, detail = what.partition(":")
        if action not in {"kill", "stop", "sleep", "oserror", "database"}:
            raise UnknownFault(part)
        faults[name] = _Fault(action, detail, None if at in {"", "*"} else int(at))
    return faults


_armed: dict[str, _Fault] = _read(os.environ.get("VIGIL_FAULTS", ""))


def arm(text: str) -> None:
    """Arm the places that `text` names and disarm all others; the empty text disarms everything."""
    _armed.clear()
    _armed.update(_read(text))


def point(name: str) -> None:
    """Mark a place where a test may break the program; does nothing unless it is armed."""
    if not _armed:
        return
    fault = _armed.get(name)
    if fault is None:
        return
    fault.passes += 1
    if fault.at_pass is None or fault.passes == fault.at_pass:
        _break(fault)


def _break(fault: _Fault) -> None:
    if fault.action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif fault.action == "stop":
        os.kill(os.getpid(), signal.SIGSTOP)
    elif fault.action == "sleep":
        time.sleep(float(fault.detail))
    elif fault.action == "oserror":
        code = getattr(errno, fault.detail or "ENOSPC")
        raise OSError(code, os.strerror(code))
    else:
        from django.db import OperationalError  # Imported here: the ground must load before Django is set up.

        raise OperationalError("broken on purpose")
