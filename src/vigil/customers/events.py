"""What happened to customers."""

from dataclasses import dataclass
from datetime import datetime

from vigil.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ResumeTokenReplayed(Event):
    """A resume token that had been replaced was shown again: its owner's browser was copied, or restored from a backup."""

    customer_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CustomerRenamed(Event):
    """A customer is known by another name, or told of answers at another address, than before."""

    customer_id: int
