"""The one way entries are appended: lock, decide, write, publish, for up to 256 changes in one transaction."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.db import DatabaseError, transaction

from vigil.conversations.commands import rows
from vigil.conversations.commands.aside import Aside
from vigil.conversations.commands.holding import Waiting
from vigil.conversations.errors import BLOCKS, DENIALS, ConversationNotFound, KeyReused
from vigil.conversations.events import TimelinesGrew
from vigil.conversations.held import Held, Line
from vigil.conversations.rights import Asked
from vigil.conversations.rules import Decision, Denied, Draft, State
from vigil.kernel import faults
from vigil.kernel.errors import Refusal
from vigil.kernel.events import Event, publish, publish_all
from vigil.kernel.live.refusals import Busy, Failed, TokenInvalid
from vigil.kernel.outages import LOCKED, is_outage, sqlstate_of
from vigil.languages.spoken import language_of_words
from vigil.safety import commands as safety
from vigil.safety.findings import Screened

MOST = 256
PREVIEW_LENGTH = 160
# For so long, words that nobody has answered yet and that come again are taken for the same.
FOLDED_WITHIN = timedelta(minutes=10)
_FOR_CUSTOMERS = {"message", "reply"}
_ASIDE = Aside()
_log = logging.getLogger(__name__)
_Item = TypeVar("_Item")
_Screened = TypeVar("_Screened", bound=Screened | None)


@dataclass(frozen=True, slots=True)
class Written:
    """What a change left behind: the entry it was about (None when nothing changed), and whether it was a repeat."""

    conversation: str
    conversation_id: int
    team_id: int
    entry: Line | None
    is_repeat: bool = False
    # A repeat under another key: the same words came again, and the entry is that of the first time.
    is_folded: bool = False
    # All that was appended, in order, and the conversation as it stood when the transaction ended.
    lines: Sequence[Line] = ()
    row: Held | None = None
    waiting: Waiting | None = None  # an answer that goes soon, and is no entry yet


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one conversation.

    `may_touch` says whether whoever asks may see the conversation; `decide` is the rule, or raises a Refusal. `subject` is the kind of the
    one that the caller asks about, among the decided entries. `news` tells what to publish, given the entry. What `folds`
    is not stored where the same words wait for their answer already. `by` is the session that asks ("guest:7c…", "agent:5:2"):
    where it is over, nothing is done. Without one, whoever asks is known otherwise. From a blocked `customer` nothing is stored.
    """

    conversation: str
    may_touch: Callable[[Held], bool]
    decide: Callable[[Held, State], Decision | Denied]
    subject: str
    news: Callable[[Held, Line], Event | None]
    key: tuple[str, int | None, UUID] | None = None
    text: str | None = None
    folds: bool = False
    by: str = ""
    customer: int | None = None


def apply_many(changes: Sequence[Change], *, at: datetime) -> list[Written | Refusal]:
    """Carry out up to 256 changes in one transaction, each answered in its place; if the whole fails, each alone.

    For a conversation that somebody holds the batch waits 0.7 s, once: until it is free again it is only tried, in a
    transaction of its own, and the others go on without it.
    """
    if len(changes) > MOST:
        raise ValueError(f"at most {MOST} changes at once")
    aside = _ASIDE.among(change.conversation for change in changes)
    if not aside:
        return _together(changes, at)
    others = [change for change in changes if change.conversation not in aside]
    tried = iter(_apply([change for change in changes if change.conversation in aside], at, waits=False))
    done = iter(_together(others, at) if others else ())
    return [next(tried) if change.conversation in aside else next(done) for change in changes]


def _together(changes: Sequence[Change], at: datetime) -> list[Written | Refusal]:
    try:
        return _apply(changes, at)
    except DatabaseError as error:
        if sqlstate_of(error) == LOCKED:
            return _apply(changes, at, waits=False)
        # With an outage the outcome may be unknown: the callers hear so and may repeat with their keys.
        if len(changes) == 1 or is_outage(error):
            raise
        _log.warning("a batch of %s changes failed; trying each alone", len(changes))
        return [_alone(change, at) for change in changes]


