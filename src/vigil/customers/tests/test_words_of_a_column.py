"""The seal on words holds against every way Django has of writing a column."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Concat, Upper

from tests import cast
from vigil.customers.models import Customer
from vigil.safety import commands as safety

pytestmark = pytest.mark.django_db
RAW = "words that nobody has looked at"


@pytest.mark.parametrize(
    "raw",
    [
        lambda: RAW,
        lambda: Value(RAW),
        lambda: Concat(Value(RAW), Value("!")),
        lambda: Concat(F("name"), Value(RAW)),
        lambda: Case(When(id__gt=0, then=Value(RAW)), default=F("name")),
        lambda: Case(When(id__lt=0, then=F("name")), default=Value(RAW, output_field=CharField())),
        lambda: Upper(F("name")),
        lambda: F("language"),
    ],
)
def test_words_that_nobody_screened_are_refused_by_every_way_in(raw: Callable[[], Any]) -> None:
    customer = Customer.objects.get(id=cast.ada())
    with pytest.raises(TypeError, match="MaskedText"), transaction.atomic():
        Customer.objects.filter(id=customer.id).update(name=raw())
    customer.name = raw()
    with pytest.raises(TypeError, match="MaskedText"), transaction.atomic():
        customer.save()
    with pytest.raises(TypeError, match="MaskedText"), transaction.atomic():
        Customer.objects.bulk_update([customer], ["name"])
    assert Customer.objects.values_list("name", flat=True).get(id=customer.id) == "Ada Byron"


def test_an_expression_is_refused_where_a_row_is_made() -> None:
    with pytest.raises(TypeError, match="MaskedText"), transaction.atomic():
        Customer.objects.create(name=Value(RAW), language="en", created_at=cast.NIGHT)


def test_screened_words_and_what_the_column_holds_already_are_taken() -> None:
    customer = Customer.objects.get(id=cast.ada())
    Customer.objects.filter(id=customer.id).update(name=F("name"))
    customer.name = safety.mask_line("Ada King")
    Customer.objects.bulk_update([customer], ["name"])
    Customer.objects.filter(id=customer.id).update(name=Value(safety.mask_line("Ada Lovelace")))
    assert Customer.objects.values_list("name", flat=True).get(id=customer.id) == "Ada Lovelace"
    Customer.objects.filter(id=customer.id).update(name=None)
