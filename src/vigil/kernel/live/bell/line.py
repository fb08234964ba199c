"""What every driver of the bell can do."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

OnRing = Callable[[], None]
OnSignal = Callable[[dict[str, Any]], None]


class Listener(Protocol):
    """Hears the bell, in a thread of its own, and comes back by itself when the line was cut."""

    @property
    def is_up(self) -> bool: ...
    def start(self, on_ring: OnRing, on_signal: OnSignal) -> None: ...
    def stop(self) -> None: ...


class Driver(Protocol):
    """One way to carry the bell."""

    def ring(self) -> None: ...
    def signal(self, texts: Sequence[str]) -> None: ...
    def listener(self) -> Listener: ...
