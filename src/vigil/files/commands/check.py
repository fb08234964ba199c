"""The verdict: the workshop makes a clean copy, and only that copy is kept."""

from datetime import datetime

from django.db import transaction

from vigil.files import disk
from vigil.files.events import FileReady, FileRefused
from vigil.files.models import File, State
from vigil.files.refusals import Unreadable
from vigil.files.rules.kinds import KINDS
from vigil.files.workbench import Made, clean
from vigil.kernel import faults
from vigil.kernel.events import publish

_OPEN = (State.RECEIVED, State.CHECKING)


def check_file(*, public_id: str, at: datetime) -> None:
    """Have a received file cleaned, and settle what becomes of it; does nothing to one that is settled. May be repeated.

    Raises StorageFull when there is no room for the copy; the file then still waits.
    """
    file = File.objects.filter(public_id=public_id, state__in=_OPEN).first()
    if file is None:
        return
    File.objects.filter(id=file.id, state=State.RECEIVED).update(state=State.CHECKING)
    faults.point("files.before_workshop")
    outcome = _clean(file)
    if isinstance(outcome, Made):
        disk.put_in_place(disk.making(file.key), disk.ready(file.key))
        if outcome.has_thumbnail:
            disk.put_in_place(disk.making(file.key, thumbnail=True), disk.ready(file.key, thumbnail=True))
        faults.point("files.after_making")
        _release(file.id, outcome, at)
        faults.point("files.after_verdict")
        disk.forget_raw(file.key)
    else:
        _refuse(file.id, outcome, at)
        disk.remove(file.key)


def _clean(file: File) -> Made | str:
    if disk.has_come(file.key) != file.size:
        return Unreadable.code  # The disk has lost it; the one who sent it can send it again.
    disk.make_sure_of_room(file.size)
    return clean(file.kind, disk.incoming(file.key), disk.making(file.key), disk.making(file.key, thumbnail=True))


def _release(file_id: int, made: Made, at: datetime) -> None:
    with transaction.atomic():
        file = File.objects.select_for_update().filter(id=file_id, state__in=_OPEN).first()
        if file is None:
            return
        file.kind = KINDS[file.kind].kept_as
        file.size, file.sha256, file.has_thumbnail = made.size, made.sha256, made.has_thumbnail
        file.width, file.height, file.milliseconds = made.width, made.height, made.milliseconds
        file.state, file.settled_at = State.READY, at
        file.save()
        publish(FileReady(public_id=file.public_id, owner=file.owner, at=at))
        faults.point("files.before_verdict")


def _refuse(file_id: int, code: str, at: datetime) -> None:
    with transaction.atomic():
        file = File.objects.select_for_update().filter(id=file_id, state__in=_OPEN).first()
        if file is None:
            return
        file.state, file.refusal, file.settled_at = State.REFUSED, code, at
        file.save(update_fields=["state", "refusal", "settled_at"])
        publish(FileRefused(public_id=file.public_id, owner=file.owner, code=code, at=at))
