"""Whoever listens to keys that end a word asks in one place whether one is being composed, for browsers tell it in different ways."""

import re
from pathlib import Path

SRC = Path(__file__).parents[2] / "src/vigil"
RULE = "look/static/look/js/composing.js"
_ENDS_WORDS = re.compile(r'"(Enter|Escape)"|\b(Enter|Escape):')


def test_nobody_judges_by_himself_whether_a_word_is_being_composed() -> None:
    scripts = {path.relative_to(SRC).as_posix(): path.read_text(encoding="utf-8") for path in SRC.rglob("js/*.js")}
    listening = {name for name, text in scripts.items() if '"keydown"' in text and _ENDS_WORDS.search(text)}
    assert RULE in listening
    assert {name for name in listening if "isComposing(" not in scripts[name]} == set()
    assert {name for name, text in scripts.items() if "keyCode" in text} == {RULE}
