"""Every place where a linter or the type checker was told to look away says why, on the same line."""

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = ("src", "tests", "bench", "conftest.py")
_EXCEPTION = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?P<codes>:?\s*\[[\w, -]+\]|:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?(?P<reason>.*)")
_WORD = re.compile(r"[A-Za-z]{2,}")


def without_reason(source: str) -> Iterator[int]:
    """Give the lines of exceptions that name no rule, or no reason of two words."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            for comment in re.split(r"(?=#\s*(?:noqa|type:))", token.string):
                found = _EXCEPTION.match(comment)
                if found and (not found["codes"] or len(_WORD.findall(found["reason"])) < 2):
                    yield token.start[0]


def _sources() -> Iterator[Path]:
    for place in PLACES:
        path = ROOT / place
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def test_every_exception_says_what_for_and_why() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in _sources()
        if "migrations" not in path.parts
        for line in without_reason(path.read_text(encoding="utf-8"))
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("line", "is_seen"),
    [
        ("x = 1  # noqa", True),
        ("x = 1  # noqa: S608", True),
        ("x = 1  # type: ignore", True),
        ("x = 1  # type: ignore[arg-type]", True),
        ("x = 1  # type: ignore  # because we say so", True),
        ("x = 1  # noqa: S608 - our own names", False),
        ("x = 1  # noqa: S608, S311 (our own names)", False),
        ("x = 1  # type: ignore[arg-type, misc]  # the stubs know fewer", False),
        ("x = '# noqa'", False),
        ("x = 1  # a type: ignored by all", False),
    ],
)
def test_the_guard_sees_what_it_is_for(line: str, is_seen: bool) -> None:
    assert bool(list(without_reason(line))) is is_seen
