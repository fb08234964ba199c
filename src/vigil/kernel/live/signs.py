"""Signs of life: which subjects of a door were heard of lately, told in one go to whoever keeps watch over them."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from vigil.kernel import clock
from vigil.kernel.errors import Refusal
from vigil.kernel.live.batch import Batch
from vigil.kernel.live.tokens import Claims

log = logging.getLogger(__name__)

SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What one process has heard, and all it has heard until a moment: subjects, each with when it was heard of last."""

    process: str
    until: datetime
    subjects: Mapping[str, datetime]


class Signs:
    """Collects on the event loop, tells every five seconds; what could not be told is told with the next.

    It is told too that nobody was heard of: whoever judges silence has to know that somebody listened.
    """

    def __init__(self, door: str, keep: Callable[[list[Heard]], Sequence[Refusal | None]]) -> None:
        self.door = door
        self.batch: Batch[Heard, None] = Batch(keep, name="signs", capacity=4)
        self._process = secrets.token_hex(8)
        self._heard: dict[str, datetime] = {}

    def note(self, claims: Claims) -> None:
        """Note a sign of life of a bearer whose right was judged."""
        if claims.door == self.door:
            self._heard[claims.subject] = clock.now()

    async def tell(self) -> None:
        """Hand over what was heard since the last time."""
        heard, self._heard = self._heard, {}
        try:
            await self.batch.submit(Heard(self._process, clock.now(), heard))
        except Refusal as refusal:
            log.warning("signs of life cannot be told now: %s", refusal.code)
            self._heard = {**heard, **self._heard}

    async def run(self) -> None:
        """Tell on and on, until cancelled."""
        while True:
            await asyncio.sleep(SECONDS)
            await self.tell()
