"""One character at a time, as the detectors see it: compatibility forms, accents, digits and the invisible."""

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
# Kana voicing marks are kept, as letters: without them different words of the Japanese list become the same. The
# dotless i is the one letter of the Turkish list that people type without noticing.
_LETTERS = {0x3099: "ﾞ", 0x309A: "ﾟ", 0x0131: "i"}
_MINUS = 0x2212
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
    point = ord(char)
    category = unicodedata.category(char)
    if category == "Cf" or point in _INVISIBLE or point in _ACCENTS:
        return ""
    if category in {"Pd", "Zs", "Nd"} or point == _MINUS:
        return "-" if category in {"Pd", "Sm"} else " " if category == "Zs" else str(unicodedata.decimal(char))
    unfolded = unicodedata.normalize("NFKD", char)
    if len(unfolded) > _LONGEST:
        return char
    return "".join(_LETTERS.get(ord(part), part) for part in unfolded if ord(part) not in _ACCENTS)


FOLDING = Folding()


def fold_word(word: str) -> str:
    """Fold a word of our own tables exactly as the text it will be looked up in, in lower case."""
    return word.translate(FOLDING).lower()
