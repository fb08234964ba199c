"""What a browser is told when it comes in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from vigil.conversations import queries as conversations
from vigil.conversations.queries import ConversationRow, Marks
from vigil.conversations.sides import iso
from vigil.customers.commands import Arrival
from vigil.customers.queries import get_customer, guest_before
from vigil.faces.widget.guest import Guest, claims_of
from vigil.kernel.live import tokens
from vigil.languages.spoken import language_of_words
from vigil.safety.queries import plain_words
from vigil.team import queries as team

MOST_CONVERSATIONS = 20


def session_body(arrival: Arrival, *, site: str, language: str, at: datetime) -> dict[str, Any]:
    """Write the answer to a session: the token to show next time, a live token, and the customer's own conversations, newest first.

    "verified" says that the exchange has named this customer; "claimable" how many talks the same browser had before that.
    """
    rows = conversations.list_of_customer(arrival.customer_id, limit=MOST_CONVERSATIONS)
    guest = Guest(arrival.session, arrival.customer_id, site, language, {row.public_id: row.team_id for row in rows})
    customer = get_customer(arrival.customer_id)
    return {
        "token": arrival.token,
        **_live(guest, at),
        "customer": customer.public_id,
        "name": customer.name if arrival.is_vouched else None,
        "verified": arrival.is_vouched,
        "claimable": len(_unclaimed(arrival)),
        "conversations": _told(rows),
    }


def claimed_body(guest: Guest, *, at: datetime) -> dict[str, Any]:
    """Write the answer after a claim: a live token that knows the talks that came along, and all of them, newest first."""
    return {**conversations_body(guest, at=at), "claimable": 0}


def conversations_body(guest: Guest, *, at: datetime) -> dict[str, Any]:
    """Write the guest's conversations as they are now, newest first, with a live token that knows them."""
    rows = conversations.list_of_customer(guest.customer_id, limit=MOST_CONVERSATIONS)
    live = _live(replace(guest, teams={row.public_id: row.team_id for row in rows}), at)
    return {**live, "conversations": _told(rows)}


def earlier_body(guest: Guest, *, before: str) -> dict[str, Any]:
    """Write a page of the guest's conversations that began before the one named, newest first; a full page may have another behind it."""
    return {"conversations": _told(conversations.list_of_customer(guest.customer_id, limit=MOST_CONVERSATIONS, before=before))}


def _unclaimed(arrival: Arrival) -> Sequence[ConversationRow]:
    guest_id = guest_before(arrival.session) if arrival.is_vouched else None
    return conversations.list_of_customer(guest_id, limit=MOST_CONVERSATIONS) if guest_id is not None else ()


def token_body(guest: Guest, *, language: str, at: datetime) -> dict[str, Any]:
    """Write a fresh live token that knows the guest's conversations as they are now."""
    rows = conversations.list_of_customer(guest.customer_id, limit=MOST_CONVERSATIONS)
    return _live(replace(guest, language=language, teams={row.public_id: row.team_id for row in rows}), at)


def _live(guest: Guest, at: datetime) -> dict[str, Any]:
    claims = claims_of(guest, at=at)
    return {"live": tokens.mint(claims), "expires_at": iso(claims.expires_at)}


def _told(rows: Sequence[ConversationRow]) -> list[dict[str, Any]]:
    ids = [row.id for row in rows]
    marks, unread = conversations.marks_of(ids), conversations.unread_of(ids)
    return [_conversation(row, marks.get(row.id, Marks()), unread.get(row.id, 0)) for row in rows]


def _conversation(row: ConversationRow, marks: Marks, unread: int) -> dict[str, Any]:
    preview = plain_words(row.preview or "")
    return {
        "id": row.public_id,
        "status": row.status if row.status in {"resolved", "closed"} else "open",
        "preview": preview,
        "lang": language_of_words(preview, row.language),
        "last": row.last_seq,
        "last_activity_at": iso(row.last_activity_at),
        "agent": team.public_name(row.assignee_id) if row.assignee_id else None,
        "team": {"delivered": marks.team_delivered, "read": marks.team_read},
        "read": marks.customer_read,
        "unread": unread,
    }
