"""Reading and writing a catalogue so that two people's changes meet in as few lines as possible.

Entries are sorted, carry no places and no dates; Babel reads, and quotes each string.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import normalize, read_po

from vigil.languages.table import ELEVEN, SOURCE_CODE, Language

LOCALE_ROOT = Path(__file__).resolve().parent.parent / "locale"

_ALONE = "nplurals=1; plural=0;"
# gettext's own forms. CLDR gives Portuguese and Spanish a third one for whole millions ("1 000 000 de …"); our counts stop
# at 1,000+, and every gettext tool expects two. Brazil counts 0 with 1. Russian fractions never occur: we count things.
PLURAL_FORMS = {
    "zh-Hans": _ALONE,
    "zh-Hant": _ALONE,
    "vi": _ALONE,
    "id": _ALONE,
    "ja": _ALONE,
    "ko": _ALONE,
    "tr": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "pt": "nplurals=2; plural=(n > 1);",
    "ru": ("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"),
}
TRANSLATED = tuple(each for each in ELEVEN if each.code != SOURCE_CODE)


@dataclass(frozen=True, order=True)
class Key:
    """What names a sentence: the English words, and a context where the same words mean two things."""

    msgid: str
    context: str = ""


@dataclass
class Sentence:
    """One sentence and its translations: one, or as many as the language has plural forms."""

    key: Key
    plural: str = ""
    forms: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_fuzzy: bool = False


@dataclass
class Catalogue:
    """All sentences of one language; `unused` keeps what the source no longer says, until it is pruned."""

    language: Language
    plural_forms: str
    sentences: dict[Key, Sentence] = field(default_factory=dict)
    unused: dict[Key, Sentence] = field(default_factory=dict)


def path_of(language: Language, suffix: str = "po", root: Path = LOCALE_ROOT) -> Path:
    """Tell where a language's catalogue lies under `root`; `mo` for the compiled one, which has a root of its own."""
    return root / language.locale_folder / "LC_MESSAGES" / f"django.{suffix}"


def read(language: Language, root: Path = LOCALE_ROOT) -> Catalogue:
    """Read a language's catalogue; an empty one where there is no file yet."""
    expected = PLURAL_FORMS.get(language.code, "nplurals=2; plural=(n != 1);")
    path = path_of(language, root=root)
    if not path.exists():
        return Catalogue(language, expected)
    with path.open("rb") as file:
        raw = read_po(file)
    header = dict(raw.mime_headers).get("Plural-Forms", "")
    catalogue = Catalogue(language, header.strip().rstrip(";") + ";")
    for message in raw:
        if message.id:
            sentence = _sentence(message)
            catalogue.sentences[sentence.key] = sentence
    for message in raw.obsolete.values():
        sentence = _sentence(message)
        catalogue.unused[sentence.key] = sentence
    return catalogue


def write(catalogue: Catalogue, root: Path = LOCALE_ROOT) -> bool:
    """Write the catalogue; True where the file changed."""
    lines = [f"# Vigil in {catalogue.language.english_name}: {catalogue.language.formality}.", 'msgid ""', 'msgstr ""']
    lines.append(f'"Language: {catalogue.language.locale_folder}\\n"')
    lines += ['"MIME-Version: 1.0\\n"', '"Content-Type: text/plain; charset=utf-8\\n"']
    lines += ['"Content-Transfer-Encoding: 8bit\\n"', f'"Plural-Forms: {catalogue.plural_forms}\\n"']
    for key in sorted(catalogue.sentences):
        lines += ["", *_lines(catalogue.sentences[key])]
    for key in sorted(catalogue.unused):
        lines += ["", *(f"#~ {line}" for line in _lines(catalogue.unused[key]))]
    path, text = path_of(catalogue.language, root=root), "\n".join(lines) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def _sentence(message: Message) -> Sentence:
    ids, strings = _as_tuple(message.id), _as_tuple(message.string)
    return Sentence(
        key=Key(ids[0], message.context or ""),
        plural=ids[1] if len(ids) > 1 else "",
        forms=strings if any(strings) else (),
        notes=tuple(message.auto_comments),
        is_fuzzy=bool(message.fuzzy),
    )


def _as_tuple(value: str | Iterable[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(part or "" for part in value or ())


def _lines(sentence: Sentence) -> list[str]:
    lines = [f"#. {note}" for note in sentence.notes]
    lines += ["#, fuzzy"] if sentence.is_fuzzy else []
    if sentence.key.context:
        lines += _quoted("msgctxt", sentence.key.context)
    lines += _quoted("msgid", sentence.key.msgid)
    if not sentence.plural:
        return lines + _quoted("msgstr", sentence.forms[0] if sentence.forms else "")
    lines += _quoted("msgid_plural", sentence.plural)
    for index, form in enumerate(sentence.forms or ("",)):
        lines += _quoted(f"msgstr[{index}]", form)
    return lines


def _quoted(word: str, text: str) -> list[str]:
    return f"{word} {normalize(text, width=0)}".split("\n")
