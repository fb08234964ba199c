"""The folder of the files: what is coming in, what the workshop makes, what is ready. Names in it are drawn by us."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from django.conf import settings

from vigil.files.refusals import StorageFull
from vigil.kernel import faults

Area = Literal["receiving", "making", "ready"]
AREAS: tuple[Area, ...] = ("receiving", "making", "ready")
RETRY_SECONDS = 60
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def incoming(key: str) -> Path:
    """Tell where the bytes of an upload gather."""
    return _folder("receiving") / key


def making(key: str, *, thumbnail: bool = False) -> Path:
    """Tell where the workshop writes; nothing there is ever shown."""
    return _folder("making") / _named(key, thumbnail)


def ready(key: str, *, thumbnail: bool = False) -> Path:
    """Tell where a file lies once it may be shown."""
    return _folder("ready", key[:2]) / _named(key, thumbnail)


def _named(key: str, thumbnail: bool) -> str:
    return f"{key}.small" if thumbnail else key


def _folder(*parts: str) -> Path:
    folder = Path(settings.VIGIL_FILES).joinpath(*parts)
    if not folder.is_dir():
        with refusing_when_full():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def refusing_when_full() -> Iterator[None]:
    """Turn a full disk into StorageFull, and leave every other error what it is."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull(retry_after=RETRY_SECONDS) from error
        raise


def make_sure_of_room(size: int) -> None:
    """Leave the last of the disk to words. Raises StorageFull."""
    free = shutil.disk_usage(_folder()).free
    with refusing_when_full():
        faults.point("files.before_room")
    if free - size < settings.VIGIL_FILES_SPARE * 1024 * 1024:
        raise StorageFull(retry_after=RETRY_SECONDS)


def has_come(key: str) -> int:
    """Tell how many bytes of an upload have come: the file's own length, the one truth about it."""
    try:
        return incoming(key).stat().st_size
    except FileNotFoundError:
        return 0


def settle(path: Path) -> None:
    """Have the disk keep a file and its name before anybody is told of it."""
    with refusing_when_full():
        _sync(path)
        _sync(path.parent)


def put_in_place(made: Path, place: Path) -> None:
    """Move what was made to where it stays; both its bytes and its name are on the disk afterwards. May be repeated."""
    with refusing_when_full():
        _sync(made)
        made.replace(place)
        _sync(place.parent)
        _sync(place.parent.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(key: str) -> None:
    """Remove everything that lies under a key. May be repeated."""
    for place in (incoming(key), making(key), making(key, thumbnail=True), ready(key), ready(key, thumbnail=True)):
        place.unlink(missing_ok=True)


def forget_raw(key: str) -> None:
    """Remove what was uploaded, once something was made of it. May be repeated."""
    incoming(key).unlink(missing_ok=True)


def walk(area: Area) -> Iterator[tuple[str, Path]]:
    """Walk what lies in one part of the folder: key and path."""
    for path in _folder(area).rglob("*"):
        if path.is_file():
            yield path.name.removesuffix(".small"), path
