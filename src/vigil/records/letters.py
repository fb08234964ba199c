"""The letters that bring a customer's own record, or the way to it."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.letters import way_back
from vigil.customers import queries as customers
from vigil.kernel import clock, post
from vigil.languages.table import find_language, get_language
from vigil.records.queries import get_html_record, get_text_record
from vigil.workspace.profile import profile

Arg = int | str


def write_record(args: Mapping[str, Arg], language: str) -> post.Rendered:
    """Write the record itself, unless the address is another one by now. Raises NotWanted."""
    customer_id = int(args["customer"])
    address = customers.find_address(customer_id)
    if address is None or address.id != args["address"] or not address.is_confirmed:
        raise post.NotWanted
    zone, at = customers.get_customer(customer_id).zone, clock.now()
    asked: dict[str, Any] = {
        "conversation": str(args["conversation"]),
        "customer_id": customer_id,
        "language": language,
        "zone": zone,
        "at": at,
    }
    try:
        return post.Rendered(_subject(language), get_text_record(**asked), get_html_record(**asked), sender_name=profile().name)
    except ConversationNotFound:
        raise post.NotWanted from None


def write_link(args: Mapping[str, Arg], language: str) -> post.Rendered:
    """Write where the record is to be had. Raises NotWanted."""
    brand = profile().name
    words = {"brand": brand, **way_back(args)}
    with override((find_language(language) or get_language("en")).django_code):
        text = render_to_string("records/link_letter.txt", words).strip() + "\n"
    return post.Rendered(_subject(language), text, sender_name=brand)


def _subject(language: str) -> str:
    with override((find_language(language) or get_language("en")).django_code):
        return _("Your conversation with %(brand)s support") % {"brand": profile().name}
