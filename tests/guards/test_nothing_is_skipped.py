"""A skip is a courtesy to a laptop; where CI is set, it is a failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_SKIPS = """
import pytest

@pytest.mark.skip(reason="of a mark")
def test_by_mark(): pass

def test_by_hand(): pytest.skip("by hand")

def test_that_runs(): pass
"""


@pytest.mark.parametrize(("ci", "code", "told"), [("true", 1, "nothing may"), ("", 0, "1 passed, 2 skipped")])
def test_a_skip_fails_with_ci_set_and_only_then(tmp_path: Path, ci: str, code: int, told: str) -> None:
    (tmp_path / "test_probe.py").write_text(_SKIPS)
    # In a folder of its own, without our settings and others' plug-ins: it is one hook that is looked at, and Django takes a second.
    bare = ["-c", os.devnull, "--rootdir", str(tmp_path), "-p", "no:cacheprovider", "-p", "tests.skipping"]
    command = [sys.executable, "-m", "pytest", *bare, str(tmp_path / "test_probe.py")]
    environment = {**os.environ, "CI": ci, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    ended = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == code, ended.stdout + ended.stderr
    assert told in ended.stdout


def test_a_run_of_ours_is_held_to_it(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.has_plugin("tests.skipping")


def test_no_test_of_ours_skips_itself_but_for_a_program_that_may_be_missing() -> None:
    skipping = {
        path.relative_to(ROOT).as_posix()
        for place in ("src", "tests")
        for path in (ROOT / place).rglob("test_*.py")
        if "pytest.mark.skip" in path.read_text(encoding="utf-8") or "pytest.skip(" in path.read_text(encoding="utf-8")
    }
    assert skipping == {"src/vigil/kernel/tests/test_live_redis.py", "tests/guards/test_nothing_is_skipped.py"}
