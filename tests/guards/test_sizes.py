"""Files and functions stay small enough to be read at once."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "vigil"
# What may be longer, and why; an entry that nothing needs fails.
LONG_FILES: dict[str, str] = {}
# Tests and the bench are read beside what they are about, so they may be longer, but not endless.
LONGEST_TEST = 400
LONG_TESTS: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def _code() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if "/migrations/" not in path.as_posix()]


def test_no_file_passes_three_hundred_lines() -> None:
    ceilings = {".py": 300, ".js": 150, ".css": 300, ".html": 120}
    long = {}
    for path in SOURCE.rglob("*"):
        place = path.relative_to(SOURCE).as_posix()
        if path.suffix in ceilings and "/migrations/" not in place and "/tests/" not in place and place not in LONG_FILES:
            lines = len(path.read_text().splitlines())
            if lines > ceilings[path.suffix]:
                long[place] = lines
    assert long == {}


def _tests_and_bench() -> dict[str, int]:
    inside = (path for path in SOURCE.rglob("tests/**/*.py") if "migrations" not in path.parts)
    files = [*inside, *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py"), ROOT / "conftest.py"]
    return {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in files}


def test_no_test_and_no_part_of_the_bench_passes_four_hundred_lines() -> None:
    sizes = _tests_and_bench()
    assert len(sizes) > 100, "the tests have moved: this guard looks at nothing"
    assert {place: lines for place, lines in sizes.items() if lines > LONGEST_TEST and place not in LONG_TESTS} == {}


def test_every_exception_is_needed_and_has_a_reason() -> None:
    sizes = _tests_and_bench()
    assert [place for place, reason in LONG_TESTS.items() if sizes.get(place, 0) <= LONGEST_TEST or len(reason) < 10] == []
    assert [place for place, reason in LONG_FILES.items() if not (SOURCE / place).is_file() or len(reason) < 10] == []


def test_no_function_passes_forty_lines() -> None:
    long = {}
    for path in _code():
        if "/tests/" in path.as_posix():
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno is not None:
                name = f"{path.relative_to(SOURCE).as_posix()}:{node.name}"
                lines = node.end_lineno - node.lineno + 1
                if lines > 40 and name not in LONG_FUNCTIONS:
                    long[name] = lines
    assert long == {}


def test_every_package_says_what_it_owns() -> None:
    silent = []
    for path in SOURCE.rglob("__init__.py"):
        place = path.relative_to(SOURCE).as_posix()
        is_marker = any(part in place for part in ("/tests/", "/migrations/", "templatetags/"))
        if not is_marker and ast.get_docstring(ast.parse(path.read_text())) is None:
            silent.append(place)
    assert silent == []
