"""A letter tells a customer who is away that there is an answer: one, until they have come and read."""

from datetime import datetime

from django.db import transaction

from vigil.conversations.models import Conversation, Participant
from vigil.customers import queries as customers
from vigil.kernel import post

TEMPLATE = "conversations.answer"


def tell_of_answer(*, conversation_id: int, seq: int, at: datetime) -> bool:
    """Write to the customer of a chat that the answer `seq` is there, unless they have read it or were told already; say whether.

    May be repeated.
    """
    with transaction.atomic():
        row = Conversation.objects.filter(id=conversation_id, channel="chat").first()
        address = customers.find_address(row.customer_id) if row else None
        if row is None or address is None:
            return False
        Participant.objects.get_or_create(conversation_id=row.id, kind="customer", agent=None)
        marks = Participant.objects.select_for_update(no_key=True).get(conversation_id=row.id, kind="customer", agent=None)
        if seq <= marks.read_seq or marks.told_seq > marks.read_seq:
            return False
        Participant.objects.filter(id=marks.id).update(told_seq=seq)
        language = customers.get_customer(row.customer_id).language
        args: dict[str, int | str] = {"conversation": row.public_id, "customer": row.customer_id, "address": address.id, "seq": seq}
        post.send(to=address.address, template=TEMPLATE, language=language, args=args, at=at)
    return True
