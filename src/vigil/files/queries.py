"""Every way to ask about files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import Count, Sum

from vigil.files import disk
from vigil.files.models import File, State
from vigil.files.refusals import VERDICTS, FileNotFound
from vigil.files.rules import names, quotas
from vigil.files.rules.kinds import KINDS, Family
from vigil.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as faces show one; `name` has the ending of what it is now, `refusal` is empty unless it was refused."""

    public_id: str
    owner: str
    name: str
    kind: str
    family: Family
    media_type: str
    size: int
    width: int | None
    height: int | None
    milliseconds: int | None
    has_thumbnail: bool
    state: str
    refusal: str

    @property
    def is_ready(self) -> bool:
        """Say whether it may be shown."""
        return self.state == State.READY

    @property
    def reason(self) -> Refusal | None:
        """Tell why it was refused, in words that can be said; None unless it was."""
        return VERDICTS[self.refusal]() if self.refusal else None


@dataclass(frozen=True, slots=True)
class Coming:
    """An upload as its door sees it; `offset` is how much has come."""

    row: FileRow
    key: str
    offset: int


@dataclass(frozen=True, slots=True)
class Stored:
    """What is handed out for a file: the bytes' place, their type from our own list, the name to save them under."""

    path: Path
    media_type: str
    name: str


def row_of(file: File) -> FileRow:
    """Make the frozen row of one file."""
    kind = KINDS[file.kind]
    return FileRow(
        public_id=file.public_id,
        owner=file.owner,
        name=names.shown(file.name, kind.endings[0]),
        kind=kind.name,
        family=kind.family,
        media_type=kind.media_type,
        size=file.size,
        width=file.width,
        height=file.height,
        milliseconds=file.milliseconds,
        has_thumbnail=file.has_thumbnail,
        state=file.state,
        refusal=file.refusal,
    )


def get_own(public_id: str, owner: str) -> FileRow:
    """Get a file of that owner. Raises FileNotFound, also for somebody else's."""
    return row_of(_own(public_id, owner))


def get_coming(public_id: str, owner: str) -> Coming:
    """Get an upload of that owner, finished or not. Raises FileNotFound."""
    file = _own(public_id, owner)
    offset = disk.has_come(file.key) if file.state == State.RECEIVING else file.size
    return Coming(row_of(file), file.key, offset)


def _own(public_id: str, owner: str) -> File:
    file = File.objects.filter(public_id=public_id, owner=owner).first()
    if file is None:
        raise FileNotFound
    return file


def list_files(public_ids: Sequence[str]) -> list[FileRow]:
    """List the files of these names that exist, in the order asked for; whoever asks has judged the right."""
    found = {file.public_id: file for file in File.objects.filter(public_id__in=public_ids)}
    return [row_of(found[public_id]) for public_id in public_ids if public_id in found]


def get_stored(public_id: str, *, thumbnail: bool = False) -> Stored:
    """Get what is handed out for a file; the whole of it where there is no thumbnail. Raises FileNotFound before its verdict."""
    file = File.objects.filter(public_id=public_id, state=State.READY).first()
    if file is None:
        raise FileNotFound
    row = row_of(file)
    if thumbnail and file.has_thumbnail:
        return Stored(disk.ready(file.key, thumbnail=True), KINDS["webp"].media_type, row.name)
    return Stored(disk.ready(file.key), row.media_type, row.name)


def spent(owner: str, *, at: datetime) -> quotas.Spent:
    """Tell how much of its quota an owner has used."""
    mine = File.objects.filter(owner=owner, created_at__gt=at - quotas.DAY)
    day = mine.aggregate(total=Sum("size"))["total"] or 0
    recent = mine.filter(created_at__gt=at - quotas.WINDOW).aggregate(count=Count("id"))["count"]
    return quotas.Spent(files=recent, bytes_today=day)


def count_waiting(*, longer_than: timedelta, at: datetime) -> int:
    """Count the files that came whole and have waited for their verdict for longer than that."""
    return File.objects.filter(state__in=(State.RECEIVED, State.CHECKING), received_at__lt=at - longer_than).count()
