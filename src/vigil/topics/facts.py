"""Facts as people see them: what each kind is called, and how a long one is cut."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vigil.identifiers import Fact

_NAMES: dict[str, str | Promise] = {
    "address": _("Address"),
    "amount": _("Amount"),
    "case_number": _("Case number"),
    "email": _("E-mail address"),
    "memo": _("Memo or tag"),
    "moment": _("Time"),
    "network": _("Network"),
    "order_id": _("Order number"),
    "pair": _("Trading pair"),
    "phone": _("Phone number"),
    "txid": "TXID",
    "uid": "UID",
}
# What these are shows by itself: an amount has its coin, a pair its slash.
_PLAIN = {"amount", "email", "moment", "network", "pair", "phone"}
_MOST_SHOWN, _HEAD, _TAIL = 20, 6, 6


def fact_name(kind: str) -> str:
    """Name a kind of fact in the active language."""
    return str(_NAMES.get(kind, kind))


def short(value: str) -> str:
    """Cut a long value in its middle: what people compare is how it begins and how it ends."""
    return value if len(value) <= _MOST_SHOWN else f"{value[:_HEAD]}…{value[-_TAIL:]}"


def named(fact: Fact) -> str:
    """Say a fact in a few letters, with the name of its kind where it does not show that itself."""
    value = short(fact.value)
    return value if fact.kind in _PLAIN else f"{fact_name(fact.kind)} {value}"


def each_once(facts: Iterable[Fact]) -> list[Fact]:
    """Leave out what was said before; the first to say it stays."""
    return list({(fact.kind, fact.value): fact for fact in reversed(list(facts))}.values())[::-1]
