"""Sentences on their way to a script: whole, translated on the server, with every plural form the reader's language has."""

from functools import cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, ngettext, to_locale

# Enough numbers to meet every plural category that CLDR gives whole numbers in any language.
_SAMPLES = (*range(201), 1_000_000)


@cache
def _sample_of_each_category(language: str) -> dict[str, int]:
    rule = _locale(language).plural_form
    samples: dict[str, int] = {}
    for number in _SAMPLES:
        samples.setdefault(str(rule(number)), number)
    return samples


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(to_locale(language), sep="_")
    except UnknownLocaleError:
        # A pseudo-locale, en-XA or ar-XB: the browser counts in it as in the language it is made of.
        return Locale.parse(language.partition("-")[0])


def plural_forms(singular: str, plural: str, language: str | None = None) -> dict[str, str]:
    """Give the sentence by CLDR plural category (one, few, many, other …) in the active language, its placeholder untouched.

    A script chooses among them with `Intl.PluralRules`; see `say` in look/js/words.js.
    """
    samples = _sample_of_each_category(language or get_language() or "en")
    forms = {category: ngettext(singular, plural, number) for category, number in samples.items()}
    forms.setdefault("other", ngettext(singular, plural, _SAMPLES[-1]))
    return forms
