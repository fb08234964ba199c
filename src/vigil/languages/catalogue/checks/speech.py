"""How each language addresses its reader; the table of languages says it in words, these patterns catch the slips."""

import re
from collections.abc import Iterator

from vigil.languages.catalogue.checks.placeholders import bare
from vigil.languages.catalogue.names import Names

_SLIPS = {
    "zh-Hans": (re.compile(r"你"), "write 您"),
    "zh-Hant": (re.compile(r"你|妳"), "write 您"),
    "ru": (
        re.compile(r"\b(?:[Тт]ы|[Тт]ебя|[Тт]ебе|[Тт]во[йяеи])\b|(?<=[а-яё,;:] )В(?:ы|ас|ам|ами|аш\w*)\b"),
        "write вы, small inside a sentence",
    ),
    "tr": (re.compile(r"\b(?:sen|senin|sana|seni|sende|senden)\b", re.IGNORECASE), "write siz"),
    "pt": (re.compile(r"\b(?:tu|teus?|tuas?|contigo|vós)\b", re.IGNORECASE), "write você"),
    "es": (re.compile(r"\b(?:tú|tus?|ti|contigo|vos|vosotros)\b", re.IGNORECASE), "write usted"),
    "id": (re.compile(r"\b(?:kamu|kalian|kau|anda)\b|\bKamu\b"), "write Anda"),
    "ja": (re.compile(r"あなた|貴方|きみ|お前"), "leave the pronoun out"),
    "ko": (re.compile(r"당신|너의|너는|네가"), "leave the pronoun out"),
}


def speaks_politely(source: str, text: str, code: str, names: Names) -> Iterator[str]:
    """Complain of a form of address that this language's support would never use."""
    pattern, remedy = _SLIPS.get(code, (None, ""))
    if pattern is None:
        return
    for slip in pattern.findall(bare(text)):
        yield f"addresses the reader wrongly ({slip}): {remedy}"
