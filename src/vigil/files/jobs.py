"""What happens later: a file is cleaned, and what nobody wants is swept."""

from vigil.files import commands
from vigil.files.refusals import StorageFull
from vigil.kernel import clock
from vigil.kernel.jobs import TryLater, job

_UNTIL_ROOM_SECONDS = 60


@job("files.check_file", lock_by="public_id")
def check_file(public_id: str) -> None:
    """Clean one file and settle what becomes of it; waits while the disk is full."""
    try:
        commands.check_file(public_id=public_id, at=clock.now())
    except StorageFull as refusal:
        raise TryLater(_UNTIL_ROOM_SECONDS) from refusal
