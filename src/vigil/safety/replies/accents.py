"""A copy of a text that keeps its accents, for languages in which they make the word: compatibility forms, one case, nothing unseen."""

import re
import unicodedata

_CLUSTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")


class Accented:
    """The copy, place for place like `identifiers.plain.Plain`."""

    def __init__(self, text: str) -> None:
        """Copy `text` in small letters, in time linear in its length."""
        letters: list[str] = []
        self._places: list[tuple[int, int]] = []
        for cluster in _CLUSTER.finditer(text):
            for char in composed(cluster[0]):
                letters.append(char)
                self._places.append(cluster.span())
        self.lower = "".join(letters)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Find where a piece of the copy stands in the text that was given."""
        return self._places[start][0], self._places[end - 1][1]


def composed(words: str) -> str:
    """Write words in small letters with their accents, and without what cannot be seen."""
    plain = unicodedata.normalize("NFKC", words).lower()
    return "".join(" " if char.isspace() and char != "\n" else char for char in plain if unicodedata.category(char) != "Cf")
