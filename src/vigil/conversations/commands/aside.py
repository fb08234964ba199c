"""Conversations that somebody was found to hold: put aside for a while, so that whoever asks for one keeps no others waiting."""

import threading
from collections.abc import Iterable

from vigil.kernel import clock

SECONDS = 5.0


class Aside:
    """What this process knows of held conversations; only ever a reason not to wait, never a reason to refuse."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._guard = threading.Lock()

    def among(self, conversations: Iterable[str]) -> set[str]:
        """Tell which of these were found held less than five seconds ago."""
        if not self._until:
            return set()
        at = clock.monotonic()
        with self._guard:
            for name in [name for name, until in self._until.items() if until <= at]:
                del self._until[name]
            return self._until.keys() & set(conversations)

    def note(self, *, held: Iterable[str], free: Iterable[str]) -> None:
        """Remember what was found held just now, and forget what was not."""
        until, held = clock.monotonic() + SECONDS, set(held)
        if not held and not self._until:
            return
        with self._guard:
            for name in free:
                self._until.pop(name, None)
            self._until.update(dict.fromkeys(held, until))
