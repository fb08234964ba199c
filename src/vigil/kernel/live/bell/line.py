"""What every driver of the bell can do, and how each of them comes back after a cut."""

import json
import logging
import random
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

log = logging.getLogger(__name__)

OnRing = Callable[[], None]
OnSignal = Callable[[dict[str, Any]], None]
LOOK_UP = 2.0  # seconds after which a silent line is tried, since one that died without a word is noticed only by using it


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


class ListenerThread(ABC):
    """Listens in a thread of its own; after a cut it rings once itself, since it may have missed the bell."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self.is_up = False

    @abstractmethod
    def _connected(self) -> AbstractContextManager[Any]:
        """Open the line and subscribe to all there is to hear."""

    @abstractmethod
    def _listen(self, line: Any, on_ring: OnRing, on_signal: OnSignal) -> None:
        """Hear the line until it breaks or `_stopping` is set."""

    def start(self, on_ring: OnRing, on_signal: OnSignal) -> None:
        """Begin to listen; both are called from the listener's thread."""
        threading.Thread(target=self._run, args=(on_ring, on_signal), name="live-bell", daemon=True).start()

    def stop(self) -> None:
        """End the thread; it notices within 2 s and nobody waits for it."""
        self._stopping.set()

    def _run(self, on_ring: OnRing, on_signal: OnSignal) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                with self._connected() as line:
                    self.is_up, failures = True, 0
                    on_ring()
                    self._listen(line, on_ring, on_signal)
            except Exception as error:  # noqa: BLE001 (whatever went wrong, a listener must come back)
                failures += 1
                log.warning("the bell cannot be heard, trying again: %s", type(error).__name__)
            if self.is_up:
                self.is_up = False
                # The reader may have gone to sleep for as long as it does with a bell; awake it sleeps for less.
                on_ring()
            self._stopping.wait(min(0.25 * 2**failures, 3.0) * random.uniform(0.7, 1.3))  # noqa: S311 (spreads processes, hides nothing)


def pass_on(text: str, on_signal: OnSignal) -> None:
    """Hand a payload on if it is a JSON object."""
    try:
        payload: Any = json.loads(text)
    except ValueError:
        log.warning("a signal is not JSON and is dropped")
        return
    if isinstance(payload, dict):
        on_signal(payload)
