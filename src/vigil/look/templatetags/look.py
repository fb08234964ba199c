"""The tags of the look: icons, sentences, and the language a page says it is in. Built into every template."""

import json
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import defaulttags
from django.template.base import Node, Parser, Token, TokenType
from django.template.context import Context
from django.template.loader import get_template
from django.templatetags import i18n
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from vigil.look import icons
from vigil.look.release import name_release

register = template.Library()
_IN_SCRIPTS = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


class _Sentence(Node):
    """A sentence in which nothing stands that could change: it is looked up once for each language, and not at each reading."""

    child_nodelists = ()

    def __init__(self, node: Node) -> None:
        self._node = node
        self._said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        said = self._said.get(language)
        if said is None:
            said = self._said[language] = self._node.render(context)
        return said


@register.simple_tag
def release() -> str:
    """Name the scripts and sheets that are served now."""
    return name_release()


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Say a sentence in the reader's language: Django's own tag, which is quicker where the sentence stands in the template itself."""
    node: Any = i18n.do_translate(parser, token)
    said = node.filter_expression
    is_whole = said.var.literal is not None and not said.filters and not node.asvar and _is_settled(node.message_context)
    return _Sentence(node) if is_whole else node


@register.tag
def blocktranslate(parser: Parser, token: Token) -> Node:
    """Say a longer sentence in the reader's language: Django's own tag, which is quicker where no value stands in it."""
    node: Any = i18n.do_block_translate(parser, token)
    is_text = not node.plural and all(piece.token_type == TokenType.TEXT for piece in node.singular)
    is_whole = is_text and not node.extra_context and not node.asvar and _is_settled(node.message_context)
    return _Sentence(node) if is_whole else node


class _Address(Node):
    """The address of a page by its name: it is put together once for each of whom it is about."""

    child_nodelists = ()

    def __init__(self, node: Any) -> None:
        self._node = node

    def render(self, context: Context) -> str:
        if not context.autoescape:
            return str(self._node.render(context))
        about = [argument.resolve(context) for argument in self._node.args]
        return _address(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), self._node.view_name.resolve(context), *about)


# A page of the desk asks for a dozen, half of them about a conversation: enough for those that are open at all desks.
@lru_cache(maxsize=8192, typed=True)
def _address(urlconf: str, _prefix: str, page: str, *about: Any) -> str:
    return str(escape(reverse(page, urlconf, about)))


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Tell the address of a page: Django's own tag, which is quicker where nothing but the page's name and whom it is about is said."""
    node: Any = defaulttags.url(parser, token)
    return node if node.kwargs or node.asvar else _Address(node)


def _is_settled(message_context: Any) -> bool:
    return message_context is None or not message_context.is_var


@register.simple_tag
def icon(name: str, size: str = "", *, inline: bool = False, tone: str = "") -> SafeString:
    """Draw one icon of the sprite, hidden from screen readers: the words beside it or the control's label say what it means.

    `size` is "s", "l" or nothing; more classes may follow it, as in "s push". `tone` colours it. With `inline` it refers to
    the few symbols that a small frame carries by their plain names, see `icon_symbols`, and else to those of every page.
    """
    return _drawn(name, size, inline, tone)


@cache
def _drawn(name: str, size: str, inline: bool, tone: str) -> SafeString:
    # A list draws the same few icons a hundred times.
    classes = icons.classes(name, f"{size} tone".strip() if tone else size)
    toned = format_html(' data-tone="{}"', tone) if tone else ""
    return format_html('<svg class="{}"{} aria-hidden="true"><use href="#{}"/></svg>', classes, toned, name if inline else f"i-{name}")


@register.simple_tag
def drawn(name: str, **piece: Any) -> SafeString:
    """Draw a template that shows one frozen value or none, and nothing else, as in `{% drawn "desk/_row.html" row=row %}`.

    What it says depends on that value and the reader's language alone, so a piece that reads the same is drawn once
    for all who see it. A value that can change cannot be hashed and is refused with a TypeError.
    """
    if len(piece) > 1:
        raise TypeError("a piece shows one value")
    role, value = next(iter(piece.items()), ("", None))
    return _drawn_once(name, get_language(), role, value)


@register.simple_tag
def drawn_each(name: str, **pieces: Iterable[Any]) -> SafeString:
    """Draw a template for each of several frozen values, one behind the other, as in `{% drawn_each "desk/_row.html" row=rows %}`."""
    ((role, values),) = pieces.items()
    language = get_language()
    return mark_safe("".join([_drawn_once(name, language, role, value) for value in values]))  # noqa: S308 - each was escaped when it was drawn


# A piece is about a kilobyte: a few megabytes hold what is on everybody's screen.
@lru_cache(maxsize=4096)
def _drawn_once(name: str, language: str | None, role: str, value: Any) -> SafeString:
    return mark_safe(get_template(name).render({role: value}))  # noqa: S308 - a template has just escaped it


@register.simple_tag
def every_icon() -> SafeString:
    """Put all symbols into the page, each under a name that no control has: an icon is then painted with the words around it.

    As a file of its own, which comes only after what names it, the sprite let every change of the page be painted twice.
    """
    return _every_icon()


@cache
def _every_icon() -> SafeString:
    named = "".join(symbol.replace('<symbol id="', '<symbol id="i-', 1) for symbol in icons.symbols().values())
    return mark_safe(f'<svg hidden aria-hidden="true">{named}</svg>')  # noqa: S308 - from our own sprite file, never from data


@register.simple_tag
def icon_symbols(names: str) -> SafeString:
    """Put the named symbols of the sprite into the page, for a frame that must not ask for the whole sprite."""
    known = icons.symbols()
    wanted = "".join(known[name] for name in names.split())
    return mark_safe(f'<svg hidden aria-hidden="true">{wanted}</svg>')  # noqa: S308 - from our own sprite file, never from data


@register.simple_tag
def words_for_scripts(sentences: Mapping[str, Any], element_id: str = "words") -> SafeString:
    """Hand a script its sentences, as JSON in the page; `wordsOfPage` in look/js/words.js reads them."""
    whole = json.dumps({key: _plain(value) for key, value in sentences.items()}, ensure_ascii=False, separators=(",", ":"))
    # As Django's json_script, but in the letters themselves: six signs for each Cyrillic one are too many for a phone.
    return format_html('<script id="{}" type="application/json">{}</script>', element_id, mark_safe(whole.translate(_IN_SCRIPTS)))  # noqa: S308 - what could end the script is written as its number


def _plain(value: object) -> object:
    # A lazy translation becomes words here, in the reader's language.
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return str(value)


@register.filter
def page_language(code: str) -> str:
    """Write a language code as HTML and `:lang()` know it: zh-hans becomes zh-Hans, pt-br becomes pt-BR."""
    head, *rest = code.split("-")
    return "-".join([head.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])
