from datetime import timedelta

import pytest

from tests import cast
from vigil.team.commands import throttling
from vigil.team.errors import TooManyTries
from vigil.team.models import Throttle

pytestmark = pytest.mark.django_db


def test_tries_from_one_address_are_counted_over_all_accounts() -> None:
    for number in range(50):
        throttling.count_try("sign-in.address", "192.0.2.1", most=50, at=cast.NIGHT + timedelta(seconds=number))
    with pytest.raises(TooManyTries):
        throttling.count_try("sign-in.address", "192.0.2.1", most=50, at=cast.later())
    throttling.count_try("sign-in.address", "192.0.2.2", most=50, at=cast.later())


def test_no_address_is_kept_in_the_clear() -> None:
    throttling.count_try("sign-in.account", "noor@vigil.example", most=5, at=cast.NIGHT)
    assert Throttle.objects.filter(key__contains="noor").count() == 0
    assert throttling.clear_old_tries(before=cast.later()) == 1


def test_a_new_window_begins_after_a_quarter_of_an_hour() -> None:
    for _ in range(2):
        throttling.count_try("reset.account", "noor", most=2, at=cast.NIGHT)
    with pytest.raises(TooManyTries) as refused:
        throttling.count_try("reset.account", "noor", most=2, at=cast.later(5))
    assert refused.value.retry_after == 600
    throttling.count_try("reset.account", "noor", most=2, at=cast.later(15))
