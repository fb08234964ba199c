"""Whether every sentence says in every language what it says in English; the build fails on each problem found."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py
from pathlib import Path

from vigil.languages.catalogue.checks import RULES
from vigil.languages.catalogue.checks.letters import is_translated, latin_stays_out
from vigil.languages.catalogue.checks.placeholders import placeholders_in
from vigil.languages.catalogue.collecting import SOURCE_ROOT, find_sentences
from vigil.languages.catalogue.names import Names, load_names
from vigil.languages.catalogue.pofile import LOCALE_ROOT, PLURAL_FORMS, TRANSLATED, Catalogue, Key, Sentence, read

_COUNTED = 1000  # beyond that the forms of our languages repeat


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with one translation."""

    language: str
    msgid: str
    complaint: str
    context: str = ""

    def __str__(self) -> str:
        where = f" ({self.context})" if self.context else ""
        return f"{self.language}: {self.msgid[:80]!r}{where} {self.complaint}"


def check(root: Path = LOCALE_ROOT, source: Path = SOURCE_ROOT, names: Names | None = None) -> list[Problem]:
    """List every problem of every catalogue against the sentences of the source, sorted; an empty list is good."""
    known, found = names or load_names(), find_sentences(source)
    problems = {problem for language in TRANSLATED for problem in check_catalogue(read(language, root), found, known)}
    return sorted(problems)


def check_catalogue(catalogue: Catalogue, found: dict[Key, Sentence], names: Names) -> Iterator[Problem]:
    """Find the problems of one language."""
    code = catalogue.language.code
    if catalogue.plural_forms != PLURAL_FORMS[code]:
        yield Problem(code, "", f"has the plural forms {catalogue.plural_forms}, not {PLURAL_FORMS[code]}")
        return
    for key in sorted({*catalogue.unused, *(catalogue.sentences.keys() - found.keys())}):
        yield Problem(code, key.msgid, "is no longer said anywhere", key.context)
    for key, sentence in found.items():
        for complaint in _complaints(sentence, catalogue.sentences.get(key), code, names):
            yield Problem(code, key.msgid, complaint, key.context)


def stale_names(root: Path = LOCALE_ROOT, names: Names | None = None) -> list[str]:
    """List the entries of the list of names that no translation needs any more."""
    known = names or load_names()
    texts = [
        (language.code, sentence.key.msgid, form)
        for language in TRANSLATED
        for sentence in read(language, root).sentences.values()
        for form in sentence.forms
    ]
    stale = []
    for name in known.names:
        others = Names(tuple(each for each in known.names if each != name), known.same)
        if not any(_needs(code, msgid, form, others) for code, msgid, form in texts if name.text in form):
            stale.append(name.text)
    for same in known.same:
        unneeded = same.languages - {code for code, msgid, form in texts if msgid == same.msgid and form == msgid}
        stale += [f"{same.msgid} ({code})" for code in sorted(unneeded)]
    return stale


def _needs(code: str, msgid: str, form: str, others: Names) -> bool:
    return any(latin_stays_out(msgid, form, code, others)) or any(is_translated(msgid, form, code, others))


def _complaints(found: Sentence, known: Sentence | None, code: str, names: Names) -> Iterator[str]:
    if known is None or not known.forms:
        yield "is not translated"
        return
    if known.is_fuzzy:
        yield "is fuzzy"
    if known.plural != found.plural:
        yield f"has another plural in English now: {found.plural!r}"
        return
    alone = _forms_for_one_number(PLURAL_FORMS[code]) if found.plural else [False]
    if len(known.forms) != len(alone):
        yield f"has {len(known.forms)} plural forms of {len(alone)}"
        return
    for form, is_for_one_number in zip(known.forms, alone, strict=True):
        if not form:
            yield "lacks a plural form"
            continue
        english = _english_for(found, form, is_for_one_number=is_for_one_number)
        for rule in RULES:
            yield from rule(english, form, code, names)


def _english_for(found: Sentence, form: str, *, is_for_one_number: bool) -> str:
    """Choose which English words a form answers: a form for one number alone may leave the number out, as English does."""
    if not found.plural:
        return found.key.msgid
    singular = found.key.msgid
    return singular if is_for_one_number and placeholders_in(form) == placeholders_in(singular) else found.plural


@lru_cache(maxsize=16)
def _forms_for_one_number(plural_forms: str) -> list[bool]:
    count, rule = (part.split("=", 1)[1] for part in plural_forms.rstrip(";").split(";"))
    form_of = c2py(rule)
    uses = [form_of(n) for n in range(_COUNTED)]
    return [uses.count(form) == 1 for form in range(int(count))]
