"""The tags and pages of the look, rendered."""

import json
import re
import zlib

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.urls.base import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.translation import gettext_lazy

from vigil.look import icons
from vigil.look.templatetags.look import page_language
from vigil.look.words import plural_forms


def render(source: str, **context: object) -> str:
    return str(engines["django"].from_string(source).render(context))


def test_an_icon_is_hidden_from_readers_and_taken_from_the_page_itself() -> None:
    shown = render('{% icon "send" "s push" %}')
    assert shown == '<svg class="icon s push" aria-hidden="true"><use href="#i-send"/></svg>'


def test_every_page_carries_every_icon_once_under_a_name_that_no_control_has() -> None:
    page = render_to_string("look/404.html")
    assert re.findall(r'<symbol id="([\w-]+)"', page) == [f"i-{name}" for name in icons.symbols()]
    assert len(set(re.findall(r'\bid="([\w-]+)"', page))) == len(re.findall(r'\bid="', page))
    assert len(zlib.compress(render("{% every_icon %}").encode())) < 2200


def test_an_icon_that_points_along_the_line_turns_round_with_it() -> None:
    assert 'class="icon flips"' in render('{% icon "back" %}')
    assert "flips" not in render('{% icon "clock" %}')


def test_an_unknown_icon_is_an_error_and_not_an_empty_place() -> None:
    with pytest.raises(LookupError, match="no icon 'sent'"):
        render('{% icon "sent" %}')


def test_a_small_frame_carries_only_the_symbols_it_shows() -> None:
    shown = render('{% icon_symbols "send close" %}{% icon "send" inline=True tone="bad" %}')
    assert re.findall(r'symbol id="(\w+)"', shown) == ["send", "close"]
    assert '<svg class="icon tone" data-tone="bad" aria-hidden="true"><use href="#send"/></svg>' in shown


def test_every_symbol_is_drawn_on_the_same_square_and_decides_no_colour() -> None:
    for name, symbol in icons.symbols().items():
        assert 'viewBox="0 0 24 24"' in symbol, name
        assert not re.search(r'(?:fill|stroke)="(?!currentColor)', symbol), name
    assert set(icons.symbols()) >= icons.FLIPS


def test_sentences_reach_a_script_as_data_that_cannot_end_the_element() -> None:
    shown = render("{% words_for_scripts words %}", words={"a": gettext_lazy("Try again"), "b": {"one": "</script><b>", "other": "x"}})
    assert "</script><b>" not in shown
    found = re.fullmatch(r'<script id="words" type="application/json">(.*)</script>', shown)
    assert found
    assert json.loads(found[1])["b"]["one"] == "</script><b>"


@pytest.mark.parametrize(
    ("language", "categories"),
    [
        ("en", {"one", "other"}),
        ("ru", {"one", "few", "many", "other"}),
        ("zh-hans", {"other"}),
        ("pt", {"one", "many", "other"}),
        ("en-xa", {"one", "other"}),
        ("ar-xb", {"one", "two", "few", "many", "other"}),
    ],
)
def test_a_script_gets_every_plural_form_its_language_has(language: str, categories: set[str]) -> None:
    with translation.override(language):
        assert categories <= set(plural_forms("%(n)s new message", "%(n)s new messages"))


@pytest.mark.parametrize(("django", "html"), [("zh-hans", "zh-Hans"), ("en", "en"), ("ar-xb", "ar-XB"), ("PT-br", "pt-BR")])
def test_a_language_is_written_as_html_knows_it(django: str, html: str) -> None:
    assert page_language(django) == html


def test_a_piece_that_shows_no_value_is_drawn_in_the_readers_language() -> None:
    spoken = {}
    for language in ("en", "ru", "en"):
        with translation.override(language):
            spoken[language] = render('{% drawn "look/404.html" %}')
    assert '<html lang="en"' in spoken["en"]
    assert '<html lang="ru"' in spoken["ru"]


def test_an_address_is_told_of_whom_it_is_about_each_time() -> None:
    template = engines["django"].from_string("{% url 'desk:head' name %}")
    assert [template.render({"name": name}) for name in ("a", "b", "a")] == [f"/desk/conversations/{name}/head" for name in "aba"]
    usual = get_script_prefix()
    set_script_prefix("/support/")
    try:
        assert template.render({"name": "a"}) == "/support/desk/conversations/a/head"
    finally:
        set_script_prefix(usual)
    assert render("{% url 'desk:head' name=it as where %}{{ where }}", it="c") == "/desk/conversations/c/head"
    with pytest.raises(NoReverseMatch):
        template.render({"name": "no/name"})


def test_pieces_are_drawn_each_in_its_place() -> None:
    each = render('{% for name in names %}{% drawn "look/404.html" start=name %}{% endfor %}', names=("/a", "/<b>", "/a"))
    assert render('{% drawn_each "look/404.html" start=names %}', names=("/a", "/<b>", "/a")) == each
    assert each.count('href="/a"') == 2
    assert render('{% drawn_each "look/404.html" start=names %}', names=()) == ""


def test_a_piece_refuses_two_values_and_one_that_may_change() -> None:
    for source in ('{% drawn "look/404.html" a=1 b=2 %}', '{% drawn "look/404.html" a=words %}'):
        with pytest.raises(TypeError):
            render(source, words=[])


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('{% translate "Send" %}', "Отправить"),
        ('{% translate "Send"|upper %}', "ОТПРАВИТЬ"),
        ("{% translate word %}", "Закрыть"),
        ('{% translate "Send" as it %}{{ it }}!', "Отправить!"),
        ('{% translate "Send" noop %}', "Send"),
        ("{% blocktranslate %}Send{% endblocktranslate %}", "Отправить"),
        ("{% blocktranslate %}{{ word }} {% endblocktranslate %}", "Close "),
    ],
)
def test_a_sentence_is_said_in_the_language_of_whoever_reads_it_now(source: str, said: str) -> None:
    template = engines["django"].from_string(source)
    for language in ("en", "ru", "en", "ru"):
        with translation.override(language):
            shown = template.render({"word": "Close"})
    assert shown == said
    with translation.override("en"):
        assert template.render({"word": "Close"}).casefold() in {"send", "send!", "close", "close "}


@pytest.mark.parametrize("page", ["400", "403", "404", "500", "503"])
def test_an_error_page_stands_without_a_request_and_offers_one_next_step(page: str) -> None:
    shown = render_to_string(f"look/{page}.html", {"start": "/desk/"})
    assert '<html lang="en" dir="ltr">' in shown
    assert len(re.findall(r'class="button"', shown)) == 1
    assert len(re.findall(r"<h1>[^<]+</h1>", shown)) == 1


@pytest.mark.parametrize("page", ["400", "403", "404", "500", "503"])
def test_a_page_holds_no_style_and_no_script_of_its_own(page: str) -> None:
    shown = render_to_string(f"look/{page}.html")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", shown)


def test_a_page_from_right_to_left_says_so() -> None:
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl">' in render_to_string("look/404.html")
