"""One character at a time, as recognisers see it: compatibility forms, accents, digits and what cannot be seen."""

import unicodedata

_ACCENTS = range(0x0300, 0x0370)
_INVISIBLE = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
_LETTERS = {"ı": "i", "đ": "d", "Đ": "D"}
_LONGEST = 4
_REMEMBERED = 30_000


class Folding(dict[int, str]):
    """A table for str.translate that fills itself, up to a bound, with the characters that occur."""

    def __missing__(self, point: int) -> str:
        """Fold one code point to zero to four characters."""
        folded = self[point] = _fold(chr(point))
        if len(self) > _REMEMBERED:
            self.clear()
        return folded


def _fold(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    category = unicodedata.category(char)
    if category == "Cf" or ord(char) in _INVISIBLE or ord(char) in _ACCENTS:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category in {"Pd", "Zs"} or char == "\u2212":
        return " " if category == "Zs" else "-"
    unfolded = unicodedata.normalize("NFKD", char)
    if len(unfolded) > _LONGEST:
        return char
    return "".join(part for part in unfolded if ord(part) not in _ACCENTS)


FOLDING = Folding()


def fold(words: str) -> str:
    """Fold words of our own tables exactly as the texts they are looked for in, in lower case."""
    return words.translate(FOLDING).lower()


def cut(*lines: str) -> tuple[str, ...]:
    """Cut the lines of a table at their |."""
    return tuple(word for line in lines for word in line.split("|"))


def folded(*lines: str) -> tuple[str, ...]:
    """Cut the lines of a table and fold its words; each once, in order."""
    return tuple(dict.fromkeys(fold(word) for word in cut(*lines)))
