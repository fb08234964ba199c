"""One word for one idea: what a language calls the things of our trade, held to a table."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from vigil.languages.catalogue.checks.placeholders import bare
from vigil.languages.catalogue.names import Names

_FILE = Path(__file__).resolve().parent.parent / "terms.toml"


def uses_the_terms(source: str, text: str, code: str, names: Names) -> Iterator[str]:
    """Complain where English uses a term of the table and the translation says it with another word."""
    words = bare(source)
    for english, stems in _terms().items():
        stem = stems.get(code)
        if stem and re.search(rf"\b{english}(?:s|’s)?\b", words, re.IGNORECASE) and not re.search(stem, text, re.IGNORECASE):
            yield f"calls “{english}” something else than {stem.replace('|', ' or ')}"


@cache
def _terms() -> dict[str, dict[str, str]]:
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {each["english"]: {code: stem for code, stem in each.items() if code != "english"} for each in raw["term"]}
