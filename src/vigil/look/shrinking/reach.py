"""Says how far a name within a function reaches, so that another may be called the same elsewhere."""

from collections.abc import Sequence

from vigil.look.shrinking.reading import CLOSE, OPEN, Token

_DECLARES = {"const", "let", "class", "function"}


class Reach:
    """The brackets of a script, and what stands between them."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._around: list[tuple[int, ...]] = []  # of each token, the brackets that are open there, the outermost first
        self._end: dict[int, int] = {-1: len(tokens)}
        self._breaks: dict[int, list[int]] = {-1: []}  # of each bracket, the commas and semicolons directly in it
        self._read()

    def of(self, places: Sequence[int]) -> range:
        """Give the tokens within which a name holds that stands at these places: rather too many than too few."""
        inner = self._common(places)
        begin, end = inner, self._end[inner]
        if len(places) > 1 and not self._is_list_of_parameters(inner) and not any(self._is_declared_in(inner, each) for each in places):
            breaks = self._breaks[inner]
            begin = max((each for each in breaks if each < places[0]), default=begin)
            end = min((each for each in breaks if each > places[-1]), default=end)
        return range(begin, end)

    def _read(self) -> None:
        open_now: list[int] = []
        for place, token in enumerate(self._tokens):
            if token.text in CLOSE or (token.kind == "template" and token.text.startswith("}")):
                self._end[open_now.pop()] = place
            self._around.append(tuple(open_now))
            if token.text in {";", ","}:
                self._breaks[open_now[-1] if open_now else -1].append(place)
            if token.text in OPEN or token.text.endswith("${"):
                open_now.append(place)
                self._breaks[place] = []

    def _common(self, places: Sequence[int]) -> int:
        first, last = (self._around[end] for end in (places[0], places[-1]))
        inner = -1
        for one, other in zip(first, last, strict=False):
            if one != other:
                break
            inner = one
        return inner

    def _is_declared_in(self, inner: int, place: int) -> bool:
        """Tell whether a declaration directly in these brackets makes the name: then all of them are its own."""
        around = self._around[place]
        depth = around.index(inner) + 1 if inner in around else 0
        # In a pattern, what counts is what stands before it.
        before = self._tokens[(around[depth] if len(around) > depth else place) - 1].text
        return before in _DECLARES or (len(around) == depth and before == ",")

    def _is_list_of_parameters(self, inner: int) -> bool:
        end = self._end[inner] + 1
        return inner >= 0 and end < len(self._tokens) and self._tokens[end].text == "=>"
