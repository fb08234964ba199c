"""`python -m bench [--full] [names…]`: measure this machine, print the figures and keep them."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigil.config.settings")

from bench import run
from bench.place import raise_file_limit

PAGE = Path(__file__).parent / "figures.md"


def main() -> int:
    """Measure what was asked for, everything when nothing was named."""
    parser = argparse.ArgumentParser(prog="vigil bench", description="Measure this machine; the figures are kept in bench/figures.md.")
    parser.add_argument("names", nargs="*", help=", ".join(run.MEASURES))
    parser.add_argument("--full", action="store_true", help="with a million conversations and more repetitions")
    parser.add_argument("--var", type=Path, default=Path("var/bench"), help="where the bench keeps its database")
    parser.add_argument("--data", type=Path, help="a folder of labelled texts for the part `secrets`, of which nothing is kept")
    chosen = parser.parse_args()
    unknown = set(chosen.names) - set(run.MEASURES)
    if unknown:
        parser.error(f"nobody measures {', '.join(sorted(unknown))}; there are {', '.join(run.MEASURES)}")
    if not Path("/proc/self/smaps_rollup").exists():
        print("The bench reads memory and processor time from /proc, which only Linux has: run it there.", file=sys.stderr)
        return 2
    raise_file_limit()
    # Whoever ends the bench ends what it started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    begun = time.monotonic()
    # What a folder on somebody's machine gave is printed, and stands on no page.
    page = None if chosen.names or chosen.data else PAGE
    failed = run.run(chosen.var.absolute(), chosen.names or list(run.MEASURES), full=chosen.full, page=page, data=chosen.data)
    print(f"\nmeasured in {time.monotonic() - begun:.0f} s")
    return failed


sys.exit(main())
