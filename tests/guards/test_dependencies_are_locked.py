"""Whatever is named as a dependency stands in the locks, at a version that is allowed, with the hashes of its files."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
_PINNED = re.compile(r"^([\w.-]+)==([\w.+!-]+)(?: ;[^\\\n]*)?((?: \\\n    --hash=sha256:[0-9a-f]{64})*)$", re.MULTILINE)


def locked(text: str) -> dict[str, tuple[str, int]]:
    """Read a lock: by name the version, and how many hashes it has."""
    return {canonicalize_name(name): (version, hashes.count("--hash=")) for name, version, hashes in _PINNED.findall(text)}


def missing(wanted: list[str], lock: str) -> list[str]:
    """Name what is wanted and not locked, locked at another version, or locked without a hash."""
    found = locked(lock)
    unmet = []
    for requirement in map(Requirement, wanted):
        version, hashes = found.get(canonicalize_name(requirement.name), ("", 0))
        if not version or not hashes or not requirement.specifier.contains(version, prereleases=True):
            unmet.append(str(requirement))
    return unmet


def _named() -> tuple[list[str], list[str]]:
    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, groups = read["project"], read["dependency-groups"]
    extras = [each for extra in project["optional-dependencies"].values() for each in extra]
    return [*project["dependencies"], *extras, *groups["build"]], groups["dev"]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_is_in_the_lock_with_its_hashes(name: str) -> None:
    to_run, to_test = _named()
    wanted = [*to_run, *(to_test if name == "requirements-dev.txt" else [])]
    assert len(wanted) > 15
    assert missing(wanted, (ROOT / name).read_text(encoding="utf-8")) == [], f"run `make lock`; {name}"


def test_no_line_of_a_lock_is_without_a_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert len(locked(text)) == len(re.findall(r"^[A-Za-z]", text, re.MULTILINE)), name
        assert [each for each, (_, hashes) in locked(text).items() if not hashes] == [], name


def test_the_guard_sees_what_is_missing_too_old_or_without_a_hash() -> None:
    lock = f"one==2.0 \\\n    --hash=sha256:{'0' * 64}\ntwo-parts==1.0\n"
    assert missing(["one>=1", "One<3"], lock) == []
    assert missing(["one>=3", "two_parts", "three"], lock) == ["one>=3", "two_parts", "three"]
