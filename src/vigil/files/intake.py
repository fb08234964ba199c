"""One stretch of an upload: bytes are appended where the last ones ended, by one writer at a time."""

import fcntl
import os
from collections.abc import Callable

from vigil.files import disk
from vigil.files.refusals import UploadBusy, WrongOffset
from vigil.kernel import faults
from vigil.kernel.live.refusals import TooLarge


class Intake:
    """An upload that is open for writing. What was written stays, whatever happens next; `offset` is where it ends."""

    def __init__(self, key: str, size: int, offset: int) -> None:
        """Open it at `offset`. Raises UploadBusy while somebody else writes, WrongOffset when it ends elsewhere, StorageFull."""
        self.size = size
        disk.make_sure_of_room(size - min(size, disk.has_come(key)))
        with disk.refusing_when_full():
            self._file = os.open(disk.incoming(key), os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        try:
            self.offset = self._lock_at(offset)
        except BaseException:
            os.close(self._file)
            raise

    def _lock_at(self, offset: int) -> int:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UploadBusy(retry_after=1) from error
        stands = os.fstat(self._file).st_size
        if stands != offset:
            raise WrongOffset(offset=stands)
        return stands

    @property
    def is_whole(self) -> bool:
        """Say whether every announced byte has come."""
        return self.offset == self.size

    def write(self, data: bytes, judge: Callable[[bytes], None]) -> None:
        """Append; the very first bytes go before `judge`. Raises TooLarge before writing past the announced size, StorageFull."""
        if self.offset + len(data) > self.size:
            raise TooLarge
        if self.offset == 0:
            judge(data)
        view = memoryview(data)
        with disk.refusing_when_full():
            faults.point("files.before_write")
            while view:
                written = os.write(self._file, view)
                self.offset += written
                view = view[written:]

    def close(self) -> None:
        """Let the next one write."""
        os.close(self._file)
