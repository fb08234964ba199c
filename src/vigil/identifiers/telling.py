"""Facts as plain values, for programs that read them: one spelling for each, and whether it adds up."""

import re
from typing import Any

from vigil.identifiers.addresses.judging import judge_address
from vigil.identifiers.canonical import canonical
from vigil.identifiers.facts import Fact
from vigil.identifiers.reading import read_facts

# What a program asks for by name; names of chains and moments are told as parts of these or to people only.
KINDS = frozenset({"address", "txid", "order_id", "uid", "pair", "amount", "memo", "phone", "email", "case_number"})
# A text that is nothing but one code. In a sentence "0.0.1" is a version; alone it can only be meant as an account.
_ALONE = re.compile(r"\s*([0-9A-Za-z.:_-]{4,128})\s*")


def tell_facts(text: str) -> list[dict[str, Any]]:
    """List the facts of `text` in order of place, as values that JSON can hold.

    Each has kind, value (as it is written in the text), canonical (None where the text does not say enough for one),
    chains (likeliest first), checksum ("ok", "failed", or "none" where the kind has no check) and its place.
    """
    facts = [fact for fact in read_facts(text) if fact.kind in KINDS]
    return [_told(fact, text) for fact in facts or _alone(text)]


def _alone(text: str) -> list[Fact]:
    code = _ALONE.fullmatch(text)
    verdict = judge_address(code[1]) if code else None
    if not code or not verdict:
        return []
    return [Fact("address", verdict.value, code.start(1), code.end(1), verdict.networks, verdict.checked, verdict.problem)]


def _told(fact: Fact, text: str) -> dict[str, Any]:
    return {
        "kind": fact.kind,
        "value": text[fact.start : fact.end],
        "canonical": canonical(fact, text),
        "chains": list(fact.networks),
        "checksum": _checksum(fact),
        "start": fact.start,
        "end": fact.end,
    }


def _checksum(fact: Fact) -> str:
    if fact.checked:
        return "ok"
    return "failed" if fact.problem in {"checksum", "length", "character"} and fact.kind in {"address", "case_number"} else "none"
