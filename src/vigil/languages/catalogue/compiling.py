"""From catalogues to what gettext reads: `.mo` files among the state, made when missing or when their catalogue changed.

The source is never written to. Each file names the catalogue it was made from, by digest: a folder's dates tell nothing once
it was copied or unpacked.
"""

import hashlib
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


def compile_all(target: Path, root: Path = LOCALE_ROOT) -> list[str]:
    """Compile every catalogue that changed since it was last compiled into `target`; return the codes of those."""
    stale = [language for language in TRANSLATED if path_of(language, root=root).exists() and _is_stale(language, target, root)]
    for language in stale:
        _compile(read(language, root), target, root)
    return [language.code for language in stale]


def compile_missing(target: Path, root: Path = LOCALE_ROOT) -> list[str]:
    """Compile what an installation lacks in `target`, its pseudo-locales included; safe in many processes at once.

    Raises PermissionError, naming the file, where something is lacking and `target` may not be written to.
    """
    compiled = compile_all(target, root)
    pseudo_locales = [language for language in list_languages() if language.is_pseudo]
    if any(_is_stale(language, target, root) for language in pseudo_locales):
        sentences = find_sentences()
        for language in pseudo_locales:
            _compile(_pseudo_catalogue(language, list(sentences.values())), target, root)
            compiled.append(language.code)
    return compiled


def _is_stale(language: Language, target: Path, root: Path) -> bool:
    path = path_of(language, "mo", target)
    return not path.exists() or _origin(language, root).encode() not in path.read_bytes()


def _origin(language: Language, root: Path) -> str:
    """Name what a language is compiled from."""
    # A pseudo-locale is made of the English in the source; any real catalogue is as new as the last time that was collected.
    path = path_of(TRANSLATED[0] if language.is_pseudo else language, root=root)
    return hashlib.sha256(path.read_bytes() if path.exists() else b"").hexdigest()


def _pseudo_catalogue(language: Language, sentences: list[Sentence]) -> Catalogue:
    catalogue = Catalogue(language, _ENGLISH_FORMS)
    for sentence in sentences:
        words = (sentence.key.msgid, sentence.plural) if sentence.plural else (sentence.key.msgid,)
        forms = tuple(pseudo(text, language) for text in words)
        catalogue.sentences[sentence.key] = Sentence(sentence.key, sentence.plural, forms)
    return catalogue


def _compile(catalogue: Catalogue, target: Path, root: Path) -> None:
    # The header's own place for a version says what this was made from.
    raw = Catalog(charset="utf-8", fuzzy=False, project="vigil", version=_origin(catalogue.language, root))
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
    _replace(path_of(catalogue.language, "mo", target), raw)


def _replace(path: Path, raw: Catalog) -> None:
    # Another process may read the file now, or write it: it is complete before it has its name.
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            write_mo(file, raw)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
