"""Collecting, writing, compiling: what goes in comes out, and twice is once."""

import gettext
import os
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from vigil.languages.catalogue.checking import check, stale_names
from vigil.languages.catalogue.collecting import SOURCE_ROOT, collect, find_sentences
from vigil.languages.catalogue.compiling import compile_all, compile_missing
from vigil.languages.catalogue.names import Name, Names, Same, load_names
from vigil.languages.catalogue.pofile import LOCALE_ROOT, TRANSLATED, Key, Sentence, path_of, read, write
from vigil.languages.catalogue.pseudo import pseudo
from vigil.languages.table import get_language

RU = get_language("ru")
PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
A = _("Close")
# Translators: a state, not a button
B = pgettext("state", "Open")
G = pgettext_lazy("the agent who reads", "You")
C = ngettext("%(n)s file", "%(n)s files", 3)
F = plural_forms("%(n)s line", "%(n)s lines")
D = _("Long sentence "
      "in two lines: “%(x)s”")
E = _(name)
"""
TEMPLATE = """
<div title="{% translate 'Help' %}">
      {% blocktranslate trimmed with n=x %}
        Hello
        {{ n }}, 100 %
      {% endblocktranslate %}
  <p>It's {{ _("Fine") }} {% translate "Open" context "button" %}</p>
 {% blocktranslate count n=x %}{{ n }} chat{% plural %}{{ n }} chats{% endblocktranslate %}