def apply_screened(
    items: Sequence[_Item], screen: Callable[[_Item], _Screened], change_of: Callable[[_Item, _Screened], Change], *, at: datetime
) -> list[Written | Refusal]:
    """Screen each item, outside any transaction, and carry out those that pass; each is answered in its place."""
    outcomes: dict[int, Written | Refusal] = {}
    changes: dict[int, Change] = {}
    for place, item in enumerate(items):
        try:
            changes[place] = change_of(item, screen(item))
        except Refusal as refusal:
            outcomes[place] = refusal
    if changes:
        outcomes.update(zip(changes, apply_many(list(changes.values()), at=at), strict=True))
    return [outcomes[place] for place in range(len(items))]


def only(outcomes: Sequence[Written | Refusal]) -> Written:
    """Take the one outcome of a single form. Raises it when it is a refusal."""
    (outcome,) = outcomes
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def apply(change: Change, *, at: datetime) -> Written:
    """Carry out one change. Raises the refusal that stands against it."""
    return only(apply_many([change], at=at))


def _alone(change: Change, at: datetime) -> Written | Refusal:
    try:
        return _apply([change], at)[0]
    except DatabaseError as error:
        if is_outage(error):
            raise
        _log.exception("one change of a batch failed for good")
        return Failed()


def _apply(changes: Sequence[Change], at: datetime, *, waits: bool = True) -> list[Written | Refusal]:
    with transaction.atomic():
        names = {change.conversation for change in changes}
        keys = ((change.conversation, change.key[2]) for change in changes if change.key)
        said = ((change.conversation, change.text, at - FOLDED_WITHIN) for change in changes if change.folds and change.text)
        asked = Asked((change.by for change in changes if change.by), (change.customer for change in changes if change.customer))
        found = rows.lock(names, keys, said, questions=asked.questions, waits=waits)
        held = {} if waits else rows.look(names - found.conversations.keys())
        _ASIDE.note(held=held, free=found.conversations)
        desk = _Desk(found, at, held=held, gone=asked.unwelcome(found.answers), blocked=asked.blocked(found.answers))
        outcomes = [desk.carry_out(change) for change in changes]
        with rows.at_once():
            desk.write()
            desk.ring()
        # Behind what is sent at once: whoever listens to these may ask the database, or leave a job there.
        publish_all(desk.news())
        faults.point("conversations.before_commit")
    # Behind the last commit, which is another's where this was called inside a transaction.
    transaction.on_commit(partial(faults.point, "conversations.after_commit"))
    return outcomes


def state_of(row: Held) -> State:
    """Read what the rules decide on."""
    return State(
        status=row.status,
        priority=row.priority,
        team_id=row.team_id,
        queue_id=row.queue_id,
        assignee_id=row.assignee_id,
        waiting_since=row.waiting_since,
        due_at=row.due_at,
        first_answered_at=row.first_answered_at,
        last_seq=row.last_seq,
        topic=row.topic,
        snoozed_until=row.snoozed_until,
    )


