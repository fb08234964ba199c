"""From the source to the catalogues: finds every sentence in Python and templates and merges it in, losing nothing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from vigil.languages.catalogue.pofile import LOCALE_ROOT, PLURAL_FORMS, TRANSLATED, Key, Sentence, read, write

SOURCE_ROOT = Path(__file__).resolve().parents[2]
# Tests quote sentences, and the demo's people speak their own languages already.
_SKIPPED = ("tests", "demo/world", "__pycache__", "static")
_TEMPLATES = frozenset({".html", ".txt", ".svg", ".xml"})
_NOTE = "Translators:"

_ONE = {"msgid": 0}
_MANY = {"msgid": 0, "plural": 1}
_ONE_IN_CONTEXT = {"context": 0, "msgid": 1}
_MANY_IN_CONTEXT = {"context": 0, "msgid": 1, "plural": 2}
# Which argument of each function is what.
_KEYWORDS = {
    "_": _ONE,
    "gettext": _ONE,
    "gettext_lazy": _ONE,
    "gettext_noop": _ONE,
    "ngettext": _MANY,
    "plural_forms": _MANY,  # look.words: all forms of a sentence, for a script
    "ngettext_lazy": _MANY,
    "pgettext": _ONE_IN_CONTEXT,
    "pgettext_lazy": _ONE_IN_CONTEXT,
    "npgettext": _MANY_IN_CONTEXT,
    "npgettext_lazy": _MANY_IN_CONTEXT,
}
# To read a file as Python is dear, and most files say nothing to people.
_SAYS_SOMETHING = re.compile(rf"\b(?:{'|'.join(_KEYWORDS)})\s*\(")


def collect(root: Path = LOCALE_ROOT, source: Path = SOURCE_ROOT, *, prune: bool = False) -> list[str]:
    """Merge every sentence of the source into every catalogue; return the codes of those that changed.

    Safe to repeat. A sentence that left the source keeps its translation as unused and gets it back when it returns;
    `prune` drops the unused for good.
    """
    found = find_sentences(source)
    changed = []
    for language in TRANSLATED:
        catalogue = read(language, root)
        known = {**catalogue.unused, **catalogue.sentences}
        catalogue.plural_forms = PLURAL_FORMS[language.code]
        catalogue.sentences = {key: _merged(sentence, known.get(key)) for key, sentence in found.items()}
        gone = {key: sentence for key, sentence in known.items() if key not in found and sentence.forms}
        catalogue.unused = {} if prune else gone
        if write(catalogue, root):
            changed.append(language.code)
    return changed


def find_sentences(source: Path = SOURCE_ROOT) -> dict[Key, Sentence]:
    """Find every sentence marked for translation under `source`, sorted."""
    found: dict[Key, Sentence] = {}
    for path in list_sources(source):
        text = path.read_text(encoding="utf-8")
        for sentence in _in_python(text) if path.suffix == ".py" else _in_template(text):
            before = found.get(sentence.key)
            if before is None:
                found[sentence.key] = sentence
                continue
            plural = before.plural or sentence.plural
            found[sentence.key] = replace(before, plural=plural, notes=tuple(sorted({*before.notes, *sentence.notes})))
    return dict(sorted(found.items()))


def list_sources(source: Path = SOURCE_ROOT) -> list[Path]:
    """List the Python files and templates that people's sentences are collected from."""
    return [
        path
        for path in sorted(source.rglob("*"))
        if path.is_file()
        and (path.suffix == ".py" or (path.suffix in _TEMPLATES and "templates" in path.parts))
        and not any(f"/{part}/" in f"/{path.relative_to(source).as_posix()}" for part in _SKIPPED)
    ]


def _in_template(text: str) -> Iterator[Sentence]:
    # Inside parentheses Python's tokenizer does not mind how a page is indented.
    return _in_python(f"(\n{templatize(text)}\n)")


def _in_python(text: str) -> Iterator[Sentence]:
    if not _SAYS_SOMETHING.search(text):
        return
    keywords = dict.fromkeys(_KEYWORDS)
    for _, name, messages, comments in extract_python(BytesIO(text.encode()), keywords, (_NOTE,), {"encoding": "utf-8"}):
        arguments = (messages,) if messages is None or isinstance(messages, str) else tuple(messages)
        places = _KEYWORDS[str(name)]
        words = {part: arguments[place] or "" for part, place in places.items() if place < len(arguments)}
        if words.get("msgid"):
            notes = tuple(" ".join(comment.split()) for comment in comments or ())
            yield Sentence(Key(words["msgid"], words.get("context", "")), words.get("plural", ""), notes=notes)


def _merged(found: Sentence, known: Sentence | None) -> Sentence:
    if known is None or bool(known.plural) != bool(found.plural):
        return found
    return replace(found, forms=known.forms, is_fuzzy=known.is_fuzzy)
