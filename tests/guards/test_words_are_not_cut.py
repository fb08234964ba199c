"""A field that takes words takes all that is pasted into it: whoever wrote too much is told so, and nothing is cut off in silence."""

import re
from pathlib import Path

SRC = Path(__file__).parents[2] / "src"
_CUTS = re.compile(r"<textarea\b[^>]*\bmaxlength\b")


def test_no_field_for_words_cuts_what_is_pasted_into_it() -> None:
    pages = [path for kind in ("*.html", "*.js") for path in SRC.rglob(kind)]
    assert pages
    assert [path.name for path in pages if _CUTS.search(path.read_text(encoding="utf-8"))] == []
