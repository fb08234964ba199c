"""Whoever is away is told of an answer, once, without a word of it."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import jobs
from vigil.conversations.errors import ConversationNotFound
from vigil.customers import commands as customers
from vigil.customers import queries
from vigil.kernel import clock
from vigil.kernel.post import NotWanted, Rendered
from vigil.kernel.post.templates import get_template

pytestmark = pytest.mark.django_db
LETTERS = apps.get_model("kernel", "Letter").objects


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


@pytest.fixture
def irina(desk: cast.Desk) -> int:
    """A guest who reads Russian and wants letters."""
    customer = customers.arrive(site_key="site_demo", language="ru", zone="UTC", at=cast.NIGHT).customer_id
    customers.give_address(customer_id=customer, email="irina@mail.example", at=cast.NIGHT)
    return customer


def due() -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name="conversations.tell_of_answer").order_by("id"))


def works() -> None:
    """Run what is due, as a worker would two minutes later."""
    for job in due():
        jobs.tell_of_answer.run(**job.args)


def render() -> Rendered:
    letter = LETTERS.latest("id")
    return get_template(letter.template).render(letter.args, letter.language)


def test_an_answer_nobody_reads_is_told_by_letter_after_two_minutes(desk: cast.Desk, irina: int) -> None:
    name = cast.opens(irina)
    at = clock.now()
    cast.answers(desk.noor, name, "Your deposit is there.", at=at)
    (job,) = due()
    assert job.scheduled_at == at + timedelta(minutes=2)
    works()
    letter = LETTERS.get()
    assert (letter.to, letter.template, letter.language) == ("irina@mail.example", "conversations.answer", "ru")


def test_the_letter_is_in_her_language_and_holds_no_word_of_the_talk(desk: cast.Desk, irina: int) -> None:
    cast.answers(desk.noor, cast.opens(irina, "Where are my 5,000 USDT?"), "Your deposit is there.", at=cast.later())
    works()
    letter = render()
    said = f"{letter.subject}\n{letter.text}"
    assert re.search("[а-я]", letter.subject)
    for word in ("deposit", "USDT", "5,000", "Noor", "irina"):
        assert word not in said
    assert not re.search(r"[A-Za-z]{3,} [A-Za-z]{3,}", letter.text), "English words are left"
    (link,) = re.findall(r"\S+/widget/back#[A-Za-z0-9_-]{43}(?=\s)", letter.text)
    returned = customers.come_back(key=link.partition("#")[2], at=clock.now())
    assert returned.arrival.customer_id == irina


def test_without_an_address_nothing_is_even_planned(desk: cast.Desk) -> None:
    cast.answers(desk.noor, cast.opens(cast.ada()), "Hello.", at=cast.later())
    assert due() == []


def test_whoever_has_read_it_gets_no_letter(desk: cast.Desk, irina: int) -> None:
    name = cast.opens(irina)
    entry = cast.answers(desk.noor, name, "Hello.", at=cast.later()).entry
    assert entry is not None
    conversations.mark_seen(conversation=name, who=irina, delivered=entry.seq, read=entry.seq)
    works()
    assert not LETTERS.exists()


def test_an_answer_that_was_only_delivered_is_told(desk: cast.Desk, irina: int) -> None:
    name = cast.opens(irina)
    cast.answers(desk.noor, name, "Hello.", at=cast.later())
    conversations.mark_seen(conversation=name, who=irina, delivered=4, read=2)
    works()
    assert LETTERS.count() == 1


def test_whoever_sees_in_the_open_chat_that_answers_are_there_gets_no_letter_of_these_but_of_the_next(desk: cast.Desk, irina: int) -> None:
    name = cast.opens(irina)
    entries = [cast.answers(desk.noor, name, f"Answer {minute}", at=cast.later(minute)).entry for minute in (1, 2)]
    assert entries[-1] is not None
    for _ in range(2):
        conversations.note_shown(conversation=name, customer_id=irina, seq=entries[-1].seq, at=cast.later(2))
    works()
    assert not LETTERS.exists()
    cast.answers(desk.noor, name, "She has shut the window before this one.", at=cast.later(9))
    works()
    assert LETTERS.count() == 1


def test_what_was_shown_of_a_conversation_of_others_looks_like_none_at_all(desk: cast.Desk, irina: int) -> None:
    for name in (cast.opens(cast.ada()), "z" * 26):
        with pytest.raises(ConversationNotFound):
            conversations.note_shown(conversation=name, customer_id=irina, seq=9, at=cast.later())


def test_there_is_one_letter_until_she_has_read_and_then_another(desk: cast.Desk, irina: int) -> None:
    name = cast.opens(irina)
    for minute in range(1, 4):
        cast.answers(desk.noor, name, f"Answer {minute}", at=cast.later(minute))
    works()
    works()
    assert LETTERS.count() == 1
    conversations.mark_seen(conversation=name, who=irina, delivered=9, read=9)
    cast.answers(desk.noor, name, "One more.", at=cast.later(9))
    works()
    assert LETTERS.count() == 2


def test_a_letter_that_is_late_is_not_sent(desk: cast.Desk, irina: int) -> None:
    name = cast.opens(irina)
    cast.answers(desk.noor, name, "Hello.", at=cast.later())
    works()
    conversations.mark_seen(conversation=name, who=irina, delivered=9, read=9)
    with pytest.raises(NotWanted):
        render()


def test_a_letter_to_an_address_that_was_put_right_holds_no_link(desk: cast.Desk, irina: int) -> None:
    cast.answers(desk.noor, cast.opens(irina), "Hello.", at=cast.later())
    works()
    customers.give_address(customer_id=irina, email="other@mail.example", at=cast.later(5))
    with pytest.raises(NotWanted):
        render()


def test_a04_whom_the_exchange_knows_is_sent_to_its_own_page(desk: cast.Desk, irina: int) -> None:
    cast.answers(desk.noor, cast.opens(irina), "Hello.", at=cast.later())
    works()
    apps.get_model("customers", "Customer").objects.filter(id=irina).update(is_verified=True, uid="7")
    text = render().text
    assert "/widget/back" not in text
    assert not apps.get_model("customers", "ReturnKey").objects.exists()


def test_another_channel_tells_its_people_itself(desk: cast.Desk, irina: int) -> None:
    name = cast.opens(irina)
    apps.get_model("conversations", "Conversation").objects.filter(public_id=name).update(channel="email")
    cast.answers(desk.noor, name, "Hello.", at=cast.later())
    works()
    assert not LETTERS.exists()


def test_notes_are_nobodys_letter(desk: cast.Desk, irina: int) -> None:
    from uuid import uuid4

    words = conversations.Words(cast.opens(irina), desk.noor, uuid4(), "She is upset.", "note")
    conversations.note(words, at=cast.later())
    assert due() == []
    assert queries.addressed({irina}) == {irina}
