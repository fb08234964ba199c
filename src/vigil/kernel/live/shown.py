"""How far each conversation was shown in this process, so that an entry may be shown before the reader has read it.

Whoever committed entries holds them in memory and may publish them at once, if the one before them has been shown: then
nobody hears a conversation out of order. The reader comes by a moment later, finds them shown, and passes. Where the one
before is unknown (the first entry after a start) or another process wrote it, the reader shows both.
"""

from collections.abc import Sequence

from vigil.kernel.live.frames import Frame

# As many could be written while the reader is a moment behind; each takes about 200 bytes.
_MOST = 20_000


class Shown:
    """The newest number shown of each conversation; written on the event loop, asked from the reader's thread too."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def has(self, conversation: str | None, seq: int | None) -> bool:
        """Say whether this entry has been shown already; what has no number never has."""
        return conversation is not None and seq is not None and seq <= self._last.get(conversation, 0)

    def continues(self, frames: Sequence[Frame]) -> bool:
        """Say whether these entries, ascending, all of one conversation, are exactly the next ones."""
        first = frames[0]
        return first.conversation is not None and first.seq is not None and self._last.get(first.conversation) == first.seq - 1

    def note(self, frames: Sequence[Frame]) -> None:
        """Remember that these have been shown; the conversations that were silent longest are forgotten."""
        for frame in frames:
            if frame.conversation is not None and frame.seq is not None:
                before = self._last.pop(frame.conversation, 0)
                self._last[frame.conversation] = max(before, frame.seq)
        while len(self._last) > _MOST:
            del self._last[next(iter(self._last))]
