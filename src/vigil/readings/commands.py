"""Every way in which what agents read of others is counted, stopped and let go on."""

from datetime import datetime, timedelta

from django.db import transaction

from vigil.audit.commands import record
from vigil.kernel.database.plain import Connection
from vigil.readings import queries
from vigil.readings.errors import OwnRelease, ReadingStopped, ReleaseUnexplained
from vigil.readings.models import Kind, Reader, Reading, Release
from vigil.readings.queries import Standing
from vigil.readings.rules import Count, is_news
from vigil.safety import commands as safety
from vigil.workspace.sight import Sight

LONGEST_REASON = 200
# As long as the law of the house keeps who looked at what; a glance only counts.
KEPT, GLANCES_KEPT = timedelta(days=365), timedelta(days=1)
_FOLLOWED = """
INSERT INTO readings_reading (agent_id, kind, conversation_id, file, at) VALUES (%(agent)s, 'opened', %(conversation)s, '', %(at)s)
"""


def open_conversation(*, conversation: str, sight: Sight, at: datetime) -> None:
    """Count that an agent opens a conversation, unless it is theirs or was opened within the hour. Raises ReadingStopped.

    What is not in sight is nobody's reading: whoever shows it says so.
    """
    open_standing(queries.find_standing(conversation, sight, at=at), agent_id=sight.agent_id, at=at)


def open_standing(standing: Standing | None, *, agent_id: int, at: datetime) -> None:
    """Count it as `open_conversation` does, for whoever has asked already how it stands. Raises ReadingStopped."""
    if standing is None or standing.is_own or standing.was_read:
        return
    _read(Reading(agent_id=agent_id, kind=Kind.OPENED, conversation_id=standing.id, at=at), is_let=standing.waits)


def view_file(*, file: str, conversation_id: int, agent_id: int, at: datetime) -> None:
    """Count that an agent looks at a file of a conversation that is not theirs; once within the hour. Raises ReadingStopped."""
    _read(Reading(agent_id=agent_id, kind=Kind.FILE, conversation_id=conversation_id, file=file, at=at))


def read_on(*, agent_id: int, at: datetime) -> None:
    """Count a further page of a list. Raises ReadingStopped."""
    _read(Reading(agent_id=agent_id, kind=Kind.LISTED, at=at))


def search(*, agent_id: int, at: datetime, is_glance: bool = False) -> None:
    """Count a page of what a search finds, or what the box finds for words that are not whole yet. Raises ReadingStopped."""
    _read(Reading(agent_id=agent_id, kind=Kind.GLANCE if is_glance else Kind.SEARCHED, at=at))


def follow(connection: Connection, *, conversation: str, sight: Sight, at: datetime) -> bool:
    """Say whether an agent's stream may tell what was said in a conversation, and count that as opening it.

    On a connection outside Django's, without waiting for anybody: streams opened in one instant may be a few more than the most.
    """
    standing = queries.find_standing(conversation, sight, at=at, borrowed=connection)
    if standing is None or standing.is_own or standing.was_read:
        return standing is not None
    if queries.count_of(sight.agent_id, at=at, borrowed=connection).is_stopped(queries.limits()) and not standing.waits:
        return False
    connection.execute(_FOLLOWED, {"agent": sight.agent_id, "conversation": standing.id, "at": at})
    return True


def release(*, agent_id: int, by: Sight, words: str, at: datetime) -> None:
    """Let an agent who was stopped go on: what was read until now stops nobody any more. Nothing happens to one who is not stopped.

    That the agent is in sight was asked before. Raises OwnRelease, ReleaseUnexplained, and what screening refuses.
    """
    if agent_id == by.agent_id:
        raise OwnRelease
    said = safety.mask_line(words, limit=LONGEST_REASON)
    if not said:
        raise ReleaseUnexplained
    with transaction.atomic():
        reader = _locked(agent_id)
        count = queries.count_of(agent_id, at=at)
        if not count.is_stopped(queries.limits()):
            return
        reader.released_at = at
        reader.save(update_fields=["released_at"])
        Release.objects.create(agent_id=agent_id, by_id=by.agent_id, words=said, at=at)
        _record(agent_id, count, at, action="readings.released", actor=by.agent_id)


def clear(*, at: datetime) -> None:
    """Forget what was read a year ago, and the glances of the day before."""
    Reading.objects.filter(at__lt=at - KEPT).delete()
    Reading.objects.filter(kind=Kind.GLANCE, at__lt=at - GLANCES_KEPT).delete()


def _read(reading: Reading, *, is_let: bool = False) -> None:
    agent_id, at, limits = reading.agent_id, reading.at, queries.limits()
    with transaction.atomic():
        reader, count, was_read = _held(reading)
        if was_read:
            return
        is_stopped = count.is_stopped(limits)
        if not is_stopped or is_let:
            reading.save(force_insert=True)
            count = count.with_one()
        if count.is_unusual(limits) and is_news(reader.unusual_at, at=at):
            reader.unusual_at = at
            reader.save(update_fields=["unusual_at"])
            _record(agent_id, count, at, action="readings.unusual")
        if is_stopped and is_news(reader.stopped_at, at=at, since=reader.released_at):
            reader.stopped_at = at
            reader.save(update_fields=["stopped_at"])
            _record(agent_id, count, at, action="readings.stopped")
    if is_stopped and not is_let:
        raise ReadingStopped


def _held(reading: Reading) -> tuple[Reader, Count, bool]:
    what = (reading.agent_id, reading.kind, reading.conversation_id, reading.file)
    rows, count, was_read = queries.hold_and_count(*what, at=reading.at)
    if not rows:
        _locked(reading.agent_id)
        rows, count, was_read = queries.hold_and_count(*what, at=reading.at)
    unusual_at, stopped_at, released_at = rows[0]
    reader = Reader(agent_id=reading.agent_id, unusual_at=unusual_at, stopped_at=stopped_at, released_at=released_at)
    return reader, count, was_read


def _locked(agent_id: int) -> Reader:
    reader = Reader.objects.select_for_update().filter(agent_id=agent_id).first()
    if reader is None:
        Reader.objects.bulk_create([Reader(agent_id=agent_id)], ignore_conflicts=True)
        reader = Reader.objects.select_for_update().get(agent_id=agent_id)
    return reader


def _record(agent_id: int, count: Count, at: datetime, *, action: str, actor: int | None = None) -> None:
    who = f"agent:{agent_id}"
    record(actor=f"agent:{actor}" if actor else who, action=action, subject=who, at=at, details={"n": count.lately})
