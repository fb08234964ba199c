"""How people write figures: which of dot, comma, space and apostrophe parts the thousands, and which begins the fraction."""

import re

FIGURE = r"\d+(?:[.,'’ ]\d+)*"
_GROUPED = re.compile(r"\d{1,3}(?:([.,'’ ])\d{3})(?:\1\d{3})*(?:([.,])(\d+))?")
_PLAIN = re.compile(r"(\d+)(?:[.,](\d+))?")
_MANY = 22


def read_figure(figure: str, *, is_whole: bool = False, comma_groups: bool | None = None) -> str | None:
    """Write a figure with a dot before its fraction and nothing between its thousands; None when it can mean two things.

    `is_whole` says that what is counted has no parts. `comma_groups` says that the text around parts thousands with
    commas (True) or dots (False), where that is known. Raises ValueError when it is no figure at all.
    """
    grouped = _GROUPED.fullmatch(figure)
    if grouped and not figure.startswith("0"):
        separator, once = grouped[1], figure.count(grouped[1]) == 1
        if separator in ".," and grouped[2] == separator:
            raise ValueError(figure)
        if separator in ".," and once and not grouped[2] and not is_whole:
            return _doubtful(figure, separator, comma_groups)
        return _digits(figure[: grouped.start(2)] if grouped[2] else figure, grouped[3])
    simple = _PLAIN.fullmatch(figure)
    if not simple or len(figure) > 2 * _MANY:
        raise ValueError(figure)
    return _digits(simple[1], simple[2])


def _doubtful(figure: str, separator: str, comma_groups: bool | None) -> str | None:
    if comma_groups is None:
        return None
    if (separator == ",") == comma_groups:
        return _digits(figure, None)
    whole, fraction = figure.split(separator)
    return _digits(whole, fraction)


def _digits(whole: str, fraction: str | None) -> str:
    left = re.sub(r"\D", "", whole).lstrip("0") or "0"
    return f"{left}.{fraction}" if fraction else left


def scaled(figure: str, power: int) -> str:
    """Move the dot of a plain figure `power` places to the right."""
    if not power:
        return figure
    whole, _, fraction = figure.partition(".")
    moved = fraction.ljust(power, "0")
    rest = moved[power:].rstrip("0")
    left = (whole + moved[:power]).lstrip("0") or "0"
    return f"{left}.{rest}" if rest else left
