"""Keeps the index going in a worker: a thread that looks every 0.7 s, and works only where something is behind."""

import logging
import os
import sys
import threading

from django.db import connection

from vigil.kernel import clock
from vigil.search import commands

_PAUSE = 0.7  # seconds
_PAUSE_AFTER_FAILURE = 5.0
# Whoever chats comes first: the index has a third of one core, however much there is to be read.
_REST = 2
_log = logging.getLogger(__name__)


class Follower:
    """However many workers have one, one at a time is at it; the others find the row taken and look again."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="search-follower", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self, patience: float = 2.0) -> None:
        """End, waiting `patience` seconds at most; what is cut off is done again by whoever comes next."""
        self._stopping.set()
        self._thread.join(patience)

    def _run(self) -> None:
        if sys.platform == "linux":
            # Of this thread alone, which only Linux knows: whoever chats comes first.
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
        pause, is_known = 0.0, False
        while not self._stopping.wait(pause):
            begun = clock.monotonic()
            try:
                if not is_known:
                    commands.ensure_standing()
                    is_known = True
                done = commands.follow()
            except Exception as error:  # noqa: BLE001 (an index that nobody keeps would grow old without a word)
                _log.warning("the index cannot be brought up to date, trying again: %s", type(error).__name__)
                connection.close()
                pause, is_known = _PAUSE_AFTER_FAILURE, False
            else:
                pause = max(0.0 if done else _PAUSE, _REST * (clock.monotonic() - begun))
        connection.close()
