"""What letters and words say about a text's language; judgement on plain values.

Five of eleven languages own a script; Vietnamese and Turkish own letters; what is left is told apart by its words. The
customer's own choice always wins over a guess, and the callers see to that.
"""

import re
import unicodedata

from vigil.languages.latin import guess_latin
from vigil.languages.scripts import chinese_script, may_be_japanese

_READ = 4000  # characters: more of a text does not change the answer
_READ_OF_WORDS = 1000

# Links, addresses, hashes, numbers and tickers are noise: an address looks English, "USDT TRC20" Vietnamese.
_LONG_TOKEN = re.compile(r"https?://\S+|[^\s@]+@[^\s@]+|0x[0-9a-fA-F]{6,}|\b[0-9A-Za-z]{16,}\b|\d+", re.ASCII)
_TICKER = re.compile(r"\b[A-Z][A-Z0-9]{1,11}\b(?:[/_-][A-Z0-9]{2,12}\b)*", re.ASCII)

_HANGUL = re.compile(r"[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
# Letters Russian does not have: Ukrainian, Belarusian, Serbian, Macedonian, Kazakh, Kyrgyz, Tatar, Tajik.
_NOT_RUSSIAN = re.compile(r"[іїєґўђјљњћџѓќѕәғқңөұүһӣӯҷҳ]", re.IGNORECASE)
_VIETNAMESE = re.compile(r"[ơưƠƯ\u1ea0-\u1ef9]")
_TURKISH_SURE = re.compile(r"[ğıİĞ]")
_TURKISH = re.compile(r"[şŞçÇöÖüÜ]")
# Azerbaijani, Kurdish and Romanian write ş too.
_NOT_TURKISH = re.compile(r"[əƏêîăâțșȚȘ]")
# One Han or Hangul character says about as much as three Latin letters.
_LATIN_WEIGHT = 3
# A lone の decorates Chinese shop signs; Japanese writes at least every seventh character in kana.
_JAPANESE_KANA = 0.15
_CHINESE = ("zh-Hans", "zh-Hant")
# One foreign letter is a slip of the keyboard or an emoticon.
_ENOUGH = 2


def guess(text: str) -> str | None:
    """Guess the code of the language `text` is written in, from its letters alone; None where they do not settle it."""
    return _by_letters(_without_noise(text))


def guess_language(text: str, likely: str = "") -> str | None:
    """Guess the code of the language `text` is written in, from its letters and, in Latin letters, its words.

    Chinese that shows neither of its scripts is in that of `likely`, else simplified. None where a text is too short, could be
    of two languages, or is of none of the eleven. Only the first 1,000 characters are read.
    """
    letters = _without_noise(text[:_READ_OF_WORDS])
    found = _by_letters(letters)
    if found:
        return found
    if _is_chinese(letters):
        return likely if likely in _CHINESE else _CHINESE[0]
    return guess_latin(letters) if _has_latin_alone(letters) else None


def is_latin(text: str) -> bool:
    """Say whether words are in Latin letters alone; addresses, hashes and tickers are no words."""
    return _has_latin_alone(_without_noise(text))


def _has_latin_alone(letters: str) -> bool:
    return bool(_LATIN.search(letters)) and not any(script.search(letters) for script in (_HANGUL, _KANA, _HAN, _CYRILLIC))


def _by_letters(letters: str) -> str | None:
    cjk = len(_HAN.findall(letters)) + len(_KANA.findall(letters))
    counts = {
        "hangul": len(_HANGUL.findall(letters)),
        "cjk": cjk,
        "cyrillic": len(_CYRILLIC.findall(letters)),
        "latin": len(_LATIN.findall(letters)) / _LATIN_WEIGHT,
    }
    winner = max(counts, key=lambda name: counts[name])
    if not counts[winner]:
        return None
    if winner == "hangul":
        return "ko"
    if winner == "cjk":
        return _japanese_or_chinese(letters)
    return _russian(letters) if winner == "cyrillic" else _vietnamese_or_turkish(letters)


def _without_noise(text: str) -> str:
    start = unicodedata.normalize("NFC", text[:_READ])
    return _TICKER.sub(" ", _LONG_TOKEN.sub(" ", start))


def _japanese_or_chinese(letters: str) -> str | None:
    kana, han = len(_KANA.findall(letters)), len(_HAN.findall(letters))
    if kana and kana / (kana + han) >= _JAPANESE_KANA:
        return "ja"
    return chinese_script(letters)


def _is_chinese(letters: str) -> bool:
    han = _HAN.findall(letters)
    return bool(han) and not _KANA.search(letters) and not _HANGUL.search(letters) and not all(map(may_be_japanese, han))


def _russian(letters: str) -> str | None:
    return None if _NOT_RUSSIAN.search(letters) or len(_CYRILLIC.findall(letters)) < _ENOUGH else "ru"


def _vietnamese_or_turkish(letters: str) -> str | None:
    if _VIETNAMESE.search(letters):
        return "vi"
    if _NOT_TURKISH.search(letters):
        return None
    sure = _TURKISH_SURE.search(letters) or ("ş" in letters.lower() and len(_TURKISH.findall(letters)) >= _ENOUGH)
    return "tr" if sure else None
