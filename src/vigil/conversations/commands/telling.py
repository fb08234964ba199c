"""A letter tells a customer who is away that there is an answer: one, until they have come and read.

Away is whoever does not have the conversation before their eyes: a tab in the background, a chat that is shut on an open page, a
line that is down. Whoever sees it open has read the answer, or reads further up and sees below that it is there.
"""

from datetime import datetime, timedelta

from django.db import transaction

from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.models import Conversation, Entry, Kind, Participant
from vigil.customers import queries as customers
from vigil.kernel import once, post

TEMPLATE = "conversations.answer"
# Longer than any letter is late.
_SHOWN_HOLDS = timedelta(days=1)
_MOST_SHOWN = 50


def tell_of_answer(*, conversation_id: int, seq: int, at: datetime) -> bool:
    """Write to the customer of a chat that the answer `seq` is there, unless they have read it or were told already; say whether.

    Told is also who sees in the open chat that it is there.

    May be repeated.
    """
    with transaction.atomic():
        row = Conversation.objects.filter(id=conversation_id, channel="chat").first()
        address = customers.find_address(row.customer_id) if row else None
        if row is None or address is None:
            return False
        Participant.objects.get_or_create(conversation_id=row.id, kind="customer", agent=None)
        marks = Participant.objects.select_for_update(no_key=True).get(conversation_id=row.id, kind="customer", agent=None)
        if seq <= marks.read_seq or marks.told_seq > marks.read_seq or _is_withdrawn(row.id, seq) or not _is_first_told(row.id, seq, at):
            return False
        Participant.objects.filter(id=marks.id).update(told_seq=seq)
        language = customers.get_customer(row.customer_id).language
        args: dict[str, int | str] = {"conversation": row.public_id, "customer": row.customer_id, "address": address.id, "seq": seq}
        post.send(to=address.address, template=TEMPLATE, language=language, args=args, at=at)
    return True


def note_shown(*, conversation: str, customer_id: int, seq: int, at: datetime) -> None:
    """Remember that a customer sees in the open chat that answers up to `seq` are there, without having read them yet.

    No letter tells of these any more. May be repeated. Raises ConversationNotFound.
    """
    row = Conversation.objects.filter(public_id=conversation, customer_id=customer_id).only("id").first()
    if row is None:
        raise ConversationNotFound
    answers = Entry.objects.filter(conversation_id=row.id, kind=Kind.REPLY, seq__lte=seq).order_by("-seq")
    for number in answers.values_list("seq", flat=True)[:_MOST_SHOWN]:
        _is_first_told(row.id, number, at)


def _is_withdrawn(conversation_id: int, seq: int) -> bool:
    return Entry.objects.filter(conversation_id=conversation_id, seq=seq, data__has_key="withdrawn_at").exists()


def _is_first_told(conversation_id: int, seq: int, at: datetime) -> bool:
    return once.spend("answer", f"{conversation_id}:{seq}", until=at + _SHOWN_HOLDS)
