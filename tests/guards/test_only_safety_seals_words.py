"""MaskedText is made by safety and by nobody else."""

import ast
from pathlib import Path

import pytest

from vigil.kernel.text import MaskedText

_SOURCE = Path(__file__).resolve().parents[2] / "src" / "vigil"
_ALLOWED = ("safety", "kernel/text.py")
# Who asks for screened words in plain SQL, past the column that would seal them again.
_ASKS_PLAINLY = {
    "conversations/commands/rows.py",
    "conversations/queries/departures.py",
    "conversations/queries/lists.py",
    "conversations/queries/thread.py",
    "customers/queries.py",
    "drafts/queries.py",
    "mentions/queries.py",
    "readings/queries.py",
    "reveals/queries.py",
}


def _seals(tree: ast.AST) -> list[int]:
    lines = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
        passed = any(isinstance(arg, ast.Name) and arg.id == "MaskedText" for arg in node.args[:1])
        if name in {"MaskedText", "_from_the_database"} or (name == "__new__" and passed):
            lines.append(node.lineno)
    return lines


def test_nothing_outside_safety_makes_masked_text() -> None:
    found = [
        f"{path.relative_to(_SOURCE)}:{line}"
        for path in sorted(_SOURCE.rglob("*.py"))
        if not path.relative_to(_SOURCE).as_posix().startswith(_ALLOWED) and "tests" not in path.parts
        for line in _seals(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_the_seal_is_put_back_only_where_a_column_of_screened_words_is_read_in_plain_sql() -> None:
    found = set()
    for path in sorted(_SOURCE.rglob("*.py")):
        name, text = path.relative_to(_SOURCE).as_posix(), path.read_text(encoding="utf-8")
        if name != "kernel/text.py" and "tests" not in path.parts:
            assert "from_db_value(" not in text, f"{name}: seal_again says it by its name"
            found |= {name} if "seal_again(" in text else set()
    assert found == _ASKS_PLAINLY


def test_making_masked_text_elsewhere_raises() -> None:
    with pytest.raises(TypeError, match="may not make MaskedText"):
        MaskedText("hello")


def test_the_guard_sees_every_way_of_making_it() -> None:
    for line in ("MaskedText('a')", "text.MaskedText('a')", "str.__new__(MaskedText, 'a')", "_from_the_database('a')"):
        assert _seals(ast.parse(line)), line
