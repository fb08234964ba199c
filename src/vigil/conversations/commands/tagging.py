"""A team's free words on a conversation."""

from datetime import datetime
from functools import partial

from django.db import transaction

from vigil.conversations.commands.timeline import Change, Written, apply
from vigil.conversations.errors import TagNotPossible
from vigil.conversations.events import ConversationTagged
from vigil.conversations.held import Held, Line
from vigil.conversations.models import Conversation
from vigil.conversations.rules import LONGEST_TAG, MOST_TAGS, Decision, Denied, State, on_tag, tidy_tag
from vigil.conversations.sight import is_visible_to
from vigil.kernel.text import MaskedText
from vigil.safety import commands as safety
from vigil.safety.refusals import WordsTooLong, WordsUnreadable
from vigil.workspace.sight import Sight


def tag(*, conversation: str, sight: Sight, word: str, on: bool, at: datetime) -> Written:
    """Put a tag on a conversation, or take it off; repeating changes nothing. It is written as `rules.tidy_tag` does.

    Raises ConversationNotFound, TagNotPossible, TooManyTags.
    """
    known = _screened(word)

    def decide(row: Held, state: State) -> Decision | Denied:
        return on_tag(state, _tags_of(row.id), tag=known, on=on, by=sight.agent_id)

    def news(row: Held, entry: Line) -> ConversationTagged:
        return ConversationTagged(row.id, entry.seq, on, at)

    with transaction.atomic():
        written = apply(Change(conversation, partial(is_visible_to, sight), decide, "tagged", news), at=at)
        if written.entry is not None:
            # The row is locked since the entry was written.
            _keep(written.conversation_id, known, on=on)
    return written


def _screened(word: str) -> MaskedText:
    try:
        screened = safety.screen_line(tidy_tag(word), limit=LONGEST_TAG)
    except (WordsTooLong, WordsUnreadable):
        raise TagNotPossible from None
    if not screened.text or screened.findings:
        raise TagNotPossible
    return screened.text


def _tags_of(conversation_id: int) -> list[str]:
    return (Conversation.objects.values_list("tags", flat=True).get(id=conversation_id) or "").splitlines()


def _keep(conversation_id: int, word: str, *, on: bool) -> None:
    tags = [each for each in _tags_of(conversation_id) if each != word] + ([word] if on else [])
    # Screened once more as a whole: twenty harmless words in a row may be a recovery phrase.
    whole = safety.mask("\n".join(tags), limit=MOST_TAGS * (LONGEST_TAG + 1)) if tags else None
    Conversation.objects.filter(id=conversation_id).update(tags=whole)
