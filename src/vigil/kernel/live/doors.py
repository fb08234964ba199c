"""A door: how one kind of live client (the widget, the desk) is understood and answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from vigil.kernel.live.batch import Batch
from vigil.kernel.live.frames import Frame
from vigil.kernel.live.tokens import Claims


@dataclass(frozen=True, slots=True)
class Sent:
    """What the sender is told: 201 when `is_new`, 200 when the same key came again; the body is the same."""

    body: Mapping[str, Any]
    is_new: bool


class Door(Protocol):
    """The readers are pure: they look at the claims and the body, refuse early, and touch nothing else.

    A batch's item carries the claims' subject, so that the command can judge whether it may.
    """

    name: str
    sending: Batch[Any, Any]
    seeing: Batch[Any, Any]

    def read_send(self, claims: Claims, body: dict[str, Any]) -> Any:
        """Turn a body into an item for `sending`. Raises a Refusal."""
        ...

    def render(self, claims: Claims, result: Any) -> Sent:
        """Say what the sender is told about a result of `sending`."""
        ...

    def news(self, claims: Claims, result: Any) -> Sequence[Frame]:
        """Write what the reader will show of a result of `sending`, ascending; empty leaves it to the reader."""
        ...

    def read_seen(self, claims: Claims, body: dict[str, Any]) -> Any:
        """Turn a body into an item for `seeing`. Raises a Refusal."""
        ...

    def read_signal(self, claims: Claims, body: dict[str, Any]) -> Sequence[Frame]:
        """Turn a body into frames that are never stored. Raises a Refusal."""
        ...
