"""Opens one file: `python -m vigil.files.workshop KIND TARGET THUMBNAIL`; the source is standard input, the others descriptors."""

import errno
import json
import os
import sys

from vigil.files.workshop.confinement import confine
from vigil.files.workshop.limits import tighten
from vigil.files.workshop.unfit import Unfit

# A cleaned video is as long as it came; pictures end up far below.
_MOST_WRITTEN = 56 * 1024 * 1024
_VIDEOS = {"mp4", "mov", "webm"}


def main() -> None:
    """Clean the file and print what it is, or the code of what is wrong with it."""
    kind, target, thumbnail = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    tighten(_MOST_WRITTEN)
    try:
        answer = _open(kind, target, thumbnail)
    except Unfit as unfit:
        answer = {"refused": unfit.code}
    except MemoryError:
        answer = {"refused": "too_costly"}
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            sys.exit(errno.ENOSPC)  # It is not the file's fault, and the file is not judged.
        answer = {"refused": "unreadable"}
    except Exception:  # noqa: BLE001 - what a decoder says about a hostile file may quote it; a code is enough.
        answer = {"refused": "unreadable"}
    sys.stdout.write(json.dumps(answer))


def _open(kind: str, target: int, thumbnail: int) -> dict[str, object]:
    if kind in _VIDEOS:
        from vigil.files.workshop import videos  # Imported here, as below: each file meets only the code that it needs.

        confine()
        return videos.clean(kind, 0, target)
    from vigil.files.workshop import pictures

    pictures.get_ready(kind)
    confine()
    with os.fdopen(0, "rb") as source, os.fdopen(target, "wb") as made, os.fdopen(thumbnail, "wb") as small:
        return pictures.repaint(kind, source, made, small)


main()
