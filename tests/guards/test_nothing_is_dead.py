"""What nobody shows is not kept: each icon, each class and each token has somebody who uses it."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "vigil"
LOOK = SOURCE / "look" / "static" / "look"
_QUOTED = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'|`[^`]*`')


def _quoted(*suffixes: str) -> str:
    files = [path for path in SOURCE.rglob("*") if path.suffix in suffixes and "tests" not in path.parts]
    return "\n".join(each for path in files for each in _QUOTED.findall(path.read_text(encoding="utf-8")))


def _unused(names: set[str], text: str) -> list[str]:
    return sorted(name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))


def _sheets() -> dict[Path, str]:
    return {path: re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S) for path in SOURCE.rglob("*.css")}


def test_every_icon_is_drawn_somewhere() -> None:
    icons = set(re.findall(r'<symbol id="([\w-]+)"', (SOURCE / "look" / "icons.svg").read_text(encoding="utf-8")))
    assert len(icons) > 20
    assert _unused(icons, _quoted(".html", ".js", ".py")) == []


def test_every_class_is_worn_by_something() -> None:
    worn = _quoted(".html", ".js", ".py")
    dead = {}
    for path, css in _sheets().items():
        classes = set(re.findall(r"\.([a-zA-Z][\w-]*)(?=[^{}]*\{)", re.sub(r"url\([^)]*\)", "", css)))
        if unused := _unused(classes, worn):
            dead[path.name] = unused
    assert dead == {}


def test_every_token_decides_something() -> None:
    css = "\n".join(_sheets().values())
    tokens = set(re.findall(r"--([\w-]+)\s*:", (LOOK / "css" / "tokens.css").read_text(encoding="utf-8")))
    assert [token for token in sorted(tokens) if f"var(--{token}" not in css] == []


def test_the_guard_sees_what_nobody_uses() -> None:
    assert _unused({"send", "send-all"}, '"send"') == ["send-all"]
