"""Whose session still held when the database was last asked: what touches no row itself is judged by this."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence

from vigil.kernel import clock

SECONDS = 5.0


class Welcome:
    """Asks about a subject at most once in five seconds; beyond `capacity` subjects the oldest answer is forgotten."""

    def __init__(
        self,
        unwelcome: Callable[[Sequence[str]], Awaitable[Sequence[str]]],
        *,
        capacity: int = 20_000,
        monotonic: Callable[[], float] = clock.monotonic,
    ) -> None:
        self._unwelcome, self._capacity, self._monotonic = unwelcome, capacity, monotonic
        self._asked_at: OrderedDict[str, float] = OrderedDict()

    async def is_so(self, subject: str) -> bool:
        """Say whether the subject's session held no longer than five seconds ago. Raises Busy or Unavailable."""
        at = self._monotonic()
        asked_at = self._asked_at.get(subject)
        if asked_at is not None and at - asked_at < SECONDS:
            return True
        if subject in await self._unwelcome([subject]):
            self._asked_at.pop(subject, None)
            return False
        # Counted from the question, not from the answer: what happened in between is not in it.
        self._asked_at[subject] = at
        self._asked_at.move_to_end(subject)
        if len(self._asked_at) > self._capacity:
            self._asked_at.popitem(last=False)
        return True
