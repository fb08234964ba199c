"""The languages Vigil speaks, each with its names in the standards that meet here, and how a reader's wish finds one.

Codes are BCP 47 in our data and in HTML (`zh-Hans`), Django's own in its settings (`zh-hans`), CLDR's in Babel (`zh_Hans`).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Language:
    """One language, with what a page and a translator need to know of it."""

    code: str
    django_code: str
    babel: str
    own_name: str
    english_name: str
    script: str
    formality: str
    direction: Literal["ltr", "rtl"] = "ltr"
    clock24: bool = True
    is_pseudo: bool = False

    @property
    def locale_folder(self) -> str:
        """Tell the folder that Django looks for this language's catalogue in, as in `zh_Hans`."""
        head, _, tail = self.django_code.partition("-")
        if not tail:
            return head
        return f"{head}_{tail.upper() if len(tail) == _REGION else tail.title()}"


SOURCE_CODE = "en"
_REGION = 2  # letters: `XA` is a region, `Hans` a script

ELEVEN = (
    Language("en", "en", "en", "English", "English", "Latn", "plain and calm; contractions are fine, slang is not"),
    Language("zh-Hans", "zh-hans", "zh_Hans", "简体中文", "Chinese (simplified)", "Hans", "您 throughout, never 你"),
    Language("zh-Hant", "zh-hant", "zh_Hant", "繁體中文", "Chinese (traditional)", "Hant", "您 throughout; Taiwan's words"),
    Language("ru", "ru", "ru", "Русский", "Russian", "Cyrl", "вы: small in the interface, Вы in letters; fact first"),
    Language("vi", "vi", "vi", "Tiếng Việt", "Vietnamese", "Latn", "neutral bạn in the interface, anh/chị in letters"),
    Language("tr", "tr", "tr", "Türkçe", "Turkish", "Latn", "siz throughout; fact first"),
    # Brazil's Portuguese: most of its readers on an exchange; Portugal's words are a matter for agents.
    Language("pt", "pt", "pt_BR", "Português", "Portuguese (Brazil)", "Latn", "você throughout; empathy first"),
    Language("es", "es", "es", "Español", "Spanish", "Latn", "usted throughout; words that Spain and Latin America share"),
    Language("id", "id", "id", "Bahasa Indonesia", "Indonesian", "Latn", "Anda, always with a capital"),
    Language("ja", "ja", "ja", "日本語", "Japanese", "Jpan", "です・ます, no pronoun for the reader"),
    Language("ko", "ko", "ko", "한국어", "Korean", "Kore", "하십시오체 for notices, 해요체 in chat; never 당신"),
)
PSEUDO = (
    Language("en-XA", "en-xa", "en", "[Ènglîsh]", "Pseudo, 40 % longer", "Latn", "none", is_pseudo=True),
    Language("ar-XB", "ar-xb", "en", "[hsilgnE]", "Pseudo, right to left", "Arab", "none", direction="rtl", is_pseudo=True),
)

# For Django's LANGUAGES; the pseudo-locales exist only where settings add them.
LANGUAGES: tuple[tuple[str, str], ...] = tuple((each.django_code, each.own_name) for each in ELEVEN)
PSEUDO_LANGUAGES: tuple[tuple[str, str], ...] = tuple((each.django_code, each.own_name) for each in PSEUDO)

_BY_CODE = {each.code.lower(): each for each in (*ELEVEN, *PSEUDO)}

# What browsers, phones and old systems call our languages. Regions of Chinese choose a script; `in` was Indonesian until 1989.
_ALIASES = {
    "zh": "zh-hans",
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
    "zh-my": "zh-hans",
    "zh-chs": "zh-hans",
    "cmn": "zh-hans",
    "zh-tw": "zh-hant",
    "zh-hk": "zh-hant",
    "zh-mo": "zh-hant",
    "zh-cht": "zh-hant",
    "cmn-hans": "zh-hans",
    "cmn-hant": "zh-hant",
    "yue": "zh-hant",
    "in": "id",
}

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,7}")
_TAG_LENGTH = 64
# Real headers stay under 200 characters and 12 wishes; what lies beyond is not read, so that a hostile one costs nothing.
_HEADER_LENGTH = 500
_HEADER_WISHES = 20
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


def list_languages() -> tuple[Language, ...]:
    """List the languages that exist in this installation, in the order of the table."""
    return tuple(each for each in (*ELEVEN, *PSEUDO) if _exists(each))


def get_language(code: str) -> Language:
    """Get the language with exactly this BCP 47 code. Raises KeyError for any other."""
    language = find_language(code)
    if language is None or language.code != code:
        raise KeyError(code)
    return language


def find_language(any_form: str) -> Language | None:
    """Find the language that a tag means, in any spelling: `zh-CN`, `zh_TW.UTF-8`, `pt-BR`, `in-ID`, `zh-hans`."""
    if len(any_form) > _TAG_LENGTH:
        return None
    return next((language for language in _meant(any_form) if _exists(language)), None)


@lru_cache(maxsize=1024)
def _meant(any_form: str) -> tuple[Language, ...]:
    tag = re.split(r"[.@]", any_form.strip(), maxsplit=1)[0].replace("_", "-").lower()
    if not _TAG.fullmatch(tag):
        return ()
    parts = tag.split("-")
    # The longest beginning that we know wins: zh-hant-hk before zh, zh-hk before zh.
    starts = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    found = [_BY_CODE.get(_ALIASES.get(start, start)) for start in starts]
    return tuple(language for language in found if language is not None)


def negotiate(accept_language_header: str, default: str = SOURCE_CODE) -> str:
    """Choose the code of ours that a browser's `Accept-Language` likes best; `default` where it names none of ours.

    Wishes of equal weight count in the order written. A malformed or oversized header never raises.
    """
    best, best_weight = default, 0.0
    for wish in accept_language_header[:_HEADER_LENGTH].split(",")[:_HEADER_WISHES]:
        tag, _, rest = wish.partition(";")
        weight = _weight(rest)
        if weight <= best_weight:
            continue
        language = find_language(tag)
        if language is not None:
            best, best_weight = language.code, weight
    return best


def _weight(parameter: str) -> float:
    value = parameter.strip().lower()
    if not value:
        return 1.0
    name, _, number = value.partition("=")
    return float(number) if name.strip() == "q" and _QUALITY.fullmatch(number.strip()) else 0.0


def _exists(language: Language) -> bool:
    return not language.is_pseudo or (settings.configured and language.django_code in dict(settings.LANGUAGES))
