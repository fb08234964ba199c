"""Puts the pages' files where they are served from, unless just these were put there already: to do it takes a second of each start."""

import hashlib
import inspect
import os
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from vigil.look import shrinking, storage

_STAMP = ".collected"


def collect() -> bool:
    """Bring the folder that is served to what our files say now; tell whether there was anything to do."""
    folder = Path(settings.STATIC_ROOT)
    if _read(folder / _STAMP) == _look(folder):
        return False
    # Nothing is promised of what a start leaves behind that ends half way.
    (folder / _STAMP).unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    (folder / _STAMP).write_text(_look(folder), encoding="ascii")
    return True


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def _look(folder: Path) -> str:
    """Add up what the files come from and what has become of them: one that vanished is made again, too."""
    known = hashlib.sha256()
    for what in (*_rules(), *_sources(), *_made(folder)):
        known.update(len(what).to_bytes(8))
        known.update(what)
    return known.hexdigest()


def _rules() -> Iterator[bytes]:
    yield f"{version('django')} {version('whitenoise')} {settings.STATIC_URL} {settings.STORAGES}".encode()
    yield inspect.getsource(storage).encode()
    for path in sorted(Path(shrinking.__file__).parent.glob("*.py")):
        yield path.read_bytes()


def _sources() -> Iterator[bytes]:
    # By their words and not by their times: a package may come with the same time on every file.
    for finder in get_finders():
        for path, place in finder.list(None):
            yield path.encode()
            with place.open(path) as file:
                yield file.read()


def _made(folder: Path) -> Iterator[bytes]:
    for above, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name != _STAMP:
                yield str(Path(above, name).relative_to(folder)).encode()
