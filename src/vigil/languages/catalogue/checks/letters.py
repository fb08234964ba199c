"""Which letters may stand in which language."""

import re
import unicodedata
from collections.abc import Iterator

from vigil.languages.catalogue.checks.placeholders import bare
from vigil.languages.catalogue.names import Names
from vigil.languages.scripts import script_of

_OWN_SCRIPT = frozenset({"zh-Hans", "zh-Hant", "ja", "ko", "ru"})
_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ\u00c0-\u024f]+")
_LETTER = re.compile(r"[^\W\d_]")
_FORBIDDEN_SCRIPT = {"zh-Hans": "hant", "zh-Hant": "hans"}
_COMBINING_DOT = "\u0307"


def is_translated(source: str, text: str, code: str, names: Names) -> Iterator[str]:
    """Complain of a translation that is the English sentence, unless the list of names says why."""
    if text.strip() != source.strip() or names.may_equal(source, code):
        return
    if _LETTER.search(names.without(bare(source))):
        yield "is the English sentence"


def latin_stays_out(source: str, text: str, code: str, names: Names) -> Iterator[str]:
    """Complain of Latin words in a language with a script of its own, but for listed names."""
    if code not in _OWN_SCRIPT:
        return
    for word in _LATIN.findall(names.without(bare(text))):
        yield f"has Latin letters: {word}"


def chinese_script_is_right(source: str, text: str, code: str, names: Names) -> Iterator[str]:
    """Complain of traditional characters in simplified Chinese, and the other way round."""
    forbidden = _FORBIDDEN_SCRIPT.get(code)
    for letter in sorted({letter for letter in text if forbidden and script_of(letter) == forbidden}):
        yield f"has a character of the other script: {letter}"


def is_composed(source: str, text: str, code: str, names: Names) -> Iterator[str]:
    """Complain of decomposed letters: a search and a font see another letter than the reader."""
    if unicodedata.normalize("NFC", text) != text:
        yield "is not composed (NFC)"
    if code == "tr" and _COMBINING_DOT in text:
        yield "has an i with a loose dot, which a lower-cased İ leaves behind"