</div>
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    (source / "app" / "templates" / "app").mkdir(parents=True)
    (source / "app" / "tests").mkdir()
    (source / "app" / "views.py").write_text(PYTHON, encoding="utf-8")
    (source / "app" / "tests" / "test_x.py").write_text('_("not for translators")', encoding="utf-8")
    (source / "app" / "templates" / "app" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    return source


def test_every_way_of_marking_a_sentence_is_found(source: Path) -> None:
    found = find_sentences(source)
    assert list(found) == sorted(found)
    assert {(key.msgid, key.context, sentence.plural) for key, sentence in found.items()} == {
        ("Close", "", ""),
        ("Open", "state", ""),
        ("You", "the agent who reads", ""),
        ("%(n)s file", "", "%(n)s files"),
        ("%(n)s line", "", "%(n)s lines"),
        ("Long sentence in two lines: “%(x)s”", "", ""),
        ("Help", "", ""),
        ("Hello %(n)s, 100 %%", "", ""),
        ("Fine", "", ""),
        ("Open", "button", ""),
        ("%(n)s chat", "", "%(n)s chats"),
    }
    assert found[Key("Open", "state")].notes == ("Translators: a state, not a button",)


def test_collecting_twice_changes_nothing_and_leaves_no_places_or_dates(source: Path, tmp_path: Path) -> None:
    assert len(collect(tmp_path / "locale", source)) == len(TRANSLATED)
    assert collect(tmp_path / "locale", source) == []
    text = path_of(RU, root=tmp_path / "locale").read_text(encoding="utf-8")
    assert "#:" not in text
    assert "Date" not in text


def test_a_translation_outlives_the_sentence_and_comes_back_with_it(source: Path, tmp_path: Path) -> None:
    root = tmp_path / "locale"
    collect(root, source)
    catalogue = read(RU, root)
    catalogue.sentences[Key("Close")].forms = ("Закрыть",)
    write(catalogue, root)
    page = source / "app" / "views.py"
    page.write_text(PYTHON.replace('"Close"', '"Shut"'), encoding="utf-8")
    collect(root, source)
    assert read(RU, root).unused[Key("Close")].forms == ("Закрыть",)
    page.write_text(PYTHON, encoding="utf-8")
    collect(root, source)
    assert read(RU, root).sentences[Key("Close")].forms == ("Закрыть",)
    assert read(RU, root).unused == {}
    page.write_text("", encoding="utf-8")
    collect(root, source, prune=True)
    assert read(RU, root).unused == {}


def test_a_catalogue_is_read_as_it_was_written(tmp_path: Path) -> None:
    catalogue = read(RU, tmp_path)
    for sentence in (
        Sentence(Key('Quote " and \\ and\nline', "ctx"), forms=('Кавычка " и \\ и\nстрока',), notes=("Translators: x",)),
        Sentence(Key("%(n)s day"), "%(n)s days", ("%(n)s день", "%(n)s дня", "%(n)s дней")),
        Sentence(Key("Fuzzy"), forms=("Неясно",), is_fuzzy=True),
        Sentence(Key("Empty")),
    ):
        catalogue.sentences[sentence.key] = sentence
    assert write(catalogue, tmp_path)
    assert not write(catalogue, tmp_path)
    assert read(RU, tmp_path).sentences == catalogue.sentences


def test_what_is_compiled_speaks_and_fuzzy_or_half_sentences_stay_english(tmp_path: Path) -> None:
    catalogue = read(RU, tmp_path)
    for sentence in (
        Sentence(Key("%(n)s day"), "%(n)s days", ("%(n)s день", "%(n)s дня", "%(n)s дней")),
        Sentence(Key("Close"), forms=("Закрыть",)),
        Sentence(Key("Open", "state"), forms=("Открыто",)),
        Sentence(Key("Fuzzy"), forms=("Неясно",), is_fuzzy=True),
        Sentence(Key("Half"), "Halves", ("Половина", "", "")),
    ):
        catalogue.sentences[sentence.key] = sentence
    write(catalogue, tmp_path)
    assert compile_all(tmp_path / "var", tmp_path) == ["ru"]
    assert compile_all(tmp_path / "var", tmp_path) == []
    with path_of(RU, "mo", tmp_path / "var").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("Close") == "Закрыть"
    assert spoken.pgettext("state", "Open") == "Открыто"
    assert [spoken.ngettext("%(n)s day", "%(n)s days", n) for n in (1, 3, 5, 21)] == [
        "%(n)s день",
        "%(n)s дня",
        "%(n)s дней",
        "%(n)s день",
    ]
    assert spoken.gettext("Fuzzy") == "Fuzzy"
    assert spoken.ngettext("Half", "Halves", 5) == "Halves"


def test_compiling_writes_beside_the_state_and_never_into_the_source(tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in LOCALE_ROOT.rglob("*")}
    assert set(compile_missing(tmp_path)) >= {each.code for each in TRANSLATED}
    assert {path: path.stat().st_mtime_ns for path in LOCALE_ROOT.rglob("*")} == before
    assert [path for path in settings.LOCALE_PATHS if not Path(path).is_relative_to(settings.VIGIL_VAR)] == []


def test_what_a_newer_catalogue_says_is_compiled_even_if_its_file_is_older(tmp_path: Path) -> None:
    for words in ("Закрыть", "Закрой"):
        catalogue = read(RU, tmp_path)
        catalogue.sentences[Key("Close")] = Sentence(Key("Close"), forms=(words,))
        write(catalogue, tmp_path)
        os.utime(path_of(RU, root=tmp_path), (0, 0))
        assert compile_all(tmp_path / "var", tmp_path) == ["ru"]
        with path_of(RU, "mo", tmp_path / "var").open("rb") as file:
            assert gettext.GNUTranslations(file).gettext("Close") == words


def test_a_file_that_was_cut_short_is_made_again(tmp_path: Path) -> None:
    catalogue = read(RU, tmp_path)
    catalogue.sentences[Key("Close")] = Sentence(Key("Close"), forms=("Закрыть",))
    write(catalogue, tmp_path)
    compile_all(tmp_path / "var", tmp_path)
    path_of(RU, "mo", tmp_path / "var").write_bytes(b"")
    assert compile_all(tmp_path / "var", tmp_path) == ["ru"]


def test_the_pseudo_locales_are_made_where_they_exist(tmp_path: Path) -> None:
    assert compile_missing(tmp_path, tmp_path / "no catalogues") == ["en-XA", "ar-XB"]
    assert compile_missing(tmp_path, tmp_path / "no catalogues") == []
    with path_of(get_language("en-XA"), "mo", tmp_path).open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Today") == "[Tôdàý on]"


@pytest.mark.parametrize("code", ["en-XA", "ar-XB"])
def test_a_pseudo_locale_keeps_placeholders_tags_and_edges(code: str) -> None:
    changed = pseudo(" Hello <b class='x'>%(name)s</b>, 100%% {n} &amp; more", get_language(code))
    for kept in ("<b class='x'>", "%(name)s", "</b>", "100%%", "{n}", "&amp;"):
        assert kept in changed
    assert "Hello" not in changed
    assert changed.startswith(" ")


def test_the_long_pseudo_locale_is_forty_per_cent_longer() -> None:
    english = "Please write a few words about what happened, we will answer as soon as we can."
    assert 1.4 <= len(pseudo(english, get_language("en-XA"))) / len(english) <= 1.5


def test_check_finds_what_collect_left_empty(source: Path, tmp_path: Path) -> None:
    collect(tmp_path / "locale", source)
    problems = check(tmp_path / "locale", source, Names())
    assert len(problems) == 11 * len(TRANSLATED)
    assert str(problems[0]).endswith("is not translated")


def test_a_name_that_nothing_needs_is_stale(tmp_path: Path) -> None:
    catalogue = read(RU, tmp_path)
    catalogue.sentences[Key("MEXC")] = Sentence(Key("MEXC"), forms=("MEXC",))
    catalogue.sentences[Key("Chat")] = Sentence(Key("Chat"), forms=("Чат",))
    write(catalogue, tmp_path)
    names = Names((Name("MEXC", "x"), Name("TRC20", "x")), (Same("Chat", frozenset({"ru"}), "x"),))
    assert stale_names(tmp_path, names) == ["TRC20", "Chat (ru)"]


def test_every_name_has_a_reason() -> None:
    names = load_names()
    assert all(len(reason) > 10 for reason in [*(each.reason for each in names.names), *(each.reason for each in names.same)])


def test_every_term_has_its_word_in_every_language() -> None:
    raw = tomllib.loads((SOURCE_ROOT / "languages" / "catalogue" / "terms.toml").read_text(encoding="utf-8"))
    for term in raw["term"]:
        assert set(term) == {"english", *(language.code for language in TRANSLATED)}, term["english"]
