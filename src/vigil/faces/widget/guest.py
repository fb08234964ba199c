"""A guest as the widget's doors know one: what a live token of the widget says, and how such a token is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vigil.conversations.live import customer_topic
from vigil.kernel.ids import is_public_id
from vigil.kernel.live.refusals import TokenInvalid
from vigil.kernel.live.tokens import Claims, claims_for

DOOR = "widget"


@dataclass(frozen=True, slots=True)
class Guest:
    """Who bears a token; `teams` tells, by conversation, who looks after it, so that typing can be shown to them."""

    session: str
    customer_id: int
    site: str
    language: str
    teams: Mapping[str, int]


def claims_of(guest: Guest, *, at: datetime) -> Claims:
    """Write what a guest's live token says."""
    detail = {"customer": guest.customer_id, "site": guest.site, "conversations": dict(guest.teams)}
    topics = {customer_topic(guest.customer_id)}
    return claims_for(f"guest:{guest.session}", topics, DOOR, at=at, language=guest.language, detail=detail)


def guest_of(claims: Claims) -> Guest:
    """Read what a live token says. Raises TokenInvalid for a token of another door."""
    kind, _, session = claims.subject.partition(":")
    customer_id, site = claims.detail.get("customer"), claims.detail.get("site")
    if claims.door != DOOR or kind != "guest" or not is_public_id(session) or not isinstance(customer_id, int):
        raise TokenInvalid
    return Guest(session, customer_id, str(site), claims.language, dict(claims.detail.get("conversations", {})))
