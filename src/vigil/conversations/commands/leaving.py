"""An agent's words are judged before they leave: what is never asked for, and links that deceive, do not go."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import transaction

from vigil.audit.commands import record
from vigil.conversations.errors import LinkDeceives, NeverAsked
from vigil.conversations.models import Conversation
from vigil.markup.writing import as_plain
from vigil.safety.replies.judging import Verdict, judge_for_the_worst
from vigil.trust.queries import judge_link

_STOPS: dict[str, type[NeverAsked]] = {"OUT-ASK": NeverAsked, "OUT-LINK": LinkDeceives}
# A link of which nobody knows anything is the agent's to answer for.
_UNKNOWN = "not_listed"
_SHOWN = 160
_SIGNS = re.compile("[*_~`]")
_MOST_KNOWN = 50_000
_KNOWN: dict[str, str] = {}


def languages_of(conversations: Iterable[str]) -> dict[str, str]:
    """Say in which language each of these conversations goes on.

    It is said at the opening and never changed, so whoever answers asks the database once, and not for every reply.
    """
    names = set(conversations)
    unknown = names - _KNOWN.keys()
    if unknown:
        if len(_KNOWN) + len(unknown) > _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN.update(Conversation.objects.filter(public_id__in=unknown).values_list("public_id", "language"))
    return {name: _KNOWN[name] for name in names & _KNOWN.keys()}


def refuse_what_may_not_leave(text: str, *, language: str, conversation: str, agent_id: int, at: datetime) -> None:
    """Refuse a reply that must not leave, and tell the audit by which rule. Raises NeverAsked or LinkDeceives.

    The words are judged as they are written, as their signs make them read, and without the letters of signs. Nobody can
    override it.
    """
    look_at = partial(judge_link, at=at)
    for words in dict.fromkeys((text, as_plain(text), _SIGNS.sub("", text))):
        stopping = next((verdict for verdict in judge_for_the_worst(words, language, look_at) if _stops(verdict)), None)
        if stopping:
            _record(stopping, conversation=conversation, agent_id=agent_id, at=at)
            raise _refusal(words, stopping, is_written=words is text)


def _refusal(words: str, stopping: Verdict, *, is_written: bool) -> NeverAsked:
    said = words[stopping.start : stopping.end]
    begins, ends = (_in_browser(words, place) if is_written else 0 for place in (stopping.start, stopping.end))
    return _STOPS[stopping.rule](said=said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…", begins=begins, ends=ends)


def _stops(verdict: Verdict) -> bool:
    return verdict.rule in _STOPS and verdict.reason != _UNKNOWN


def _in_browser(text: str, place: int) -> int:
    """Count as a browser does, which knows characters of sixteen bits only."""
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


@transaction.atomic
def _record(verdict: Verdict, *, conversation: str, agent_id: int, at: datetime) -> None:
    record(
        actor=f"agent:{agent_id}",
        action="conversations.reply_stopped",
        subject=f"conversation:{conversation}",
        at=at,
        details={"rule": verdict.rule.lower(), "reason": verdict.reason},
    )
