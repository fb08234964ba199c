"""From a number as people write it at home to the one that can be dialled from anywhere."""

import re
from typing import NamedTuple

from vigil.identifiers.folding import fold

_SHORTEST, _LONGEST = 8, 15


class _Land(NamedTuple):
    """How mobile numbers of a land are written there, what of it is dropped abroad, and the words that speak for the land."""

    code: str
    at_home: re.Pattern[str]
    dropped: str
    says_so: re.Pattern[str]


def _land(code: str, at_home: str, dropped: str, says_so: str) -> _Land:
    return _Land(code, re.compile(at_home), dropped, re.compile(says_so))


# The form alone is never enough: the same digits are a number in several lands. A script or a word must speak for one.
_LANDS = (
    _land("81", r"0[789]0\d{8}", "0", "[\u3040-\u30ff]|番号|携帯"),
    _land("82", r"01[016789]\d{7,8}", "0", "[\u1100-\u11ff\uac00-\ud7a3]"),
    _land("86", r"1[3-9]\d{9}", "", "[\u4e00-\u9fff]"),
    _land("886", r"09\d{8}", "0", "[\u4e00-\u9fff]"),
    _land("7", r"8[79]\d{9}", "8", "[\u0400-\u04ff]"),
    _land("7", r"9\d{9}", "", "[\u0400-\u04ff]"),
    _land("84", r"0[35789]\d{8}", "0", r"(?<![a-z])(?:dien thoai|sdt|so)(?![a-z])"),
    _land("90", r"05\d{9}", "0", r"(?<![a-z])(?:telefon|cep|numara)"),
    _land("90", r"5\d{9}", "", r"(?<![a-z])(?:telefonum|cep|numaram)"),
    _land("55", r"0?[1-9]{2}9\d{8}", "0", r"(?<![a-z])(?:celular|telefone|whatsapp|meu|numero)(?![a-z])"),
    _land("34", r"[67]\d{8}", "", r"(?<![a-z])(?:telefono|movil|mi|numero)(?![a-z])"),
    _land("62", r"08\d{8,11}", "0", r"(?<![a-z])(?:hp|telepon|nomor|no)(?![a-z])"),
)


def international(value: str, text: str) -> str | None:
    """Write `value`, digits perhaps after a +, as E.164; None when neither it nor `text` around it says of which land it is."""
    if value.startswith("+"):
        return value if _SHORTEST <= len(value) - 1 <= _LONGEST else None
    # Folding parts a Korean syllable into its letters and takes accents away; the words above are written so.
    around = fold(text)
    for land in _LANDS:
        if land.at_home.fullmatch(value) and land.says_so.search(around):
            return f"+{land.code}{value.removeprefix(land.dropped)}"
    return None
