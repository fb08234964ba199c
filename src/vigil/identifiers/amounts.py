"""Amounts: a figure and the money it counts, before or behind it."""

import re
from collections.abc import Iterator

from vigil.identifiers.coins import NAMES_PATTERN, SCALES, SCALES_PATTERN, WHOLE, money
from vigil.identifiers.facts import Fact
from vigil.identifiers.numbers import FIGURE, read_figure, scaled
from vigil.identifiers.plain import Plain

_FIGURE = re.compile(rf"(?<![0-9A-Za-z_.,#:/@+-])(?:\+|~|≈|-)?({FIGURE})")
_SCALE = re.compile(rf"\s?({SCALES_PATTERN})(?=\s|[^a-z\u0370-\u052f]|{NAMES_PATTERN})")
_BEHIND = re.compile(
    rf"\s{{0,2}}(?:({NAMES_PATTERN})(?![a-z\u0370-\u052f])|([0-9A-Za-z]{{1,10}})(?![0-9A-Za-z/_]|-[A-Za-z]))", re.IGNORECASE
)
_BEFORE = re.compile(rf"(?:(?<![0-9a-z\u0370-\u052f])({NAMES_PATTERN})|(?<![0-9A-Za-z/_$-])([A-Za-z]{{2,6}}))[ :]{{0,2}}\Z", re.IGNORECASE)
_SIGN_BEFORE = 12
_ASIAN = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_MOST_TRIED = 512


def find_amounts(plain: Plain) -> Iterator[Fact]:
    """Find amounts. The value is the figure with a dot, and the money's code: "1234.56 USDT".

    A figure that can mean two things ("1.234 USDT") comes as it was written, with the problem "ambiguous".
    """
    comma_groups: bool | None = None
    is_asked = False
    for tried, figure in enumerate(_FIGURE.finditer(plain.words)):
        if tried == _MOST_TRIED:
            return
        if not is_asked:
            comma_groups, is_asked = _groups_with_commas(plain), True
        yield from _amount(plain, figure, comma_groups)


def _groups_with_commas(plain: Plain) -> bool | None:
    """Guess from its letters how a text parts its thousands: the East does it with commas; beyond ASCII habits differ."""
    if _ASIAN.search(plain.words):
        return True
    return None


def _amount(plain: Plain, figure: re.Match[str], comma_groups: bool | None) -> Iterator[Fact]:
    text, start, end = figure[1], figure.start(1), figure.end(1)
    power = 0
    if scale := _SCALE.match(plain.lower, end):
        power, end = SCALES[scale[1]], scale.end()
    before = _BEFORE.search(plain.words, max(0, start - _SIGN_BEFORE), start)
    behind = _BEHIND.match(plain.words, end)
    code = money(behind[1] or behind[2]) if behind else None
    if code and behind:
        end = behind.end()
    elif before and (code := money(before[1] or before[2])):
        start = before.start()
    if not code:
        return
    try:
        value = read_figure(text, is_whole=code in WHOLE, comma_groups=_habit(plain, text, comma_groups))
    except ValueError:
        return
    if value is None:
        yield Fact("amount", f"{text} {code}", start, end, problem="ambiguous")
    else:
        yield Fact("amount", f"{scaled(value, power)} {code}", start, end)


def _habit(plain: Plain, figure: str, comma_groups: bool | None) -> bool | None:
    # In plain ASCII a comma before three digits is English; a dot there may be English or Indonesian.
    return True if comma_groups is None and "," in figure and plain.words.isascii() else comma_groups
