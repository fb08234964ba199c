"""What was begun and never ended, and what lies in the folder and belongs to nobody."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from vigil.files import disk
from vigil.files.models import File, State

# Swept every five minutes, so that nothing that was given up is there after an hour.
SILENT_FOR = timedelta(minutes=50)
UNSENT_FOR = timedelta(days=1)
# A file may lie there before its row says so; never for so long.
_UNSETTLED_FOR = timedelta(minutes=15)
_AT_ONCE = 500
_WANTED: Mapping[disk.Area, tuple[State, ...]] = {
    "receiving": (State.RECEIVING, State.RECEIVED, State.CHECKING),
    "making": (),
    "ready": (State.READY,),
}


def sweep(*, at: datetime) -> int:
    """Drop uploads that stood still for 50 minutes, files nobody sent within a day, and bytes without a row; tell how many.

    May be repeated.
    """
    lost = [file for file in File.objects.filter(state=State.RECEIVING, created_at__lt=at - SILENT_FOR) if _is_silent(file, at)]
    unsent = File.objects.filter(kept_at=None, created_at__lt=at - UNSENT_FOR)[:_AT_ONCE]
    dropped = sum(_drop(file.id) for file in (*lost, *unsent))
    return dropped + sum(_sweep_area(area, at) for area in disk.AREAS)


def _is_silent(file: File, at: datetime) -> bool:
    path = disk.incoming(file.key)
    return not path.exists() or path.stat().st_mtime < (at - SILENT_FOR).timestamp()


def _drop(file_id: int) -> int:
    with transaction.atomic():
        file = File.objects.select_for_update(skip_locked=True).filter(id=file_id, kept_at=None).first()
        if file is None:
            return 0
        key = file.key
        file.delete()
    disk.remove(key)
    return 1


def _sweep_area(area: disk.Area, at: datetime) -> int:
    before = (at - _UNSETTLED_FOR).timestamp()
    found: dict[Path, str] = {}
    for key, path in disk.walk(area):
        try:
            if path.stat().st_mtime < before:
                found[path] = key
        except FileNotFoundError:
            continue  # Somebody else has just removed it.
    wanted: set[str] = set()
    keys = sorted(set(found.values()))
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        wanted |= set(File.objects.filter(key__in=some, state__in=_WANTED[area]).values_list("key", flat=True))
    orphans = [path for path, key in found.items() if key not in wanted]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
