"""What happened to files."""

from dataclasses import dataclass
from datetime import datetime

from vigil.kernel.events import Event


@dataclass(frozen=True, slots=True)
class FileReceived(Event):
    """Every byte of a file has come; nobody has looked at it yet."""

    public_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FileReady(Event):
    """A file was cleaned and may be shown."""

    public_id: str
    owner: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FileRefused(Event):
    """A file was looked at and is not kept; `code` says why."""

    public_id: str
    owner: str
    code: str
    at: datetime
