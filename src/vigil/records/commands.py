"""The record goes to the customer's own address."""

from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.queries import find_conversation
from vigil.customers import queries as customers
from vigil.kernel import post
from vigil.kernel.errors import Refusal

RECORD, LINK = "records.record", "records.link"


class NoAddress(Refusal):
    """Nobody has said where to send it."""

    code = "no_address"
    status = 409
    sentence = _("Please tell us your e-mail address first.")


def mail_record(*, conversation: str, customer_id: int, at: datetime) -> Literal["record", "link"]:
    """Send the record of a conversation to its customer's address; to one nobody has come back from yet, a link to it instead.

    Anybody may type anybody's address, and what they wrote must not travel there under our name. Not repeatable: twice is
    two letters. Raises ConversationNotFound, NoAddress.
    """
    row = find_conversation(conversation, customer_id)
    if row is None:
        raise ConversationNotFound
    address = customers.find_address(customer_id)
    if address is None:
        raise NoAddress
    args: dict[str, int | str] = {"conversation": row.public_id, "customer": customer_id, "address": address.id}
    language = customers.get_customer(customer_id).language
    with transaction.atomic():
        post.send(to=address.address, template=RECORD if address.is_confirmed else LINK, language=language, args=args, at=at)
    return "record" if address.is_confirmed else "link"
