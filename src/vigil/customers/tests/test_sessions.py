"""A browser goes on as who it was: by its token, or by the key that the host page kept for it."""

from datetime import timedelta

import pytest

from tests.cast import NIGHT, later
from vigil.customers import commands as customers
from vigil.customers.models import Customer, GuestSession

pytestmark = pytest.mark.django_db
SITE = "site_demo"
KEY = "k" * 43


def arrives(visitor: str = KEY, *, minutes: float = 0, site: str = SITE) -> customers.Arrival:
    return customers.arrive(site_key=site, language="en", zone="", at=later(minutes), visitor=visitor)


def resumes(token: str, visitor: str = "", *, minutes: float = 1) -> customers.Arrival:
    return customers.resume(token=token, site_key=SITE, at=later(minutes), visitor=visitor)


def test_a_browser_whose_frame_keeps_nothing_is_known_by_its_key() -> None:
    first = arrives()
    again = arrives(minutes=5)
    assert (again.customer_id, again.session) == (first.customer_id, first.session)
    assert Customer.objects.count() == 1


def test_a_key_is_not_stored_and_belongs_to_one_site() -> None:
    arrives()
    assert KEY not in str(GuestSession.objects.values().get())
    assert arrives(site="another_site").customer_id != arrives().customer_id


def test_another_key_is_another_guest() -> None:
    assert arrives().customer_id != arrives("x" * 43).customer_id


def test_a_browser_without_a_key_is_nobody_elses() -> None:
    assert arrives("").customer_id != arrives("").customer_id


def test_a_key_that_is_nobodys_becomes_that_of_the_token_and_no_other_does() -> None:
    mine, other = arrives(""), arrives("x" * 43)
    resumes(mine.token, KEY)
    assert arrives().customer_id == mine.customer_id
    resumes(mine.token, "x" * 43)
    assert arrives("x" * 43).customer_id == other.customer_id


def test_going_on_by_key_leaves_the_tokens_of_other_tabs_alive() -> None:
    first = arrives()
    by_key = arrives(minutes=1)
    assert resumes(first.token, minutes=2).session == resumes(by_key.token, minutes=3).session


def test_what_nobody_used_for_long_is_over_and_the_key_starts_afresh() -> None:
    first = arrives()
    at = NIGHT + customers.IDLE_LIMIT + timedelta(days=1)
    assert customers.find_visitor(visitor=KEY, site_key=SITE, at=at) is None
    afresh = customers.arrive(site_key=SITE, language="en", zone="", at=at, visitor=KEY)
    assert afresh.customer_id != first.customer_id


def test_whoever_leaves_is_not_known_any_more_by_token_nor_by_key() -> None:
    first = arrives()
    customers.leave(site_key=SITE, at=later(1), token=first.token, visitor=KEY)
    customers.leave(site_key=SITE, at=later(2), token=first.token, visitor=KEY)
    with pytest.raises(customers.SessionUnknown):
        resumes(first.token)
    assert arrives(minutes=3).customer_id != first.customer_id


@pytest.mark.parametrize("token", ["", "x", "0" * 26 + ".1." + "f" * 64])
def test_a_token_that_is_not_ours_ends_nothing(token: str) -> None:
    arrives()
    customers.leave(site_key=SITE, at=later(1), token=token)
    assert not GuestSession.objects.exclude(ended_at=None).exists()
