"""The command line and the start-up checks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings

from vigil.config import cli
from vigil.config.checks import production_is_safe


def test_the_help_groups_commands_as_run_check_and_measure(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if line.endswith(":")] == ["run:", "check:", "measure:"]
    for commands in cli.GROUPS.values():
        for command in commands:
            assert command.name in said


def test_asking_a_command_for_help_does_not_run_it(capsys: pytest.CaptureFixture[str]) -> None:
    for commands in cli.GROUPS.values():
        for command in commands:
            if command.name != "demo":
                assert cli.main([command.name, "--help"]) == 0
                assert capsys.readouterr().out == f"vigil {command.name}: {command.line}\n"


def test_a_command_nobody_knows_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["fly"]) == 2
    assert "'fly'" in capsys.readouterr().err


@pytest.fixture
def production(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> LazySettings:
    """A production that nothing is wrong with."""
    settings.VIGIL_MODE = "production"
    settings.SECRET_KEY = "k" * 40
    settings.VIGIL_BASE_URL = "https://support.example"
    settings.ALLOWED_HOSTS = ["support.example"]
    settings.VIGIL_SMTP_URL = "smtps://relay.example"
    monkeypatch.setenv("VIGIL_ALLOWED_HOSTS", "support.example")
    monkeypatch.delenv("VIGIL_FAULTS", raising=False)
    return settings


def test_a72_a_sound_production_starts(production: LazySettings) -> None:
    assert production_is_safe() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("VIGIL_BASE_URL", "http://support.example"),
        ("ALLOWED_HOSTS", ["*"]),
        ("ALLOWED_HOSTS", [".example"]),
        ("DEBUG", True),
        ("VIGIL_SMTP_URL", ""),
    ],
)
def test_a72_production_names_each_unsafe_setting_and_its_remedy(production: LazySettings, name: str, value: object) -> None:
    setattr(production, name, value)
    (error,) = production_is_safe()
    assert error.hint


def test_a72_production_refuses_armed_fault_points(production: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIL_FAULTS", "x=kill@1")
    (error,) = production_is_safe()
    assert "VIGIL_FAULTS" in error.msg


def test_a72_production_without_a_secret_key_says_what_to_set(tmp_path: Path) -> None:
    environment = {**os.environ, "VIGIL_MODE": "production", "VIGIL_VAR": str(tmp_path), "VIGIL_SECRET_KEY": ""}
    ended = subprocess.run(
        [sys.executable, "-m", "vigil.config.cli", "serve"], env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "VIGIL_SECRET_KEY is missing" in ended.stderr
    assert "Traceback" not in ended.stderr
