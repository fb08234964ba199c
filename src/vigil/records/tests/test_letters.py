"""The record by mail: whole to an address that somebody came back from, a link to any other."""

import re

import pytest
from django.apps import apps

from tests import cast
from vigil.conversations.errors import ConversationNotFound
from vigil.customers import commands as customers
from vigil.customers import queries
from vigil.kernel.post import NotWanted, Rendered
from vigil.kernel.post.templates import get_template
from vigil.records import commands as records

pytestmark = pytest.mark.django_db
LETTERS = apps.get_model("kernel", "Letter").objects


@pytest.fixture(autouse=True)
def desk() -> cast.Desk:
    return cast.open_the_desk()


@pytest.fixture
def irina() -> int:
    return customers.arrive(site_key="site_demo", language="ru", zone="Asia/Tokyo", at=cast.NIGHT).customer_id


def gives(customer_id: int, *, confirms: bool = False) -> None:
    customers.give_address(customer_id=customer_id, email="irina@mail.example", at=cast.NIGHT)
    known = queries.find_address(customer_id)
    assert known is not None
    if confirms:
        key = customers.make_return_key(address_id=known.id, site_key="site_demo", at=cast.NIGHT)
        customers.come_back(key=key, at=cast.NIGHT)


def mails(customer_id: int, name: str) -> str:
    return records.mail_record(conversation=name, customer_id=customer_id, at=cast.later(5))


def render() -> Rendered:
    letter = LETTERS.latest("id")
    return get_template(letter.template).render(letter.args, letter.language)


def test_without_an_address_there_is_nowhere_to_send_it(irina: int) -> None:
    with pytest.raises(records.NoAddress):
        mails(irina, cast.opens(irina))


def test_v35_the_record_of_others_is_not_mailed(irina: int) -> None:
    gives(irina, confirms=True)
    with pytest.raises(ConversationNotFound):
        mails(irina, cast.opens(cast.ada()))


def test_a_confirmed_address_gets_the_whole_record_in_her_language(irina: int) -> None:
    gives(irina, confirms=True)
    assert mails(irina, cast.opens(irina, "Где мои <b>5 000</b> USDT?")) == "record"
    letter = render()
    assert "Где мои <b>5 000</b> USDT?" in letter.text
    assert "&lt;b&gt;5 000&lt;/b&gt;" in str(letter.html)
    assert re.search("[а-я]", letter.subject)


def test_an_unconfirmed_address_gets_a_link_and_not_a_word_of_what_was_typed(irina: int) -> None:
    gives(irina)
    assert mails(irina, cast.opens(irina, "Dear user, your account is blocked: evil.example")) == "link"
    letter = render()
    assert letter.html is None
    assert "evil" not in letter.text
    assert re.search(r"/widget/back#[A-Za-z0-9_-]{43}\s", letter.text)


@pytest.mark.parametrize("confirms", [True, False])
def test_a_letter_to_an_address_that_is_another_one_by_now_is_not_written(irina: int, confirms: bool) -> None:
    gives(irina, confirms=confirms)
    mails(irina, cast.opens(irina))
    customers.give_address(customer_id=irina, email="other@mail.example", at=cast.later(6))
    with pytest.raises(NotWanted):
        render()
