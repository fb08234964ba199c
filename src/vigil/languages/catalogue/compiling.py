"""From catalogues to what gettext reads: `.mo` files beside them, never committed, made when missing or older."""

import os
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from vigil.languages.catalogue.collecting import find_sentences
from vigil.languages.catalogue.pofile import LOCALE_ROOT, TRANSLATED, Catalogue, Sentence, path_of, read
from vigil.languages.catalogue.pseudo import pseudo
from vigil.languages.table import Language, list_languages

_ENGLISH_FORMS = "nplurals=2; plural=(n != 1);"


def compile_all(root: Path = LOCALE_ROOT) -> list[str]:
    """Compile every catalogue that changed since it was last compiled; return the codes of those."""
    return [language.code for language in TRANSLATED if _is_stale(language, root) and _compile(read(language, root), root)]


def compile_missing(root: Path = LOCALE_ROOT) -> list[str]:
    """Compile what an installation lacks, its pseudo-locales included; safe in many processes at once.

    Raises PermissionError, naming the folder, where nothing is compiled and the catalogues' folder may not be written to.
    """
    compiled = compile_all(root)
    pseudo_locales = [language for language in list_languages() if language.is_pseudo]
    if any(_is_stale(language, root) for language in pseudo_locales):
        sentences = find_sentences()
        for language in pseudo_locales:
            _compile(_pseudo_catalogue(language, list(sentences.values())), root)
            compiled.append(language.code)
    return compiled


def _is_stale(language: Language, root: Path) -> bool:
    # A pseudo-locale is made of the English in the source; any real catalogue is as new as the last time that was collected.
    source = path_of(TRANSLATED[0] if language.is_pseudo else language, "po", root)
    target = path_of(language, "mo", root)
    if not target.exists():
        return source.exists() or language.is_pseudo
    # An installer may unpack in any order into a folder of root's: what came compiled is good enough there.
    return source.exists() and target.stat().st_mtime < source.stat().st_mtime and os.access(target.parent, os.W_OK)


def _pseudo_catalogue(language: Language, sentences: list[Sentence]) -> Catalogue:
    catalogue = Catalogue(language, _ENGLISH_FORMS)
    for sentence in sentences:
        words = (sentence.key.msgid, sentence.plural) if sentence.plural else (sentence.key.msgid,)
        forms = tuple(pseudo(text, language) for text in words)
        catalogue.sentences[sentence.key] = Sentence(sentence.key, sentence.plural, forms)
    return catalogue


def _compile(catalogue: Catalogue, root: Path) -> bool:
    raw = Catalog(charset="utf-8", fuzzy=False)
    raw.mime_headers = [
        ("Language", catalogue.language.locale_folder),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Plural-Forms", catalogue.plural_forms),
    ]
    for sentence in catalogue.sentences.values():
        if sentence.is_fuzzy or not sentence.forms or not all(sentence.forms):
            continue
        key, context = sentence.key, sentence.key.context or None
        if sentence.plural:
            raw.add((key.msgid, sentence.plural), sentence.forms, context=context)
        else:
            raw.add(key.msgid, sentence.forms[0], context=context)
    _replace(path_of(catalogue.language, "mo", root), raw)
    return True


def _replace(path: Path, raw: Catalog) -> None:
    # Another process may read the file now, or write it: it is complete before it has its name.
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            write_mo(file, raw)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
