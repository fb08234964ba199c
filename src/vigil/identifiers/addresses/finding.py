"""Finds addresses in a text: cuts it into codes and asks the judge about each."""

import re
from collections.abc import Iterator

from vigil.identifiers.addresses.judging import judge_address
from vigil.identifiers.addresses.verdicts import Verdict
from vigil.identifiers.facts import Fact
from vigil.identifiers.plain import Plain

_LONG = re.compile(r"[0-9A-Za-z_/+-]{25}")
_SPELLED = re.compile(
    r"(?<![0-9A-Za-z_/+-])(?:"
    r"[EUk0]Q[0-9A-Za-z_/+-]{46}|(?:0|-1):[0-9a-fA-F]{64}|(?:bitcoincash|bchtest|ecash):[0-9A-Za-z]{42}|kaspa:[0-9a-z]{61,63}"
    r"|(?:nano|xrb)_[0-9a-z]{60}|[XP]-avax1[0-9a-z]{38}|(?:addr|stake)_test1[0-9a-z]{50,110}"
    r")(?![0-9A-Za-z_+-])"
)
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{8,128}(?![0-9A-Za-z])")
_SHORTEST, _LONGEST = 25, 110
_DIGIT = re.compile(r"[0-9]")
_SPLIT = {" ", "\n", "\r\n"}
_NAMED = re.compile(
    r"(?<![0-9A-Za-z_.@-])(?:0\.0\.[1-9]\d{2,11}(?:-[a-z]{5})?|[0-9a-z][0-9a-z_-]{1,60}\.near)(?![0-9A-Za-z_@-]|\.[0-9A-Za-z])"
)


def find_addresses(plain: Plain) -> Iterator[Fact]:
    """Find addresses, those with typing errors too."""
    yield from _spelled(plain.words)
    yield from _codes(plain.words)


def _spelled(words: str) -> Iterator[Fact]:
    shapes = ((_SPELLED, bool(_LONG.search(words))), (_NAMED, "0.0." in words or ".near" in words))
    for shape in (shape for shape, may_occur in shapes if may_occur):
        for code in shape.finditer(words):
            if verdict := judge_address(code[0]):
                yield _fact(verdict, code.start(), code.end())


def _codes(words: str) -> Iterator[Fact]:
    before: re.Match[str] | None = None
    for code in _CODE.finditer(words):
        verdict = judge_address(code[0]) if code.end() - code.start() >= _SHORTEST else None
        if verdict is None or verdict.problem:
            joined = _joined(words, before, code)
            if joined and before:
                yield _fact(joined, before.start(), code.end())
                before = None
                continue
        if verdict and not (verdict.problem and _is_part(words, code)):
            yield _fact(verdict, code.start(), code.end())
        before = code


def _is_part(words: str, code: re.Match[str]) -> bool:
    """Say whether a code is a piece of something longer, such as a link, of which nobody expects that it adds up."""
    around = words[max(0, code.start() - 1) : code.start()] + words[code.end() : code.end() + 1]
    return any(char in "/-_=+&%" for char in around)


def _joined(words: str, before: re.Match[str] | None, code: re.Match[str]) -> Verdict | None:
    """Read two pieces as one address that a line's end or a space has cut; believed only when the checksum holds."""
    if not before or words[before.end() : code.start()] not in _SPLIT or not _DIGIT.search(before[0]) or not _DIGIT.search(code[0]):
        return None
    whole = before[0] + code[0]
    verdict = judge_address(whole) if _SHORTEST <= len(whole) <= _LONGEST else None
    return verdict if verdict and verdict.checked else None


def _fact(verdict: Verdict, start: int, end: int) -> Fact:
    return Fact("address", verdict.value, start, end, verdict.networks, verdict.checked, verdict.problem)
