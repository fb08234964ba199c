"""Natural batching: whatever arrived while the last transaction ran goes into the next one. No timer."""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from django.db import Error, connection

from vigil.kernel.errors import Refusal
from vigil.kernel.live.refusals import Busy, Failed, Unavailable
from vigil.kernel.outages import is_outage, sqlstate_of

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")

# Deadlock, serialisation failure, lock not available: the connection is sound and the item may be tried again.
_PASSING = {"40P01", "40001", "55P03"}


class Batch(Generic[T, R]):
    """One thread that hands up to `most` waiting items to `many`, the many form of a command.

    `many` opens its own transaction, answers in the order it was asked, and is safe to repeat: when the batch fails
    each item is tried once more alone, and when the connection broke the batch is tried once more on a fresh one. With
    the database gone an item is refused within 2 s as Unavailable, its outcome unknown; the client asks again with the
    same key.
    """

    def __init__(
        self, many: Callable[[list[T]], Sequence[R | Refusal]], *, name: str, most: int = 256, capacity: int = 2000, patience: float = 1.8
    ) -> None:
        self._many, self._most, self._capacity, self._patience = many, most, capacity, patience
        self._waiting: deque[tuple[T, asyncio.Future[R]]] = deque()
        self._changed = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=f"batch-{name}", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self, patience: float = 1.0) -> None:
        """Finish what waits, within `patience` seconds; nothing more is taken."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(patience)

    async def submit(self, item: T) -> R:
        """Hand in one item and wait for its own result. Raises its Refusal, Busy when full, Unavailable after 1.8 s."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[R] = loop.create_future()
        with self._changed:
            if self._stopping or len(self._waiting) >= self._capacity:
                raise Busy(retry_after=1)
            self._waiting.append((item, future))
            self._changed.notify()
        late = loop.call_later(self._patience, _refuse, future, Unavailable(retry_after=2))
        try:
            return await future
        finally:
            late.cancel()

    def _run(self) -> None:
        while taken := self._take():
            self._work(taken)
        connection.close()

    def _take(self) -> list[tuple[T, asyncio.Future[R]]]:
        with self._changed:
            while True:
                taken: list[tuple[T, asyncio.Future[R]]] = []
                while self._waiting and len(taken) < self._most:
                    item, future = self._waiting.popleft()
                    if not future.done():
                        taken.append((item, future))
                if taken or self._stopping:
                    return taken
                self._changed.wait()

    def _work(self, taken: list[tuple[T, asyncio.Future[R]]]) -> None:
        results = self._answer([item for item, _ in taken])
        loop = taken[0][1].get_loop()
        pairs = [(future, result) for (_, future), result in zip(taken, results, strict=True)]
        try:
            loop.call_soon_threadsafe(_settle, pairs)
        except RuntimeError:
            log.info("the event loop has ended; %d results are not told", len(pairs))

    def _answer(self, items: list[T]) -> Sequence[R | Refusal]:
        for last in (False, True):
            try:
                return self._ask(items)
            except Error as error:
                if _is_passing(error) or not is_outage(error):
                    return self._each_alone(items)
                connection.close()
                if last:
                    log.warning("the database cannot be used; %d items are refused", len(items))
            except Exception:
                log.warning("a batch of %d failed, each is tried alone", len(items), exc_info=len(items) == 1)
                return self._each_alone(items)
        return [Unavailable(retry_after=2) for _ in items]

    def _ask(self, items: list[T]) -> Sequence[R | Refusal]:
        results = self._many(items)
        if len(results) != len(items):
            raise RuntimeError("a batch must answer every item")
        return results

    def _each_alone(self, items: list[T]) -> list[R | Refusal]:
        return [self._alone(item) for item in items]

    def _alone(self, item: T) -> R | Refusal:
        try:
            return self._ask([item])[0]
        except Refusal as refusal:
            return refusal
        except Error as error:
            if not is_outage(error):
                log.exception("an item failed alone")
                return Failed()
            if not _is_passing(error):
                connection.close()
            return Unavailable(retry_after=2)
        except Exception:
            log.exception("an item failed alone")
            return Failed()


def _is_passing(error: Error) -> bool:
    return sqlstate_of(error) in _PASSING


def _settle(pairs: list[tuple["asyncio.Future[R]", R | Refusal]]) -> None:
    for future, result in pairs:
        if isinstance(result, Refusal):
            _refuse(future, result)
        elif not future.done():
            future.set_result(result)


def _refuse(future: "asyncio.Future[R]", refusal: Refusal) -> None:
    if not future.done():
        future.set_exception(refusal)
