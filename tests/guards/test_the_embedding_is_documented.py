"""The pages on embedding promise what the loader gives, by the same names."""

import re
from pathlib import Path

from vigil.config.cli import GROUPS
from vigil.customers import vouchers

ROOT = Path(__file__).parents[2]
LOADER = (ROOT / "src" / "vigil" / "faces" / "widget" / "static" / "widget" / "loader.js").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
APPS = (ROOT / "docs" / "embedding-in-apps.md").read_text(encoding="utf-8")


def test_every_call_of_the_pages_exists_and_every_one_there_is_stands_on_them() -> None:
    given = LOADER[LOADER.index("const api = {") : LOADER.index("Object.defineProperty(window")]
    calls = set(re.findall(r"^    (\w+)[,:]", given, re.MULTILINE))
    assert set(re.findall(r"Vigil\.(\w+)\(", PAGE)) == calls
    assert set(re.findall(r"Vigil\.(\w+)\(", APPS)) <= calls


def test_every_event_and_attribute_of_the_pages_exists() -> None:
    assert set(re.findall(r"vigil:\w+", PAGE + APPS)) == set(re.findall(r"vigil:\w+", LOADER))
    attributes = set(re.findall(r"data-(\w+)", PAGE))
    assert attributes == {"site", "language", "button", "title"}
    assert all(re.search(rf"\b{name}\b.*tag\.dataset|tag\.dataset\.{name}\b", LOADER) for name in attributes)


def test_every_error_of_a_log_in_is_explained() -> None:
    kinds: list[type[vouchers.VoucherRefused]] = [vouchers.VoucherRefused, *vouchers.VoucherRefused.__subclasses__()]
    assert set(re.findall(r"`(identity_\w+)`", PAGE)) == {kind.code for kind in kinds} | {"identity_missing"}


def test_the_command_that_prints_the_lines_exists() -> None:
    assert "vigil embed" in PAGE
    assert "embed" in {command.name for command in GROUPS["run"]}
