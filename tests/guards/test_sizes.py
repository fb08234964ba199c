"""Files and functions stay small enough to be read at once."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "vigil"
# What may be longer, and why.
LONG_FILES: dict[str, str] = {}
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
