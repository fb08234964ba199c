"""The beginning of an upload: everything that can be refused is refused before a byte is sent."""

from datetime import datetime

from django.db import connection, transaction

from vigil.files import disk, refusals
from vigil.files.models import File
from vigil.files.queries import FileRow, row_of, spent
from vigil.files.rules import kinds, names, quotas
from vigil.safety import commands as safety


def begin_upload(*, owner: str, name: str, media_type: str, size: int, quota: quotas.Quota, at: datetime) -> FileRow:
    """Make room for a file that is going to be sent; `size` is in bytes.

    Raises one of the refusals of kinds (415), PictureTooLarge, VideoTooLarge, FileEmpty, TooManyFiles, StorageFull, and what
    `safety` raises about the name. Each call begins another upload; one that nobody goes on with is swept within the hour.
    """
    clean = names.clean_name(name)
    kind = kinds.announced(clean, media_type)
    if isinstance(kind, str):
        raise refusals.WHY[kind]
    _judge_size(kind, size)
    stem = safety.excerpt(safety.mask_line(names.stem_of(clean), safety.LIMIT), names.LONGEST)
    disk.make_sure_of_room(size)
    with transaction.atomic():
        _stand_in_line(owner)
        wait = quotas.seconds_to_wait(spent(owner, at=at), size, quota)
        if wait is not None:
            raise refusals.TooManyFiles(retry_after=wait)
        return row_of(File.objects.create(owner=owner, name=stem, kind=kind.name, size=size, created_at=at))


def _judge_size(kind: kinds.Kind, size: int) -> None:
    if size < 1:
        raise refusals.FileEmpty
    if size > kind.most_bytes:
        too_large = refusals.PictureTooLarge if kind.family == "picture" else refusals.VideoTooLarge
        raise too_large(limit=kind.most_bytes // kinds.MEGABYTE)


def _stand_in_line(owner: str) -> None:
    """Let one owner begin one upload at a time, so that a quota cannot be overrun by asking all at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"files:{owner}"])
