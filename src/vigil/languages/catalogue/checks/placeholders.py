"""What a program fills in or a browser reads must survive translation."""

import re
from collections import Counter
from collections.abc import Iterator

from vigil.languages.catalogue.names import Names

NAMED = re.compile(r"%\((\w+)\)[sd]")
BRACED = re.compile(r"\{(\w+)\}")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_STRAY = re.compile(r"%(?!\(\w+\)[sd])")
_POSITIONAL = re.compile(r"%[sdif](?![a-z])")


def placeholders_in(text: str) -> set[str]:
    """List the placeholders that a sentence holds, as they stand there: one of another type is another one."""
    return {found.group() for pattern in (NAMED, BRACED) for found in pattern.finditer(text)}


def placeholders_match(source: str, text: str, code: str, names: Names) -> Iterator[str]:
    """Complain of a placeholder that is lost, invented, unnamed, or would break the formatting."""
    wanted, found = placeholders_in(source), placeholders_in(text)
    for name in sorted(wanted - found):
        yield f"lacks the placeholder {name}"
    for name in sorted(found - wanted):
        yield f"has a placeholder that English has not: {name}"
    if _POSITIONAL.search(source):
        yield "the English has a placeholder without a name, which no language can move"
    if NAMED.search(source) and _STRAY.search(text.replace("%%", "")):
        yield "has a single % beside placeholders: write %%"


def tags_match(source: str, text: str, code: str, names: Names) -> Iterator[str]:
    """Complain where the HTML tags are not those of the English, attributes included."""
    wanted, found = Counter(TAG.findall(source)), Counter(TAG.findall(text))
    for tag in sorted((wanted - found).elements()):
        yield f"lacks the tag {tag}"
    for tag in sorted((found - wanted).elements()):
        yield f"has a tag that English has not: {tag}"


def bare(text: str) -> str:
    """Leave only the words of a sentence: placeholders and tags become spaces."""
    for pattern in (NAMED, BRACED, TAG):
        text = pattern.sub(" ", text)
    return re.sub(r"&\w+;", " ", text)
