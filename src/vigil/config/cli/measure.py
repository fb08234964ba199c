"""The commands that measure."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def bench(arguments: Sequence[str]) -> int:
    """Run the bench of the checkout we stand in; it is no part of the installed product."""
    if not Path("bench/__main__.py").exists():
        print("vigil bench runs in a checkout, where the folder bench/ is", file=sys.stderr)
        return 2
    return subprocess.run([sys.executable, "-m", "bench", *arguments], check=False).returncode
