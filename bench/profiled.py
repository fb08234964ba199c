"""`vigil serve` under a profiler, a file a thread: BENCH_PROFILE=folder python -m bench chat."""

import cProfile
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from vigil.config.cli import run
from vigil.kernel.live.batch import Batch
from vigil.kernel.live.tail import Tail


def main() -> None:
    """Serve until told to stop, then write what every thread spent its time on."""
    folder = Path(os.environ["BENCH_PROFILE"])
    folder.mkdir(parents=True, exist_ok=True)

    def profiled(act: Any) -> Any:
        def run_it(self: Any) -> None:
            profile = cProfile.Profile()
            try:
                profile.runcall(act, self)
            finally:
                profile.dump_stats(folder / f"{threading.current_thread().name}.prof")

        return run_it

    Batch._run = profiled(Batch._run)  # type: ignore[method-assign]  # A thread's profile has to begin in that thread.
    Tail._run = profiled(Tail._run)  # type: ignore[method-assign]  # As above.
    # The server raises the signal that ended it once more, when it is done.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    profile = cProfile.Profile()
    try:
        profile.runcall(run.serve, [])
    finally:
        profile.dump_stats(folder / "loop.prof")


main()
