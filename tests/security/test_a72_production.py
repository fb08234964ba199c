"""A72: production starts with no unsafe setting, and says in one go what is unsafe and what to do."""

import subprocess
from pathlib import Path

import pytest

from tests import forking
from tests.houses import House

SOUND = {
    "VIGIL_MODE": "production",
    "VIGIL_SECRET_KEY": "5k0Wq9yTzR7uVb2XmJ4cLd8NfHs1GpAe",
    "VIGIL_BASE_URL": "https://support.example",
    "VIGIL_ALLOWED_HOSTS": "support.example",
    "VIGIL_SMTP_URL": "smtps://relay.example:465",
    "VIGIL_FAULTS": "",
    "VIGIL_PSEUDO_LOCALES": "",
    "VIGIL_TRUSTED_PROXIES": "",
}
UNSAFE = {
    "VIGIL_SECRET_KEY": "short",
    "VIGIL_BASE_URL": "http://support.example",
    "VIGIL_ALLOWED_HOSTS": "*",
    "VIGIL_SMTP_URL": "",
    "VIGIL_SECOND_FACTOR": "no",
    "VIGIL_FAULTS": "conversations.before_commit=kill",
    "VIGIL_TRUSTED_PROXIES": "0.0.0.0/0",
    "VIGIL_OUTBOUND_ALLOW": "0.0.0.0/0,::/0",
    "VIGIL_PSEUDO_LOCALES": "1",
    "VIGIL_LOG_LEVEL": "DEBUG",
}


def _try(house: House, folder: Path, word: str, settings: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return forking.run([word], environment={**house.environment(), **settings, "VIGIL_VAR": str(folder)})


@pytest.mark.parametrize("word", ["serve", "work"])
def test_a72_production_does_not_start_with_unsafe_settings_and_names_each(target: House, tmp_path: Path, word: str) -> None:
    ended = _try(target, tmp_path, word, {**SOUND, **UNSAFE})
    assert ended.returncode != 0
    for name in UNSAFE:
        assert name in ended.stderr, (name, ended.stderr)
    assert "Traceback" not in ended.stderr, ended.stderr
    assert UNSAFE["VIGIL_SECRET_KEY"] not in ended.stderr.replace("shorter", "")


def test_a72_one_unsafe_setting_is_enough(target: House, tmp_path: Path) -> None:
    ended = _try(target, tmp_path, "serve", {**SOUND, "VIGIL_ALLOWED_HOSTS": ".example"})
    assert ended.returncode != 0
    assert "VIGIL_ALLOWED_HOSTS" in ended.stderr
    assert "VIGIL_BASE_URL" not in ended.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("VIGIL_SECRET_KEY", "a" * 40), ("VIGIL_TRUSTED_PROXIES", "*"), ("VIGIL_OUTBOUND_ALLOW", "::/0"), ("VIGIL_BASE_URL", "notaurl")],
)
def test_a72_what_is_worthless_or_opens_everything_is_unsafe(target: House, tmp_path: Path, name: str, value: str) -> None:
    ended = _try(target, tmp_path, "serve", {**SOUND, name: value})
    assert ended.returncode != 0
    assert name in ended.stderr
    assert "Traceback" not in ended.stderr, ended.stderr
