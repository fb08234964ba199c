"""Named places where a test may break the program: armed by the environment, free when they are not.

VIGIL_FAULTS="conversations.before_commit=kill@3,conversations.after_commit=sleep:2@1" reads: at the third pass of the first
place kill this process, at the first pass of the second sleep two seconds. Actions: kill, stop, sleep:SECONDS, oserror:ERRNO,
database (an OperationalError). `@*` means every pass. Production mode refuses to start with the variable set.
"""

import errno
import os
import re
import signal
import time
from dataclasses import dataclass, field

from vigil.kernel.environment import BadSetting

# All there are, so that a mistyped name is refused: a test that armed it would prove nothing.
PLACES = frozenset(
    {
        "conversations.after_commit",
        "conversations.after_departure",
        "conversations.before_commit",
        "conversations.before_departure",
        "files.after_making",
        "files.after_verdict",
        "files.before_making",
        "files.before_received",
        "files.before_room",
        "files.before_verdict",
        "files.before_workshop",
        "files.before_write",
        "post.after_claim",
        "post.after_send_before_mark",
        "post.before_data",
        "safety.before_scan",
        "search.before_commit",
    }
)
_ACTION = re.compile(r"(?P<action>kill|stop|database|sleep:(?P<seconds>\d+(\.\d+)?)|oserror(:(?P<name>[A-Z]+))?)(@(?P<at>\*|[1-9]\d*))?")


@dataclass(slots=True)
class _Fault:
    action: str
    detail: str
    at_pass: int | None  # None: every pass
    passes: int = field(default=0)


def _read(text: str) -> dict[str, _Fault]:
    faults: dict[str, _Fault] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        place, _, rest = part.partition("=")
        if place not in PLACES:
            raise BadSetting(f"VIGIL_FAULTS takes places that vigil/kernel/faults.py lists, and {place!r} is none")
        match = _ACTION.fullmatch(rest)
        if match is None or not hasattr(errno, match["name"] or "ENOSPC"):
            raise BadSetting(f"VIGIL_FAULTS takes PLACE=ACTION@PASS as vigil/kernel/faults.py says, not {part!r}")
        at = None if match["at"] in {None, "*"} else int(match["at"])
        faults[place] = _Fault(match["action"].partition(":")[0], match["seconds"] or match["name"] or "", at)
    return faults


_armed: dict[str, _Fault] = {}


def arm(text: str) -> None:
    """Arm the places that `text` names and disarm all others; the empty text disarms everything. Raises BadSetting."""
    faults = _read(text)
    _armed.clear()
    _armed.update(faults)


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
