"""Every way to ask about conversations. Whoever asks shows who they are; what they may not see does not exist for them."""

from vigil.conversations.queries.departures import DepartureRow, departures_asked
from vigil.conversations.queries.facts import facts_of
from vigil.conversations.queries.files import has_file, may_see_file
from vigil.conversations.queries.lists import (
    CAP,
    PAGE,
    ConversationRow,
    Counts,
    Place,
    count_open,
    find_conversation,
    find_target,
    list_conversations,
    list_live,
    list_of_customer,
)
from vigil.conversations.queries.load import Load, load_of_agents, load_of_queues
from vigil.conversations.queries.merging import Coming, what_comes
from vigil.conversations.queries.thread import (
    Beside,
    Case,
    EntryRow,
    Marks,
    Thread,
    find_newest,
    get_case,
    get_facts,
    get_thread,
    list_entries,
    list_for_record,
    list_replies,
    list_telling,
    list_telling_beside,
    marks_of,
    unread_of,
)
from vigil.conversations.queries.waiting import Wait, get_wait
from vigil.conversations.queries.work import is_followed_by, list_used_tags

__all__ = [
    "CAP",
    "PAGE",
    "Beside",
    "Case",
    "Coming",
    "ConversationRow",
    "Counts",
    "DepartureRow",
    "EntryRow",
    "Load",
    "Marks",
    "Place",
    "Thread",
    "Wait",
    "count_open",
    "departures_asked",
    "facts_of",
    "find_conversation",
    "find_newest",
    "find_target",
    "get_case",
    "get_facts",
    "get_thread",
    "get_wait",
    "has_file",
    "is_followed_by",
    "list_conversations",
    "list_entries",
    "list_for_record",
    "list_live",
    "list_of_customer",
    "list_replies",
    "list_telling",
    "list_telling_beside",
    "list_used_tags",
    "load_of_agents",
    "load_of_queues",
    "marks_of",
    "may_see_file",
    "unread_of",
    "what_comes",
]
