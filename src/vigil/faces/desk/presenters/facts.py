"""What stands beside a conversation: the person, the facts of the case, and what else belongs to it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vigil.conversations.queries import Beside, Coming, ConversationRow, EntryRow
from vigil.conversations.rules import UNDONE_WITHIN
from vigil.customers.queries import CustomerRow
from vigil.faces.desk.doors import Visitor
from vigil.faces.desk.presenters.case import show_case
from vigil.faces.desk.presenters.clocks import priority_name, status_name
from vigil.faces.desk.presenters.nav import initials
from vigil.faces.desk.presenters.personal import show_personal
from vigil.faces.desk.presenters.places import conversation_url
from vigil.faces.desk.presenters.rows import channel_icon, name_of, own_name
from vigil.faces.desk.words import queue_name
from vigil.languages import formats
from vigil.languages.spoken import language_of_words
from vigil.safety.queries import plain_words
from vigil.team.capabilities import Capability, may

_BLOCKS = {"abuse": gettext_lazy("insults or threats"), "spam": gettext_lazy("unwanted messages")}


def show_facts(
    row: ConversationRow, beside: Beside, entries: Iterable[EntryRow], visitor: Visitor, *, target: ConversationRow | None = None
) -> dict[str, Any]:
    """Show what is known of the person, and nothing that is not. `target` is where the conversation goes on, if it was merged."""
    name, customer = name_of(row), beside.customer
    known = [other for other in beside.same_customer if other.id != row.id]
    earlier = known if target is None or target in known else [target, *known]
    return {
        "id": row.public_id,
        "name": name,
        "name_lang": row.language if row.customer_name else "",
        "initials": initials(name),
        "standing": _standing(customer),
        "personal": show_personal(row.public_id, beside, visitor),
        "blocked": str(_BLOCKS[customer.block_reason]) if customer.block_reason else "",
        "may_block": may(visitor.agent.role, Capability.BLOCK),
        "blocks": [{"key": key, "name": name} for key, name in _BLOCKS.items()],
        "language": own_name(customer.language),
        "lang": customer.language,
        "clock": formats.clock(visitor.at, visitor.language, customer.zone) if customer.zone else "",
        "zone_key": customer.zone,
        "zone": formats.zone_name(customer.zone, visitor.language, visitor.at) if customer.zone else "",
        "queue": queue_name(row.queue_name),
        "priority": priority_name(row.priority),
        "channel": channel_icon(row.channel),
        "tags": row.tags,
        "case": show_case(row, entries, visitor),
        "earlier": [_earlier(other, row, visitor) for other in earlier],
        "linked": [{**_earlier(other, row, visitor), "name": name_of(other), "name_lang": _lang(other)} for other in beside.linked],
        "may_merge": bool(mergeable(row, beside)),
    }


def _standing(customer: CustomerRow) -> str:
    # An account's number is shown only where the exchange has said it; what a guest types stands among the words.
    return _("verified by the exchange") if customer.is_verified else _("guest, not verified")


def mergeable(row: ConversationRow, beside: Beside) -> list[ConversationRow]:
    """List the conversations of the same person that may be merged into this one."""
    if row.status == "closed":
        return []
    targets = {other.merged_into_id for other in beside.same_customer}
    return [each for each in beside.same_customer if each.id != row.id and each.merged_into_id is None and each.id not in targets]


def show_merging(row: ConversationRow, beside: Beside, coming: Mapping[int, Coming], visitor: Visitor) -> dict[str, Any]:
    """Show beforehand what each of these merges would do."""
    offered = [(each, coming.get(each.id, Coming(0, 0))) for each in mergeable(row, beside)]
    return {"id": row.public_id, "offers": [{**_earlier(each, row, visitor), **_consequences(each, comes)} for each, comes in offered]}


def _consequences(row: ConversationRow, comes: Coming) -> dict[str, Any]:
    words = plain_words(row.preview or "")
    said = ngettext("%(n)s message comes here", "%(n)s messages come here", comes.words) % {"n": comes.words}
    files = ngettext("%(n)s file comes here", "%(n)s files come here", comes.files) % {"n": comes.files} if comes.files else ""
    return {"words": words, "lang": language_of_words(words, row.language), "said": said, "files": files}


def _earlier(other: ConversationRow, row: ConversationRow, visitor: Visitor) -> dict[str, Any]:
    merge = _merge_of(other, row)
    return {
        "id": other.public_id,
        "url": conversation_url(other.public_id),
        "icon": channel_icon(other.channel),
        "day": formats.day(other.created_at, visitor.language, visitor.agent.zone, now=visitor.at),
        "status": merge or status_name(other.status),
        "queue": queue_name(other.queue_name),
        "may_part": bool(merge) and _merged_at(other, row) + UNDONE_WITHIN > visitor.at,
    }


def _merge_of(other: ConversationRow, row: ConversationRow) -> str:
    if other.merged_into_id == row.id:
        return _("merged into this one")
    return _("goes on there") if row.merged_into_id == other.id else ""


def _merged_at(other: ConversationRow, row: ConversationRow) -> datetime:
    return (other if other.merged_into_id == row.id else row).merged_at or row.created_at


def _lang(row: ConversationRow) -> str:
    return row.language if row.customer_name else ""
