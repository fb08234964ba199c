"""Whatever is refused is refused in words: every kind of refusal has a sentence for the person who reads it."""

import ast
from collections.abc import Iterable
from pathlib import Path

SRC = Path(__file__).parents[2] / "src"


def speechless(trees: Iterable[ast.Module]) -> set[str]:
    """Find the refusals that say nothing: neither they nor what they derive from has a sentence."""
    classes = {node.name: node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}

    def lines_of(name: str) -> list[ast.ClassDef] | None:
        if name == "Refusal":
            return []
        node = classes.get(name)
        bases = [base.id for base in node.bases if isinstance(base, ast.Name)] if node else []
        above = next((found for base in bases if (found := lines_of(base)) is not None), None)
        return None if node is None or above is None else [node, *above]

    return {name for name in classes if (line := lines_of(name)) and not any(map(_speaks, line))}


def _speaks(node: ast.ClassDef) -> bool:
    return any(
        _names(each) == ["sentence"] and each.value and not isinstance(each.value, ast.Constant)
        for each in node.body
        if isinstance(each, ast.Assign | ast.AnnAssign)
    )


def _names(given: ast.Assign | ast.AnnAssign) -> list[str]:
    return [getattr(to, "id", "") for to in (given.targets if isinstance(given, ast.Assign) else [given.target])]


def test_every_refusal_says_why() -> None:
    assert speechless(ast.parse(path.read_text(encoding="utf-8")) for path in SRC.rglob("*.py") if "tests" not in path.parts) == set()


def test_the_guard_sees_a_refusal_that_says_nothing() -> None:
    written = (
        "class Told(Refusal):\n    sentence = _('No.')\nclass Heir(Told):\n    code = 'heir'\n"
        "class Typed(Refusal):\n    sentence: ClassVar[str] = _('No.')\n"
        "class Mute(Refusal):\n    status = 500\nclass Empty(Refusal):\n    sentence = ''\nclass Other(Exception):\n    pass\n"
    )
    assert speechless([ast.parse(written)]) == {"Mute", "Empty"}
