"""Where a demo's letters go instead of the post: one file each, links included, readable by this user alone."""

import os
from pathlib import Path


def put(folder: Path, public_id: str, message: bytes) -> Path:
    """Write the letter as `<public id>.eml`, whole or not at all; writing it again replaces it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{public_id}.eml"
    unfinished = folder / f".{public_id}.{os.getpid()}"
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(message)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    return path
