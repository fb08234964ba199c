"""One character at a time, as recognisers see it: compatibility forms, accents, digits and what cannot be seen."""

import unicodedata

_ACCENTS = range(0x0300, 0x0370)
_INVISIBLE = {
    0x034F,
    0x115F,
    0x1160,
    0x17B4,
    0x17B5,
    0x3164,
    0xFFA0,
    *range(0x180B, 0x1810),
    *range(0xFE00, 0xFE10),
    *range(0xE0100, 0xE01F0),
}
# Kana voicing marks are kept, as letters: without them different words of a Japanese list become the same. The others are
# letters that people leave out or type without noticing.
_LETTERS = {0x3099: "ﾞ", 0x309A: "ﾟ", 0x0131: "i", 0x0111: "d", 0x0110: "D"}
_LONGEST = 4  # A character that unfolds into a sentence stays as it is: it hides nothing, and costs time.
_REMEMBERED = 30_000


class Folding(dict[int, str]):
    """A table for str.translate that fills itself, up to a bound, with the characters that occur."""

    def __missing__(self, point: int) -> str:
        """Fold one code point to zero to four characters."""
        folded = self[point] = _fold(chr(point))
        if len(self) > _REMEMBERED:
            # Full of what somebody sent once, perhaps on purpose: ordinary words are soon back.
            self.clear()
        return folded


def _fold(char: str) -> str:
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
    return "".join(_LETTERS.get(ord(part), part) for part in unfolded if ord(part) not in _ACCENTS)


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
