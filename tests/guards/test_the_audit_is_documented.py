"""The page about the audit names what is recorded, all of it and nothing else."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _recorded() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "src" / "vigil").rglob("*.py"):
        if not {"tests", "audit"} & set(path.relative_to(ROOT).parts):
            # The command line's parser has an `action` too.
            source = re.sub(r"add_argument\(.*", "", path.read_text(encoding="utf-8"))
            found |= set(re.findall(r'\baction="([a-z_.]+)"', source))
    return found


def test_the_page_lists_every_action_and_no_other() -> None:
    page = (ROOT / "docs" / "operate" / "audit.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([a-z_.]+)` \|", page, re.MULTILINE))
    assert listed
    assert listed == _recorded(), "docs/operate/audit.md"
