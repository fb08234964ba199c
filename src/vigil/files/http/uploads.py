"""/files/uploads/<name>: HEAD asks how much has come, PATCH brings more, GET asks what became of it, DELETE gives it up.

The offset and its headers are those of the tus protocol. Whoever shows the upload's grant may, and nobody else.
"""

from typing import Any

from vigil.files import commands, grants, queries
from vigil.files.grants import Grant
from vigil.files.http.begin import describe
from vigil.files.http.hands import Hands
from vigil.files.intake import Intake
from vigil.files.queries import Coming, FileRow
from vigil.files.refusals import FileNotFound, NotWhatItSays
from vigil.files.rules import kinds
from vigil.kernel import clock
from vigil.kernel.live.frames import as_json
from vigil.kernel.live.http import Gone, Receive, Scope, Send, header, respond
from vigil.kernel.live.refusals import BadRequest, Busy, TooLarge, WrongMethod

_PIECE = 256 * 1024
_MOST_AT_ONCE = 64
_BYTES = b"application/offset+octet-stream"


class Uploads:
    """The uploads that run in this process."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._running = 0

    async def __call__(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request about the upload called `name`. Raises a Refusal, or Gone when the client leaves."""
        grant = _grant_of(scope, name)
        method = scope["method"]
        if method == "PATCH":
            await self._take_turn(grant, scope, receive, send)
        elif method == "HEAD":
            coming = await self._hands.run(queries.get_coming, grant.public_id, grant.owner)
            await respond(send, 200, extra=_progress(coming.offset, coming.row.size))
        elif method == "GET":
            row = await self._hands.run(queries.get_own, grant.public_id, grant.owner)
            await _tell(send, row, grant)
        elif method == "DELETE":
            await self._hands.run(_give_up, grant)
            await respond(send, 204)
        else:
            raise WrongMethod

    async def _take_turn(self, grant: Grant, scope: Scope, receive: Receive, send: Send) -> None:
        if self._running >= _MOST_AT_ONCE:
            raise Busy(retry_after=2)
        self._running += 1
        try:
            await self._append(grant, scope, receive, send)
        finally:
            self._running -= 1

    async def _append(self, grant: Grant, scope: Scope, receive: Receive, send: Send) -> None:
        offset = _offset_of(scope)
        coming = await self._hands.run(queries.get_coming, grant.public_id, grant.owner)
        if coming.row.state != "receiving":
            await _tell(send, coming.row, grant)
            return
        if int(header(scope, b"content-length") or 0) > coming.row.size - min(offset, coming.row.size):
            raise TooLarge
        intake = await self._hands.touch(Intake, coming.key, coming.row.size, offset)
        try:
            await self._pour(intake, coming, receive)
        except NotWhatItSays:
            await self._hands.run(_turn_away, grant)
            raise
        finally:
            await self._hands.touch(intake.close)
        if intake.is_whole:
            await _tell(send, await self._hands.run(_finish, grant), grant)
        else:
            await respond(send, 204, extra=_progress(intake.offset, intake.size))

    async def _pour(self, intake: Intake, coming: Coming, receive: Receive) -> None:
        """Write what comes, a quarter of a megabyte at a time, until the client has ended or is gone."""

        def judge(first: bytes) -> None:
            found = kinds.recognise(first[: kinds.SNIFFED])
            if (len(first) >= kinds.SNIFFED or len(first) == coming.row.size) and (
                found is None or not kinds.is_same_family(coming.row.kind, found)
            ):
                raise NotWhatItSays

        held = bytearray()
        more = True
        while more:
            message: Any = await receive()
            is_gone = message["type"] == "http.disconnect"
            held += message.get("body", b"")
            more = bool(message.get("more_body")) and not is_gone
            if held and (len(held) >= _PIECE or not more):
                await self._hands.touch(intake.write, bytes(held), judge)
                held.clear()
            if is_gone:
                raise Gone


def _grant_of(scope: Scope, name: str) -> Grant:
    kind, _, raw = (header(scope, b"authorization") or b"").decode("latin-1").partition(" ")
    grant = grants.read_grant(raw.strip() if kind.lower() == "bearer" else "", at=clock.now())
    if grant.public_id != name:
        raise FileNotFound
    return grant


def _offset_of(scope: Scope) -> int:
    raw = (header(scope, b"upload-offset") or b"").decode("latin-1")
    # A form of another site cannot send this type.
    if header(scope, b"content-type") != _BYTES or not (raw.isascii() and raw.isdigit() and len(raw) < 16):
        raise BadRequest
    return int(raw)


def _progress(offset: int, size: int) -> tuple[tuple[bytes, bytes], ...]:
    return ((b"upload-offset", b"%d" % offset), (b"upload-length", b"%d" % size))


async def _tell(send: Send, row: FileRow, grant: Grant) -> None:
    await respond(send, 200, as_json(describe(row, grant.owner, at=clock.now())), extra=((b"upload-offset", b"%d" % row.size),))


def _finish(grant: Grant) -> FileRow:
    return commands.finish_upload(public_id=grant.public_id, owner=grant.owner, at=clock.now())


def _turn_away(grant: Grant) -> None:
    commands.turn_away(public_id=grant.public_id, owner=grant.owner, at=clock.now())


def _give_up(grant: Grant) -> None:
    commands.give_up(public_id=grant.public_id, owner=grant.owner)
