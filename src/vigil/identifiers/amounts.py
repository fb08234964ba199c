"""Amounts: a figure and the money it counts, before or behind it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from vigil.identifiers.coins import FIAT, IMPLIED, NAMES_PATTERN, QUOTES, SCALES, SCALES_PATTERN, SIGNS_PATTERN, money, ticker
from vigil.identifiers.facts import Fact
from vigil.identifiers.numbers import FIGURE, read_figure, scaled
from vigil.identifiers.plain import Plain

_FIGURE = re.compile(rf"(?<![0-9A-Za-z_.,#:/@+-])(?:\+|~|≈|-)?({FIGURE})")
_SCALE = re.compile(
    rf"\s?({SCALES_PATTERN})({SCALES_PATTERN})?"
    rf"(?:(?<![a-z\u0370-\u052f])|(?![0-9a-z\u0370-\u052f])|(?=(?:usdt|usdc|usd|btc|eth|{NAMES_PATTERN})(?![a-z\u0370-\u052f])))"
)
_IS_EASTERN = re.compile(r"[^a-z\u0370-\u052f]")
_SMALLER = re.compile(r"\s?(\d{1,4})")
_BEHIND = re.compile(
    rf"\s{{0,2}}[个個颗顆枚]?\s?(?:({NAMES_PATTERN})(?![0-9a-z\u0370-\u052f])|([0-9A-Za-z]{{1,10}})(?![0-9A-Za-z]|[/_-](?:{'|'.join(QUOTES)})))",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?:(?<![0-9a-z\u0370-\u052f])({SIGNS_PATTERN})|(?<![0-9A-Za-z/_$-])([A-Za-z]{{3,6}}))[ :]{{0,2}}\Z", re.IGNORECASE)
_SIGN_BEFORE = 12
_ASIAN = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
_ENGLISH = re.compile(r"(?<![a-z])(?:the|my|have|please|you|was|this|from|with|sent)(?![a-z])")
# One letter that means money only as it is written here, close to its figure.
_LETTERS = {"u": "uU", "d": "đĐ"}
_GOES_ON = re.compile(r"[0-9A-Za-z\u0370-\u052f]")
_MOST_TRIED = 512


def find_amounts(plain: Plain) -> Iterator[Fact]:
    """Find amounts. The value is the figure with a dot, and the money's code: "1234.56 USDT".

    A figure that can mean two things ("1.234 USDT") comes as it was written, with the problem "ambiguous".
    """
    habit = None
    for tried, figure in enumerate(_FIGURE.finditer(plain.words)):
        if tried == _MOST_TRIED:
            return
        habit = habit or _Habit(plain)
        yield from _amount(plain, figure, habit)


class _Habit:
    """How the writer of a text parts thousands: the East and the English do it with commas, with others one cannot know."""

    def __init__(self, plain: Plain) -> None:
        is_plain = not plain.has_letters_beyond_ascii
        is_english = is_plain and bool(_ENGLISH.search(plain.lower))
        self.comma_groups = True if is_english or _ASIAN.search(plain.words) else None
        # Without an accent anywhere the text is English, or copied from a screen that is.
        self.for_commas = True if is_plain else self.comma_groups

    def of(self, figure: str) -> bool | None:
        return self.for_commas if "," in figure else self.comma_groups


def _amount(plain: Plain, figure: re.Match[str], habit: _Habit) -> Iterator[Fact]:
    count = _count(plain, figure)
    code, start, end = _money_of(plain, figure.start(1), count)
    if not code:
        return
    try:
        # A fraction of three digits is never meant where parts are hundredths.
        value = count.value(is_whole=code in FIAT, comma_groups=habit.of(figure[1]))
    except ValueError:
        return
    if value is None:
        yield Fact("amount", f"{plain.written(figure.start(1), count.end)} {code}", start, end, problem="ambiguous")
    else:
        yield Fact("amount", f"{value} {code}", start, end)


def _money_of(plain: Plain, start: int, count: "_Count") -> tuple[str | None, int, int]:
    behind = _BEHIND.match(plain.words, count.end)
    if behind and (code := _money_behind(plain, behind)):
        return code, start, behind.end()
    before = _BEFORE.search(plain.words, max(0, start - _SIGN_BEFORE), start)
    if before and not _GOES_ON.match(plain.words, count.end) and (code := _money_before(plain, before)):
        return code, before.start(), count.end
    return IMPLIED.get(count.word), start, count.end


class _Count(NamedTuple):
    """A figure with the words for thousands behind it, or several of them ("1만 2천"), and where it ends."""

    parts: list[tuple[str, int]]
    word: str
    end: int

    def value(self, *, is_whole: bool, comma_groups: bool | None) -> str | None:
        is_whole = is_whole and not self.parts[0][1]
        figures = [(read_figure(figure, is_whole=is_whole, comma_groups=comma_groups), power) for figure, power in self.parts]
        known = [scaled(figure, power) for figure, power in figures if figure is not None]
        if len(known) < len(figures):
            return None
        return known[0] if len(known) == 1 else format(sum(map(Decimal, known)), "f")


def _count(plain: Plain, figure: re.Match[str]) -> _Count:
    parts: list[tuple[str, int]] = []
    word = ""
    part: re.Match[str] | None = figure
    end = figure.end(1)
    while part:
        scale = _SCALE.match(plain.lower, part.end(1))
        power = SCALES[scale[1]] + (SCALES[scale[2]] if scale[2] else 0) if scale else 0
        if parts and power >= parts[-1][1]:
            break
        parts.append((part[1], power))
        word, end = (scale[1], scale.end()) if scale else ("", part.end(1))
        part = _SMALLER.match(plain.words, end) if scale and _IS_EASTERN.match(scale[1]) else None
    return _Count(parts, word, end)


def _money_before(plain: Plain, before: re.Match[str]) -> str | None:
    # One sign for two moneys: whoever writes kana means yen.
    if before[1] == "¥" and _KANA.search(plain.words):
        return "JPY"
    return money(before[1]) if before[1] else ticker(before[2])


def _money_behind(plain: Plain, behind: re.Match[str]) -> str | None:
    word = behind[1] or behind[2]
    if len(word) == 1 and word.lower() in _LETTERS and plain.written(behind.start(), behind.end()) not in tuple(_LETTERS[word.lower()]):
        return None
    return money(word)
