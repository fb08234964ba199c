"""One conversation: its head, its words, and what may be done to it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from vigil.conversations.queries import ConversationRow, EntryRow, Thread
from vigil.faces.desk.doors import Visitor
from vigil.faces.desk.presenters.case import topic_choices
from vigil.faces.desk.presenters.clocks import pill_of, priority_name, status_name
from vigil.faces.desk.presenters.entries import show_entries
from vigil.faces.desk.presenters.rows import name_of, own_name
from vigil.faces.desk.presenters.snoozing import sleeps_until, snooze_choices
from vigil.faces.desk.words import availability_name, queue_name, queue_titles
from vigil.files.rules.kinds import list_accepted
from vigil.languages import formats
from vigil.markup.writing import as_plain
from vigil.safety.queries import plain_words
from vigil.team.queries import ColleagueRow, QueueRow

_MOST_OF_A_REPLY = 60


def show_thread(thread: Thread, visitor: Visitor) -> dict[str, Any]:
    """Show a conversation with a page of its entries."""
    row = thread.conversation
    entries = show_entries(thread.woven, row, thread.marks, visitor)
    first = thread.entries[0].seq if thread.entries else 0
    return {
        "head": show_head(row, visitor),
        "entries": entries,
        "earlier": earlier_url(row.public_id, first) if thread.has_earlier else "",
        "last_seq": thread.entries[-1].seq if thread.entries else 0,
        "last_at": thread.entries[-1].created_at.isoformat() if thread.entries else "",
        "read": thread.marks.customer_read,
        "delivered": thread.marks.customer_delivered,
    }


def earlier_url(name: str, before: int) -> str:
    """Tell the address of the page before an entry."""
    return f"{reverse('desk:entries', args=[name])}?before={before}"


def show_head(row: ConversationRow, visitor: Visitor) -> dict[str, Any]:
    """Show who it is, how it stands and what may be done next."""
    mine = row.assignee_id == visitor.agent.id
    holder = _("with you") if mine else _("with %(name)s") % {"name": row.assignee_name} if row.assignee_name else _("with nobody yet")
    return {
        "id": row.public_id,
        "name": name_of(row),
        "name_lang": row.language if row.customer_name else "",
        "lang": row.language,
        "language": own_name(row.language),
        "queue": queue_name(row.queue_name),
        "holder": holder,
        "holder_id": row.assignee_id or "",
        "is_mine": mine,
        "accept": ",".join(list_accepted()),
        "is_chat": row.channel == "chat",
        "is_open": row.status not in {"resolved", "closed"},
        "asks_topic": row.status not in {"resolved", "closed"} and not row.topic,
        "is_closed": row.status == "closed",
        "status": status_name(row.status),
        "sleeps": sleeps_until(row, at=visitor.at, language=visitor.language, zone=visitor.agent.zone),
        "pill": pill_of(row, at=visitor.at, language=visitor.language, zone=visitor.agent.zone),
    }


def show_menu(
    row: ConversationRow,
    visitor: Visitor,
    colleagues: Sequence[ColleagueRow],
    queues: Sequence[QueueRow],
    replies: Sequence[EntryRow],
    *,
    followers: Mapping[int, str],
) -> dict[str, Any]:
    """Show everything that may be done to a conversation."""
    others = [agent for agent in colleagues if agent.id not in (visitor.agent.id, row.assignee_id)]
    titles, topics = queue_titles(queues), topic_choices(row)
    # To let it sleep one chooses until when, which is a list of its own; what sleeps already says so in this one.
    # Where nobody knows what it is about, that is asked along with "resolved", beside this list.
    is_asked = not row.topic and row.status != "resolved"
    statuses = ("open", "waiting", *(("snoozed",) if row.status == "snoozed" else ()), *(() if is_asked else ("resolved",)), "closed")
    return {
        "id": row.public_id,
        "me": visitor.agent.id if row.assignee_id != visitor.agent.id else None,
        "seen": row.assignee_id or "",
        "has_holder": row.assignee_id is not None,
        "holder": row.assignee_name if row.assignee_id not in (None, visitor.agent.id) else "",
        "key": str(uuid4()),
        "follows": visitor.agent.id in followers,
        "followers": [name for agent, name in followers.items() if agent != visitor.agent.id],
        "can_resolve": row.status not in {"resolved", "closed"},
        "colleagues": [{"key": agent.id, "name": _with_availability(agent)} for agent in others],
        "status": status_name(row.status),
        "priority": priority_name(row.priority),
        "topic": next((each["name"] for group in topics for each in group["choices"] if each["is_current"]), ""),
        "queue": titles[row.queue_id],
        "statuses": [{"key": each, "name": status_name(each), "is_current": each == row.status} for each in statuses],
        "snooze": snooze_choices(visitor) if row.status in {"open", "waiting", "snoozed"} else None,
        "priorities": [{"key": each, "name": priority_name(each), "is_current": each == row.priority} for each in range(1, 5)],
        "topics": topics,
        "is_untold": not row.topic,
        "clear": [_reply(each, visitor) for each in replies if "unclear" not in each.data],
        "unclear": [_reply(each, visitor) for each in replies if "unclear" in each.data],
        "queues": [{"key": queue.id, "name": titles[queue.id], "is_current": queue.id == row.queue_id} for queue in queues],
    }


def show_resolving(row: ConversationRow) -> dict[str, Any]:
    """Show what is asked before a conversation is resolved of which nobody knows yet what it is about."""
    return {"id": row.public_id, "topics": topic_choices(row)}


def _reply(entry: EntryRow, visitor: Visitor) -> dict[str, Any]:
    clock = formats.clock(entry.created_at, visitor.language, visitor.agent.zone)
    told = as_plain(entry.text) if entry.text else _("Picture") if entry.data["files"][0]["kind"] == "image" else _("Video")
    words = Truncator(" ".join(plain_words(told).split())).chars(_MOST_OF_A_REPLY)
    return {"key": entry.seq, "name": f"{clock} · {words}", "lang": entry.language}


def _with_availability(agent: ColleagueRow) -> str:
    return agent.name if agent.availability == "available" else f"{agent.name} · {availability_name(agent.availability)}"
