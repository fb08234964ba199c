"""What the process may use, set by itself before it looks at the first byte."""

import resource
import signal
import sys

CPU_SECONDS = 5
WALL_SECONDS = 20
# Python with its decoders holds some 60 MB of addresses before it has read anything; the rest is for the picture.
MEMORY = (64 + 256) * 1024 * 1024
OPEN_FILES = 32


def tighten(most_written: int) -> None:
    """Bound time, also on the wall clock, memory, the size of what is written, and open files, for good."""
    wanted = [
        (resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 1),
        (resource.RLIMIT_FSIZE, most_written, most_written),
        (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ]
    if sys.platform == "linux":  # A Mac knows no bound on addresses.
        wanted.append((resource.RLIMIT_AS, MEMORY, MEMORY))
    for kind, soft, hard in wanted:
        resource.setrlimit(kind, (soft, hard))
    signal.alarm(WALL_SECONDS)  # Also when nobody is left to end it from outside.