class _Desk:
    """The changes of one transaction on their way: rows in hand, entries to be written."""

    def __init__(self, found: rows.Found, at: datetime, *, held: dict[str, Held], gone: set[str], blocked: dict[int, str]) -> None:
        self._held = held  # by somebody else, for too long
        self._gone = gone  # sessions that are over
        self._blocked = blocked  # customers, each with the reason
        self._locked = found.conversations
        self._known = found.by_key
        self._said = found.by_words
        self._at = at
        self._entries: list[Line] = []
        self._touched: dict[int, Held] = {}
        self._times: dict[tuple[int, int], int] = {}  # how often the words of an entry came again, by conversation and number
        self._reports: list[tuple[Change, Held, Line]] = []

    def carry_out(self, change: Change) -> Written | Refusal:
        if change.by in self._gone:
            # A token is signed for minutes, and its right may have ended a moment ago.
            return TokenInvalid()
        row = self._locked.get(change.conversation)
        if row is None or not change.may_touch(row):
            return self._missing(change)
        repeat = self._repeat_of(change, row) or self._folded(change, row)
        if repeat is not None:
            return repeat
        try:
            self._let_in(change)
            decision = change.decide(row, state_of(row))
        except Refusal as refusal:
            return refusal
        if isinstance(decision, Denied):
            return DENIALS[decision.reason]()
        written = self._append(row, decision.entries)
        self._take_over(row, decision.state)
        entry = next((entry for entry in written if entry.kind == change.subject), None)
        if entry is not None:
            self._reports.append((change, row, entry))
            if change.key:
                self._known[(row.id, *change.key)] = entry
            if change.folds and entry.text:
                self._said.setdefault((row.id, entry.text), entry)
        return Written(row.public_id, row.id, row.team_id, entry, lines=written, row=row)

    def _let_in(self, change: Change) -> None:
        if change.customer in self._blocked:
            raise BLOCKS[self._blocked[change.customer]]

    def _missing(self, change: Change) -> Refusal:
        held = self._held.get(change.conversation)
        return Busy(retry_after=1) if held is not None and change.may_touch(held) else ConversationNotFound()

    def _repeat_of(self, change: Change, row: Held) -> Written | Refusal | None:
        before = self._known.get((row.id, *change.key)) if change.key else None
        if before is None:
            return None
        if before.kind != change.subject or (change.text is not None and before.text != change.text):
            return KeyReused()
        return Written(row.public_id, row.id, row.team_id, before, is_repeat=True)

    def _folded(self, change: Change, row: Held) -> Written | None:
        before = self._said.get((row.id, change.text)) if change.folds and change.text else None
        # Once somebody has answered, the same words may mean another thing: "yes" to another question.
        if before is None or row.status != "open" or row.waiting_since is None or before.created_at < row.waiting_since:
            return None
        place = (row.id, before.seq)
        self._times[place] = self._times.get(place, before.data.get("again", 0)) + 1
        return Written(row.public_id, row.id, row.team_id, before, is_repeat=True, is_folded=True)

    def _append(self, row: Held, drafts: Iterable[Draft]) -> list[Line]:
        written = []
        for draft in drafts:
            row.last_seq += 1
            entry = Line(
                conversation_id=row.id,
                seq=row.last_seq,
                kind=draft.kind,
                author_kind=draft.author_kind,
                agent_id=draft.agent_id,
                text=draft.text,
                language=language_of_words(draft.text, draft.language or row.language) if draft.text else "",
                data=draft.data,
                client_key=draft.client_key,
                created_at=self._at,
            )
            written.append(entry)
            if draft.kind in _FOR_CUSTOMERS and draft.text:
                row.preview = safety.excerpt(draft.text, PREVIEW_LENGTH, is_shaped=draft.kind == "reply")
        self._entries += written
        if written:
            row.last_activity_at = self._at
            self._touched[row.id] = row
        return written

    def _take_over(self, row: Held, state: State) -> None:
        row.status, row.snoozed_until = state.status, state.snoozed_until
        row.priority, row.topic = state.priority, state.topic
        row.team_id, row.queue_id, row.assignee_id = state.team_id, state.queue_id, state.assignee_id
        row.waiting_since, row.due_at, row.first_answered_at = state.waiting_since, state.due_at, state.first_answered_at

    def write(self) -> None:
        if self._entries:
            rows.write(self._entries, self._touched.values())
        if self._times:
            rows.count_again(self._times)

    def news(self) -> Iterable[Event]:
        yield from filter(None, (change.news(row, entry) for change, row, entry in self._reports))

    def ring(self) -> None:
        if self._touched:
            publish(TimelinesGrew(tuple(self._touched)))
