"""Every setting that is read is on the page of settings, and the page names no other."""

import re
from pathlib import Path

from vigil.kernel.environment import SETTINGS

ROOT = Path(__file__).parents[2]
# Read by the program but not for people to set.
INTERNAL = {"VIGIL_LIFELINE": "the pipe between `vigil run` and its children"}


def _read_in_the_code() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        if "/tests/" not in path.as_posix():
            text = path.read_text()
            found |= set(re.findall(r'env_\w+\(\s*"([A-Z_]+)"', text)) | set(re.findall(r'environ(?:\.get\(|\[)\s*"([A-Z_]+)"', text))
    return {name for name in found if name.startswith(("VIGIL_", "DATABASE_URL", "REDIS_URL")) and not name.endswith("_FILE")} - set(
        INTERNAL
    )


def test_the_page_of_settings_is_complete_and_true() -> None:
    page = (ROOT / "docs" / "operate" / "settings.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))
    assert documented == _read_in_the_code()
    assert {name for name in documented if name.startswith("VIGIL_")} == SETTINGS, "or `vigil doctor` calls a setting a stranger"
