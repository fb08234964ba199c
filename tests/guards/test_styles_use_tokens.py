"""Style sheets decide nothing by themselves: colours come from tokens, directions are logical, force is explained."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "vigil"
TOKENS = SOURCE / "look" / "static" / "look" / "css" / "tokens.css"
MOST_LINES = 300
# Written-out colours are the business of tokens.css alone; color-mix() of tokens is not a new colour.
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b(?![^{}]*\{)|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(|:\s*(?:white|black|red|green|blue|gr[ae]y)\b", re.I
)
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b|(?:left|right)\s*:|text-align\s*:\s*(?:left|right)|float\s*:\s*(?:left|right)"
    r"|border-(?:top|bottom)-(?:left|right)-radius)"
)
FOUR_SIDES = re.compile(r"(?<![\w-])(margin|padding|inset)\s*:\s*([^;}]+)")


def sheets() -> list[Path]:
    found = sorted(path for path in SOURCE.rglob("*.css") if "vendor" not in path.parts)
    assert TOKENS in found, "the sheets have moved: this guard looks at nothing"
    return found


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", lambda found: re.sub(r"[^\n]", " ", found[0]), css, flags=re.S)


def lines_where(css: str, pattern: re.Pattern[str]) -> Iterator[str]:
    for number, line in enumerate(css.split("\n"), 1):
        for found in pattern.finditer(line):
            yield f"line {number}: {found[0].strip()}"


def unequal_sides(css: str) -> Iterator[str]:
    for found in FOUR_SIDES.finditer(css):
        depth_free = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "()", found[2])
        parts = re.sub(r"!important", "", depth_free).split()
        if len(parts) == 4 and parts[1] != parts[3]:
            yield f"{found[1]}: {found[2]}"


@pytest.mark.parametrize("path", sheets(), ids=lambda path: path.stem)
def test_a_sheet_keeps_the_rules_of_the_house(path: Path) -> None:
    raw = path.read_text(encoding="utf-8")
    css = without_comments(raw)
    faults = [f"a physical side, {each}" for each in [*lines_where(css, PHYSICAL), *unequal_sides(css)]]
    if path != TOKENS:
        faults += [f"a colour that is no token, {each}" for each in lines_where(css, COLOUR)]
    for number, line in enumerate(raw.split("\n"), 1):
        explained = "/*" in line or (number > 1 and "*/" in raw.split("\n")[number - 2])
        if "!important" in line and "/*" not in line.split("!important")[0] and not explained:
            faults.append(f"!important without a reason beside it, line {number}")
    if len(raw.splitlines()) > MOST_LINES:
        faults.append(f"{len(raw.splitlines())} lines, at most {MOST_LINES}")
    if not re.match(r"/\*[^*]+\.\s\*/", raw):
        faults.append("the sheet does not open with one sentence that says what it is for")
    assert faults == []


def test_every_imported_sheet_exists() -> None:
    for path in sheets():
        for wanted in re.findall(r'@import url\("([^"]+)"\)', path.read_text(encoding="utf-8")):
            inside = path.parent / wanted
            # A face names the look by the address both are served under.
            served = SOURCE / "look" / "static" / "look" / wanted.removeprefix("../look/")
            assert inside.resolve().is_file() or served.is_file(), f"{path.name} imports {wanted}"


def test_every_token_that_is_used_is_defined() -> None:
    defined = {"tone", "tone-wash"}
    used: dict[str, str] = {}
    for path in sheets():
        css = without_comments(path.read_text(encoding="utf-8"))
        defined |= set(re.findall(r"--([\w-]+)\s*:", css))
        used |= dict.fromkeys(re.findall(r"var\(--([\w-]+)", css), path.name)
    assert {name: where for name, where in used.items() if name not in defined} == {}


@pytest.mark.parametrize(
    "css",
    [
        "a { color: #fff }",
        "a { color: oklch(1 0 0) }",
        "a { background: white }",
        "a { padding: 1px 2px 1px 3px }",
        "a { margin-left: 2px }",
    ],
)
def test_the_guard_sees_what_it_is_for(css: str) -> None:
    assert [*lines_where(css, COLOUR), *lines_where(css, PHYSICAL), *unequal_sides(css)]
