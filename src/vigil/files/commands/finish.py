"""The end of an upload: all bytes are there and begin as they were announced; now the workshop may have them."""

from datetime import datetime

from django.db import transaction

from vigil.files import disk
from vigil.files.events import FileReceived, FileRefused
from vigil.files.models import File, State
from vigil.files.queries import FileRow, row_of
from vigil.files.refusals import FileNotFound, NotWhatItSays, WrongOffset
from vigil.files.rules import kinds
from vigil.kernel import faults
from vigil.kernel.events import publish


def finish_upload(*, public_id: str, owner: str, at: datetime) -> FileRow:
    """Take a whole upload over and have it checked. May be repeated.

    Raises FileNotFound, WrongOffset while bytes are missing, NotWhatItSays when it begins like something else.
    """
    file = _own(public_id, owner)
    if file.state != State.RECEIVING:
        return row_of(file)
    come = disk.has_come(file.key)
    if come != file.size:
        raise WrongOffset(offset=come)
    disk.settle(disk.incoming(file.key))
    with disk.incoming(file.key).open("rb") as raw:
        found = kinds.recognise(raw.read(kinds.SNIFFED))
    if found is None or not kinds.is_same_family(file.kind, found):
        turn_away(public_id=public_id, owner=owner, at=at)
        raise NotWhatItSays
    return _receive(file.id, found.name, at)


def _receive(file_id: int, kind: str, at: datetime) -> FileRow:
    with transaction.atomic():
        file = File.objects.select_for_update().filter(id=file_id).first()
        if file is None:
            raise FileNotFound
        if file.state == State.RECEIVING:
            file.kind, file.state, file.received_at = kind, State.RECEIVED, at
            file.save(update_fields=["kind", "state", "received_at"])
            publish(FileReceived(public_id=file.public_id, at=at))
            faults.point("files.before_received")
    return row_of(file)


def turn_away(*, public_id: str, owner: str, at: datetime) -> None:
    """Refuse an upload that begins like something else than it was announced as, and drop its bytes. May be repeated."""
    with transaction.atomic():
        file = File.objects.select_for_update().filter(public_id=public_id, owner=owner, state=State.RECEIVING).first()
        if file is None:
            return
        file.state, file.refusal, file.settled_at = State.REFUSED, NotWhatItSays.code, at
        file.save(update_fields=["state", "refusal", "settled_at"])
        publish(FileRefused(public_id=file.public_id, owner=file.owner, code=file.refusal, at=at))
    disk.remove(file.key)


def _own(public_id: str, owner: str) -> File:
    file = File.objects.filter(public_id=public_id, owner=owner).first()
    if file is None:
        raise FileNotFound
    return file
