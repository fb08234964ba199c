"""An agent hands a conversation over, with what the next one needs to know."""

from datetime import datetime
from functools import partial

from django.db import transaction

from vigil.conversations.commands.reply import Words, data_of, news_of
from vigil.conversations.commands.timeline import Change, Written, apply
from vigil.conversations.events import ConversationAssigned
from vigil.conversations.held import Held
from vigil.conversations.rules import Decision, Denied, Draft, Seen, State, on_handover
from vigil.conversations.sight import is_visible_to
from vigil.kernel.events import publish
from vigil.safety import commands as safety
from vigil.team import queries as team


def hand_over(words: Words, *, to: int | None, at: datetime, seen: Seen = "whoever") -> Written:
    """Keep a note and give the conversation to a colleague, or (None) back to the queue, in one transaction.

    The same key again returns what was stored. `seen` is who had it, or nobody, when the one who asks looked. Raises
    ConversationNotFound, NotAColleague, TakenMeanwhile, ConversationIsClosed, KeyReused, and what screening refuses.
    """
    by = words.sight.agent_id
    screened = safety.screen_shaped(words.text)
    secrets = tuple(finding.kind for finding in screened.findings)
    draft = Draft("note", "agent", by, screened.text, words.language, data_of(words, screened.text), words.key)
    teams = team.teams_of({to}).get(to, frozenset()) if to is not None else frozenset()

    def decide(row: Held, state: State) -> Decision | Denied:
        # Judged under the lock: the conversation may have moved to another team a moment ago.
        if to is not None and row.team_id not in teams:
            return Denied("colleague")
        return on_handover(state, draft, to=to, by=by, secrets=secrets, seen=seen)

    news = partial(news_of, agent_id=by, at=at)
    key = ("agent", by, words.key)
    change = Change(words.conversation, partial(is_visible_to, words.sight), decide, "note", news, key, screened.text, by=words.by)
    with transaction.atomic():
        written = apply(change, at=at)
        # Also where a colleague has it already the note is kept, and then nobody is given anything.
        if not written.is_repeat and any(line.kind == "assigned" for line in written.lines):
            publish(ConversationAssigned(written.conversation_id, written.conversation, to, by, at))
    return written
