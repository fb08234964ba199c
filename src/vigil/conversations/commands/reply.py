"""An agent's words go out, or stay with the team."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Literal
from uuid import UUID

from vigil.conversations.commands.crossing import refuse_what_crossed
from vigil.conversations.commands.holding import find_waiting, hold
from vigil.conversations.commands.keeping import kept_files
from vigil.conversations.commands.leaving import languages_of, refuse_what_may_not_leave
from vigil.conversations.commands.timeline import Change, Written, apply_screened, only
from vigil.conversations.events import NoteKept, ReplySent
from vigil.conversations.held import Held, Line
from vigil.conversations.rules import Decision, Denied, Draft, State, goes_by_post, holds_time, on_note, on_reply
from vigil.conversations.sight import is_visible_to
from vigil.kernel.errors import Refusal
from vigil.safety import commands as safety
from vigil.safety.findings import Screened
from vigil.workspace.sight import Sight

# The sign with which a name begins, also as Chinese and Japanese input methods write it.
_NAMING = re.compile("[@＠]")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of an agent in a conversation in sight: a reply for the customer or a note for the team.

    `by` is the session that sends; where it is over, nothing is stored. `zone` is whose clock a time among the words is on.
    `files` names up to five files that `files_of` (a subject, "agent:5:2") has sent; with any, the words may be empty.
    A reply that its author `may_undo` waits for five seconds where it goes by post, and is no entry yet. `seen` is the number
    of the last entry that its author had before the eyes; without one nobody asks whether words of the customer's crossed it.
    """

    conversation: str
    sight: Sight
    key: UUID
    text: str
    kind: Literal["reply", "note"] = "reply"
    language: str = ""
    by: str = ""
    zone: str = ""
    files: tuple[str, ...] = ()
    files_of: str = ""
    may_undo: bool = False
    seen: int | None = None


def reply(words: Words, *, at: datetime) -> Written:
    """Send an agent's words to the customer; the same key again returns what was stored. Raises the refusal against it."""
    return only(reply_many([words], at=at))


def note(words: Words, *, at: datetime) -> Written:
    """Keep an agent's words for the team; the same key again returns what was stored. Raises the refusal against it."""
    return only(reply_many([words], at=at))


def reply_many(many: Sequence[Words], *, at: datetime) -> list[Written | Refusal]:
    """Store up to 256 replies and notes in one transaction, each answered in its place."""
    languages = languages_of(words.conversation for words in many if words.kind == "reply")
    outcomes = apply_screened(many, partial(_screen, languages=languages, at=at), partial(_change, at=at), at=at)
    return [_told(words, outcome) for words, outcome in zip(many, outcomes, strict=True)]


def _told(words: Words, outcome: Written | Refusal) -> Written | Refusal:
    if isinstance(outcome, Refusal) or outcome.entry is not None or not words.may_undo:
        return outcome
    return replace(outcome, waiting=find_waiting(outcome.conversation_id, words.sight.agent_id, words.key))


def _screen(words: Words, *, languages: Mapping[str, str], at: datetime) -> Screened | None:
    if words.files and not words.text.strip():
        return None
    screened = safety.screen_shaped(words.text)
    if words.kind == "reply":
        language, agent_id = languages.get(words.conversation, ""), words.sight.agent_id
        refuse_what_may_not_leave(words.text, language=language, conversation=words.conversation, agent_id=agent_id, at=at)
    return screened


def _change(words: Words, screened: Screened | None, *, at: datetime) -> Change:
    agent_id, text = words.sight.agent_id, screened.text if screened else None
    draft = Draft(words.kind, "agent", agent_id, text, words.language, data_of(words, text), words.key)
    secrets = tuple(finding.kind for finding in screened.findings) if screened else ()
    return Change(
        conversation=words.conversation,
        may_touch=partial(is_visible_to, words.sight),
        decide=partial(_decide, words=words, draft=draft, secrets=secrets, at=at),
        subject=words.kind,
        news=partial(news_of, agent_id=agent_id, at=at),
        key=("agent", agent_id, words.key),
        text=text,
        by=words.by,
    )


def _decide(row: Held, state: State, *, words: Words, draft: Draft, secrets: tuple[str, ...], at: datetime) -> Decision | Denied:
    if words.seen is not None and draft.kind == "reply" and state.status != "closed":
        refuse_what_crossed(row, words.seen, agent_id=words.sight.agent_id, key=words.key)
    if words.files and (draft.kind == "note" or state.status != "closed"):
        draft = replace(draft, data={**draft.data, "files": kept_files(words.files, words.files_of, at=at)})
    if draft.kind == "note":
        return on_note(state, draft, secrets=secrets)
    if words.may_undo and goes_by_post(row.channel) and state.status != "closed":
        hold(row.id, draft, secrets, at=at)
        return Decision(state)
    return answer_with(row, state, draft=draft, secrets=secrets, at=at)


def answer_with(row: Held, state: State, *, draft: Draft, secrets: tuple[str, ...], at: datetime) -> Decision | Denied:
    """Decide what an answer comes to that goes now."""
    return on_reply(state, draft, secrets=secrets, at=at)


def data_of(words: Words, text: str | None) -> dict[str, str]:
    """Give what is kept beside an agent's words: on whose clock a time among them is."""
    return {"zone": words.zone} if words.zone and text and holds_time(text) else {}


def news_of(row: Held, entry: Line, *, agent_id: int, at: datetime, waited: bool = False) -> ReplySent | NoteKept:
    """Say what to publish of an agent's words that were stored."""
    if entry.kind == "reply":
        return ReplySent(row.id, entry.seq, agent_id, row.customer_id, at, waited)
    return NoteKept(row.id, entry.seq, agent_id, _NAMING.search(entry.text or "") is not None, at)
