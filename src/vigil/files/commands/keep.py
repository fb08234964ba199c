"""Files that something refers to stay; the others, and those that nobody wants any more, go."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from vigil.files import disk
from vigil.files.models import File, State
from vigil.files.queries import FileRow, row_of
from vigil.files.refusals import FileNotFound, FileNotReady


def keep_files(*, public_ids: Sequence[str], owner: str, at: datetime) -> list[FileRow]:
    """Keep files for good, because an entry written in the same transaction refers to them; in the order asked for. May be repeated.

    Raises FileNotFound when one is not this owner's, was refused or is gone, FileNotReady before its verdict.
    """
    with transaction.atomic():
        found = {
            file.public_id: file for file in File.objects.select_for_update().filter(public_id__in=public_ids, owner=owner).order_by("id")
        }
        files = [found[public_id] for public_id in public_ids if public_id in found]
        if len(files) != len(public_ids) or any(file.state == State.REFUSED for file in files):
            raise FileNotFound
        if any(file.state != State.READY for file in files):
            raise FileNotReady(retry_after=1)
        File.objects.filter(id__in=[file.id for file in files], kept_at=None).update(kept_at=at)
    return [row_of(file) for file in files]


def give_up(*, public_id: str, owner: str) -> None:
    """Drop a file that its owner does not want to send after all; one that is kept stays. May be repeated."""
    _drop(File.objects.filter(public_id=public_id, owner=owner, kept_at=None).values_list("id", flat=True))


def release(*, public_ids: Sequence[str]) -> None:
    """Let kept files belong to nobody again: kept anew by the next entry that refers to them, or swept. May be repeated."""
    File.objects.filter(public_id__in=public_ids).update(kept_at=None)


def let_go(*, public_ids: Sequence[str]) -> None:
    """Erase kept files together with what referred to them, in the caller's transaction; their bytes go behind it. May be repeated."""
    # Killed before the bytes are gone, they are swept.
    release(public_ids=public_ids)
    transaction.on_commit(partial(forget_files, public_ids=public_ids))


def forget_files(*, public_ids: Sequence[str]) -> None:
    """Erase files, kept or not, bytes and rows. May be repeated."""
    _drop(File.objects.filter(public_id__in=public_ids).values_list("id", flat=True))


def _drop(ids: Iterable[int]) -> None:
    """Rows go before bytes: nothing that may be shown is ever without them, and what is left over is swept."""
    with transaction.atomic():
        files = list(File.objects.select_for_update().filter(id__in=list(ids)))
        File.objects.filter(id__in=[file.id for file in files]).delete()
    for file in files:
        disk.remove(file.key)
