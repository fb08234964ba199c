"""Hands a file into the workshop and takes out what was made of it, or the code of what was wrong."""

import errno
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from vigil.files import disk
from vigil.files.refusals import VERDICTS, TooCostly, Unreadable
from vigil.kernel import faults

# On the wall clock, for the five that it may compute and for a machine that is busy.
PATIENCE_SECONDS = 20.0
_MOST_ANSWER = 1000
_SMALLEST = bytes.fromhex("47494638396101000100800000ffffff0000002c00000000010001000002024401003b")


@dataclass(frozen=True, slots=True)
class Made:
    """What came out of the workshop: a clean file, and what is known about it."""

    size: int
    sha256: str
    width: int | None
    height: int | None
    milliseconds: int | None
    has_thumbnail: bool


def clean(kind: str, source: Path, target: Path, thumbnail: Path) -> Made | str:
    """Have `source` made into `target` by a process that has nothing but those; a verdict's code when it is not to be kept.

    A process that dies, hangs or asks for too much has judged the file. Raises StorageFull when the disk is full.
    """
    with disk.refusing_when_full():
        faults.point("files.before_making")
        status, answer = _work(kind, source, target, thumbnail)
        if status == errno.ENOSPC:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if status != 0:
        return TooCostly.code if status < 0 else Unreadable.code
    if "refused" in answer:
        code = str(answer["refused"])
        return code if code in VERDICTS else Unreadable.code
    return _take(answer, target)


def is_sound() -> bool:
    """Say whether a workshop can be opened here: it is given the smallest picture there is."""
    source, target, small = (disk.making(f"probe-{os.getpid()}-{part}") for part in ("source", "target", "small"))
    try:
        with disk.refusing_when_full():
            source.write_bytes(_SMALLEST)
        return isinstance(clean("gif", source, target, small), Made)
    finally:
        for path in (source, target, small):
            path.unlink(missing_ok=True)


def _work(kind: str, source: Path, target: Path, thumbnail: Path) -> tuple[int, dict[str, object]]:
    with source.open("rb") as raw, _fresh(target) as made, _fresh(thumbnail) as small:
        descriptors = (made.fileno(), small.fileno())
        workshop = subprocess.Popen(  # noqa: S603 - our own program, and the kind is a name from our own list.
            [sys.executable, "-I", "-B", "-m", "vigil.files.workshop", kind, *map(str, descriptors)],
            stdin=raw,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # A decoder's complaint may quote the file.
            pass_fds=descriptors,
            close_fds=True,
            # No key, no address of the database, no proxy; one heap, so that a bound on memory means what it says.
            env={"MALLOC_ARENA_MAX": "1", "LANG": "C.UTF-8"},
            cwd="/",
            start_new_session=True,  # Ctrl-C is for us; half a picture would be taken for a bad one.
        )
    try:
        answer, _ = workshop.communicate(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        workshop.kill()
        workshop.communicate()
        return -1, {}
    try:
        return workshop.returncode, dict(json.loads(answer[:_MOST_ANSWER] or b"{}"))
    except ValueError:
        return 1, {}


def _fresh(path: Path) -> IO[bytes]:
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _take(answer: dict[str, object], target: Path) -> Made:
    with target.open("rb") as made:
        digest = hashlib.file_digest(made, "sha256").hexdigest()
    return Made(
        size=target.stat().st_size,
        sha256=digest,
        width=_number(answer, "width"),
        height=_number(answer, "height"),
        milliseconds=_number(answer, "milliseconds"),
        has_thumbnail=answer.get("thumbnail") is True,
    )


def _number(answer: dict[str, object], name: str) -> int | None:
    value = answer.get(name)
    return value if isinstance(value, int) and 0 < value < 2**31 else None
