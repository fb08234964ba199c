"""The answer a face gives when somebody wants to send a file: its own door, this body."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from vigil.files import commands, grants
from vigil.files.queries import FileRow
from vigil.files.rules.quotas import Quota
from vigil.kernel.live import strict

UPLOADS = "/files/uploads/"
# As much as a client sends in one request: little enough to be sent again on a bad line.
PART = 4 * 1024 * 1024
_MOST_NAME, _MOST_TYPE, _MOST_SIZE = 1000, 200, 2**53


def begin(body: dict[str, Any], *, owner: str, quota: Quota, at: datetime) -> Mapping[str, Any]:
    """Read {"name", "type", "size"}, begin an upload and say where and with which grant to go on; the answer goes out as 201.

    Raises UnknownField, BadField and whatever begin_upload raises.
    """
    strict.only(body, "name", "type", "size")
    row = commands.begin_upload(
        owner=owner,
        name=strict.text(body, "name", least=0, most=_MOST_NAME),
        media_type=strict.text(body, "type", least=0, most=_MOST_TYPE),
        size=strict.whole(body, "size", most=_MOST_SIZE),
        quota=quota,
        at=at,
    )
    grant = grants.write_grant(row.public_id, owner, at=at)
    return {**describe(row, owner, at=at), "address": UPLOADS + row.public_id, "grant": grant, "offset": 0, "part": PART}


def describe(row: FileRow, viewer: str, *, at: datetime) -> Mapping[str, Any]:
    """Say what a file is now; with links for `viewer` once it is ready, with the reason once it is refused."""
    known: dict[str, Any] = {
        "file": row.public_id,
        "state": row.state,
        "name": row.name,
        "kind": row.family,
        "size": row.size,
        "width": row.width,
        "height": row.height,
        "milliseconds": row.milliseconds,
    }
    if row.is_ready:
        known["link"] = grants.link_to(row.public_id, viewer, at=at)
        known["thumbnail"] = grants.link_to(row.public_id, viewer, at=at, thumbnail=True)
    reason = row.reason
    return {**known, **reason.as_json()} if reason is not None else known
