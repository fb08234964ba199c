"""Finds addresses in a text: cuts it into codes and asks the judges about each."""

import re
from collections.abc import Iterator

from vigil.identifiers.addresses.base58check import judge_base58check
from vigil.identifiers.addresses.evm import judge_evm
from vigil.identifiers.addresses.verdicts import Verdict
from vigil.identifiers.facts import Fact
from vigil.identifiers.plain import Plain

_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{25,110}(?![0-9A-Za-z])")


def find_addresses(plain: Plain) -> Iterator[Fact]:
    """Find addresses, those with typing errors too."""
    for code in _CODE.finditer(plain.words):
        verdict = judge(code[0])
        if verdict:
            yield Fact("address", verdict.value, code.start(), code.end(), verdict.networks, verdict.checked, verdict.problem)


def judge(code: str) -> Verdict | None:
    """Say what address a code is, if any."""
    return judge_evm(code) or (judge_base58check(code) if len(code) < 36 else None)
