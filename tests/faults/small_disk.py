"""Starts Vigil with a disk for its files that holds so many bytes and no more: `python small_disk.py BYTES FOLDER WORD`.

Wherever this machine lets us mount, the folder is a disk of its own in memory, seen by this one process and gone with it. Elsewhere no
file of the process may grow beyond the bytes, which the kernel refuses with another number and no less. FOLDER.kind says which it is.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

_MOUNT = 'mount -t tmpfs -o size="$1",mode=700 tmpfs "$2" && shift 2 && exec "$@"'


def _can(unshare: list[str], folder: str) -> bool:
    try:
        return subprocess.run([*unshare, "sh", "-c", _MOUNT, "sh", "1m", folder, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def main() -> None:
    """Become the program."""
    size, folder, word = sys.argv[1:]
    program = [sys.executable, "-m", "vigil.config.cli", word]
    kind = Path(folder + ".kind")
    # Whoever is root needs no mapping of users, and may be forbidden one; whoever is not has no other way.
    for unshare in (["unshare", "-m"], ["unshare", "-rm"]):
        if _can(unshare, folder):
            kind.write_text("disk")
            os.execvp(unshare[0], [*unshare, "sh", "-c", _MOUNT, "sh", size, folder, *program])  # noqa: S606 - our own program, in a namespace
    kind.write_text("limit")
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    os.execv(program[0], program)  # noqa: S606 - our own program


if __name__ == "__main__":
    main()
