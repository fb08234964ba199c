"""Whether an asking is taken back: by its own clause, by the one before it, or by the head of a list."""

from vigil.safety.replies.lexicon import Lexicon
from vigil.safety.replies.sentences import clause

_OVERHANG = 6


def is_negated(text: str, verb: tuple[int, int], parts: list[tuple[int, int]], lexicon: Lexicon) -> bool:
    """Say whether the verb's own clause takes it back, or one before it that ends in doing so ("never, ever, send")."""
    start, end = clause(parts, verb[0])
    if negation(text, start, end if lexicon.order == "behind" else verb[0], lexicon):
        return True
    before = [part for part in parts if part[1] <= start] if lexicon.order != "behind" else []
    if before and any(found.end() >= before[-1][1] - 2 for found in lexicon.negations.finditer(text, *before[-1])):
        return True
    return _is_listed(text, (parts[0][0], verb[0], parts[-1][1]), lexicon)


def _is_listed(text: str, places: tuple[int, int, int], lexicon: Lexicon) -> bool:
    """Say whether a verb stands in a list of what is never asked for: "we never ask to share a screen, to pay a fee, to send a code"."""
    start, verb, end = places
    if lexicon.order == "behind":
        return lexicon.reports.search(text, start, end) is not None and negation(text, verb, end, lexicon)
    for told in lexicon.reports.finditer(text, start, verb):
        if (
            negation(text, start, told.start(), lexicon)
            and not lexicon.please.search(text, told.end(), verb)
            and not lexicon.breaks.search(text, told.end(), verb)
        ):
            return True
    return False


def negation(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Say whether something that takes back begins between two places, perhaps as the first letters of a verb ("不" of "不需要")."""
    apart = [found.span() for found in lexicon.no_negations.finditer(text, start)]
    found = (each.start() for each in lexicon.negations.finditer(text, start, min(len(text), end + _OVERHANG)) if each.start() < end)
    return any(not any(begin <= first < over for begin, over in apart) for first in found)
