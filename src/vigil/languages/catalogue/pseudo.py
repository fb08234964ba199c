"""Two languages nobody speaks, made from the English at compile time, to see what a page does to long or mirrored words.

Placeholders and tags stay as they are; everything else is changed so visibly that an untranslated word stands out.
"""

import re

from vigil.languages.table import Language

_KEPT = re.compile(r"(%\(\w+\)[sd]|%%|<[^>]*>|&\w+;|\{\w*\})")
_ACCENTED = str.maketrans(
    "aceginosuyzACEGINOSUYZ",
    "àçéğîñôšûýžÀÇÉĞÎÑÔŠÛÝŽ",
)
_GROWTH = 0.4
_FILLER = "one two three four five six seven eight nine ten "
# Hebrew letters make a browser set the words from the right, as it does for Arabic, in fonts every machine has.
_MIRRORED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "אבגדהוזחטיכלמנסעפצקרשתאבגדאבגדהוזחטיכלמנסעפצקרשתאבגד",
)


def pseudo(text: str, language: Language) -> str:
    """Put an English sentence into a pseudo-locale: `[Çlôšé one]`, or mirrored."""
    table = _MIRRORED if language.direction == "rtl" else _ACCENTED
    parts = _KEPT.split(text)
    changed = "".join(part if index % 2 else part.translate(table) for index, part in enumerate(parts))
    if language.direction == "rtl":
        return changed
    words = "".join(parts[::2])
    return _wrapped(changed, _filler(len(words)))


def _filler(length: int) -> str:
    wanted = int(length * _GROWTH)
    return (_FILLER * (wanted // len(_FILLER) + 1))[:wanted].strip()


def _wrapped(text: str, filler: str) -> str:
    inner = text.strip()
    if not inner:
        return text
    start = text.index(inner)
    return f"{text[:start]}[{inner}{' ' + filler if filler else ''}]{text[start + len(inner) :]}"
