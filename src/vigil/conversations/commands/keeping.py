"""Files are kept together with the entry that refers to them, or not at all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from vigil.files import commands as files


def kept_files(names: Sequence[str], owner: str, *, at: datetime) -> list[dict[str, Any]]:
    """Keep the files that an owner has sent, in the transaction of their entry, and give what the entry says of each.

    Raises FileNotFound, FileNotReady.
    """
    return [
        {
            "id": row.public_id,
            "kind": "image" if row.family == "picture" else row.family,
            "type": row.media_type,
            "size": row.size,
            "width": row.width,
            "height": row.height,
        }
        for row in files.keep_files(public_ids=names, owner=owner, at=at)
    ]
