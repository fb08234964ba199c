"""What exchanges number: orders, accounts, our own cases, and the memos that deposits need."""

import re
from collections.abc import Iterator

from vigil.identifiers.chains import CHAINS, WITH_MEMO
from vigil.identifiers.codes.base32 import CROCKFORD, crockford_check
from vigil.identifiers.facts import Fact
from vigil.identifiers.plain import Plain

_CASE = re.compile(r"(?i)(?<![0-9a-z])CS-([0-9a-z]{7})([0-9a-z*~$=])(?![0-9a-z])")
_MISREAD = str.maketrans("OIL", "011")
_SHAPED_ORDER = re.compile(r"(?<![0-9A-Za-z_])(?:C0\d__\d{18,22}|\d{18}X\d{1,4}|O[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{6})(?![0-9A-Za-z_])")
_LABELLED_ORDER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24}|\d{6,22}|[A-Z]{1,4}\d{8,20}|#\d{5,}", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z_.,+/@-])(?:\d{5,22}|[0-9A-Za-z]{24}|[A-Za-z]{1,4}\d{8,20}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?![0-9A-Za-z_@/-]|[.,]\d)"
)
# People write "UID48210377" too.
_GLUED = re.compile(r"(?i)(?<![a-z])(?:uid|id)(\d{5,18})(?![0-9a-z_@/-]|[.,]\d)")
_UID = re.compile(r"\d{5,18}")
_LONG = re.compile(r"\d{17,22}")
_MEMO = re.compile(r"(?<![0-9A-Za-z_.@-])(?=[0-9A-Za-z_-]{0,27}\d)[0-9A-Za-z][0-9A-Za-z_-]{1,27}(?![0-9A-Za-z_@%-]|[.,]\d)")
_LARGEST_TAG = 2**32 - 1


def find_cases(plain: Plain) -> Iterator[Fact]:
    """Find our own case numbers; letters that people misread are read as they were meant."""
    for case in _CASE.finditer(plain.words):
        body, check = case[1].upper().translate(_MISREAD), case[2].upper()
        if all(letter in CROCKFORD for letter in body):
            holds = crockford_check(body) in {check, check.translate(_MISREAD)}
            value = f"CS-{body}{crockford_check(body) if holds else check}"
            yield Fact("case_number", value, case.start(), case.end(), checked=holds, problem=None if holds else "checksum")


def find_orders(plain: Plain) -> Iterator[Fact]:
    """Find orders by forms that only orders have."""
    if "__" in plain.words or "-" in plain.words or "X" in plain.words:
        for order in _SHAPED_ORDER.finditer(plain.words):
            yield Fact("order_id", order[0], order.start(), order.end())


def find_numbers(plain: Plain) -> Iterator[Fact]:
    """Find orders and accounts whose numbers say nothing by themselves: the label beside them does.

    Numbers as long as only orders have need no label, unless it says that they are something else.
    """
    for number in _GLUED.finditer(plain.words):
        if plain.labels.naming(number.start(1), number.end(1)) == "uid":
            yield Fact("uid", number[1], number.start(1), number.end(1))
    for number in _NUMBER.finditer(plain.words):
        named = plain.labels.naming(number.start(), number.end())
        if named == "uid" and _UID.fullmatch(number[0]):
            yield Fact("uid", number[0], number.start(), number.end())
        elif (named == "order" and _LABELLED_ORDER.fullmatch(number[0])) or (named in {"", "tx"} and _LONG.fullmatch(number[0])):
            yield Fact("order_id", number[0], number.start(), number.end())


def find_memos(plain: Plain) -> Iterator[Fact]:
    """Find memos and tags, which are nothing without their label."""
    if plain.labels.has("memo"):
        networks = _networks_of_memo(plain)
        for memo in _MEMO.finditer(plain.words):
            if plain.labels.naming(memo.start(), memo.end()) == "memo":
                too_large = networks == ("xrp",) and memo[0].isdigit() and int(memo[0]) > _LARGEST_TAG
                yield Fact("memo", memo[0], memo.start(), memo.end(), networks, problem="length" if too_large else None)


_MEMO_WORDS = {word.lower(): key for key in WITH_MEMO for word in (*CHAINS[key].coins, *CHAINS[key].names, *CHAINS[key].doubtful)}
_WORD = re.compile(r"[0-9a-z]+")


def _networks_of_memo(plain: Plain) -> tuple[str, ...]:
    named = dict.fromkeys(_MEMO_WORDS[word] for word in _WORD.findall(plain.lower) if word in _MEMO_WORDS)
    return tuple(named) or WITH_MEMO
