"""Where a customer is told of answers, and the way back from there."""

from datetime import timedelta

import pytest
from django.db import connection

from tests import cast
from vigil.customers import commands as customers
from vigil.customers import queries
from vigil.customers.models import Customer, GuestSession, Identity, ReturnKey
from vigil.customers.rules import hint_of
from vigil.kernel.post import BadAddress

pytestmark = pytest.mark.django_db
SITE = "site_demo"


def guest() -> customers.Arrival:
    return customers.arrive(site_key=SITE, language="ru", zone="UTC", at=cast.NIGHT)


def gives(customer_id: int, email: str = "irina@mail.example") -> int:
    customers.give_address(customer_id=customer_id, email=email, at=cast.NIGHT)
    known = queries.find_address(customer_id)
    assert known is not None
    return known.id


def key_to(address_id: int) -> str:
    return customers.make_return_key(address_id=address_id, site_key=SITE, at=cast.NIGHT)


def returns(key: str, minutes: float = 1) -> customers.Return:
    return customers.come_back(key=key, at=cast.later(minutes))


@pytest.mark.parametrize(
    ("address", "hint"), [("ada@mail.example", "a…a@mail.example"), ("xy@a.example", "x…@a.example"), ("x@a.example", "x…@a.example")]
)
def test_an_address_is_shown_so_that_only_its_owner_knows_it(address: str, hint: str) -> None:
    assert hint_of(address) == hint


def test_an_address_is_remembered_shown_by_half_and_forgotten() -> None:
    irina = guest().customer_id
    gives(irina, " Irina.V@MAIL.example ")
    known = queries.find_address(irina)
    assert known is not None
    assert (known.address, known.hint, known.is_confirmed) == ("Irina.V@mail.example", "I…V@mail.example", False)
    customers.forget_address(customer_id=irina)
    customers.forget_address(customer_id=irina)
    assert not queries.addressed({irina})


@pytest.mark.parametrize(
    "wrong", ["", "x", "a@b", "a@b.example, c@d.example", "a\n@b.example", "a@b.example\r\nBcc: x@y.example", "<a@b.example>"]
)
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(BadAddress):
        gives(guest().customer_id, wrong)


def test_a04_a_typed_address_finds_nobody_and_merges_nothing() -> None:
    ada, mallory = cast.ada(), guest().customer_id
    gives(mallory, "ada@mail.example")
    gives(guest().customer_id, "ada@mail.example")
    assert Identity.objects.get(channel="email", address="ada@mail.example").customer_id == ada
    assert not queries.get_customer(mallory).is_verified
    assert not queries.addressed({ada})


def test_a_key_brings_its_reader_back_once_and_confirms_the_address() -> None:
    irina = guest()
    key = key_to(gives(irina.customer_id))
    returned = returns(key)
    assert (returned.arrival.customer_id, returned.site_key) == (irina.customer_id, SITE)
    assert returned.arrival.session != irina.session
    assert customers.resume(token=returned.arrival.token, site_key=SITE, at=cast.later(2)).customer_id == irina.customer_id
    known = queries.find_address(irina.customer_id)
    assert known is not None
    assert known.is_confirmed
    with pytest.raises(customers.ReturnKeyDead):
        returns(key)
    assert GuestSession.objects.count() == 2


def test_a02_a_key_is_long_and_kept_as_a_hash_alone() -> None:
    key = key_to(gives(guest().customer_id))
    assert len(key) == 43
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(k)::text FROM customers_returnkey k")
        assert key not in str(cursor.fetchall())


@pytest.mark.parametrize("wrong", ["", "x", "x" * 43, "%", "k" * 5000])
def test_a02_a_key_nobody_made_opens_nothing(wrong: str) -> None:
    key_to(gives(guest().customer_id))
    with pytest.raises(customers.ReturnKeyDead):
        returns(wrong)
    assert GuestSession.objects.count() == 1


def test_a_key_is_dead_after_seven_days() -> None:
    key = key_to(gives(guest().customer_id))
    with pytest.raises(customers.ReturnKeyDead):
        customers.come_back(key=key, at=cast.NIGHT + customers.KEY_HOLDS)
    customers.clear_return_keys(before=cast.NIGHT + customers.KEY_HOLDS + timedelta(seconds=1))
    assert not ReturnKey.objects.exists()


@pytest.mark.parametrize("takes_it_back", [True, False])
def test_links_to_a_mistyped_address_die_when_it_is_put_right(takes_it_back: bool) -> None:
    irina = guest().customer_id
    key = key_to(gives(irina, "stranger@mail.example"))
    if takes_it_back:
        customers.forget_address(customer_id=irina)
    else:
        gives(irina, "irina@mail.example")
    with pytest.raises(customers.ReturnKeyDead):
        returns(key)


def test_the_same_address_again_leaves_its_links_alive() -> None:
    irina = guest().customer_id
    key = key_to(gives(irina))
    gives(irina)
    assert returns(key).arrival.customer_id == irina


def test_a04_a_letter_never_opens_what_the_exchange_vouches_for() -> None:
    irina = guest().customer_id
    key = key_to(gives(irina))
    Customer.objects.filter(id=irina).update(is_verified=True, uid="7")
    with pytest.raises(customers.ReturnKeyDead):
        returns(key)
    assert GuestSession.objects.count() == 1


def test_an_address_that_is_brought_along_is_confirmed_anew_and_its_old_links_open_nothing() -> None:
    irina, known = guest().customer_id, cast.ada()
    address = gives(irina)
    returns(key_to(address))
    left = key_to(address)
    Customer.objects.filter(id=known).update(is_verified=True, uid="7")
    customers.bring_address(from_customer=irina, to_customer=known)
    brought = queries.find_address(known)
    assert brought is not None
    assert (brought.address, brought.is_confirmed, queries.addressed({irina})) == ("irina@mail.example", False, set())
    with pytest.raises(customers.ReturnKeyDead):
        returns(left)
    gives(irina, "late@mail.example")
    customers.bring_address(from_customer=irina, to_customer=known)
    assert queries.find_address(known) == brought
