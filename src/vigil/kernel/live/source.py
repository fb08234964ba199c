"""What the live tier needs from whoever owns the timeline."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from vigil.kernel.database.plain import Connection
from vigil.kernel.live.frames import Frame
from vigil.kernel.live.tokens import Claims


@dataclass(frozen=True, slots=True)
class Item:
    """One number of the timeline: an entry, and a way to write its frames, one for each topic that may see it."""

    id: int
    conversation: str
    seq: int
    write: Callable[[], Sequence[Frame]]


class Source(Protocol):
    """Reads the timeline with plain SQL on a connection that it is lent; never the ORM, never on the event loop.

    Whoever writes the timeline must hold a row lock before drawing a number, and the sequence must not cache: see
    `gaps`.
    """

    def start(self, connection: Connection) -> int:
        """Tell the newest committed number; 0 when there is none."""
        ...

    def read(self, connection: Connection, after: int, missing: Sequence[int], limit: int) -> Sequence[Item]:
        """List items whose number is above `after` or in `missing`, ascending by number, the lowest `limit` of them.

        One statement, so that it is one snapshot.
        """
        ...

    def backlog(self, connection: Connection, claims: Claims, watch: str | None, after: int, limit: int) -> Sequence[Frame]:
        """List what the bearer may see of the conversation `watch` above `after`, ascending, at most `limit`.

        Called for every stream, also without `watch`: this is where a subject that lost its rights is refused. Raises a
        Refusal: NotFound for what the bearer may not see, TokenInvalid for a subject that is no longer welcome.
        """
        ...

    def unwelcome(self, connection: Connection, subjects: Sequence[str]) -> Sequence[str]:
        """Name those subjects that have lost their rights; asked only while the bell cannot be trusted."""
        ...
