"""A process that was forked for a test is what it would be if it had been started by itself."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests import forking

_TELL = f"""
import json
import django
django.setup()
from django.conf import settings
from django.db import connection
print(json.dumps(dict(
    same={{name: getattr(settings, name) for name in {forking.SAME_EVERYWHERE}}},
    port=settings.VIGIL_PORT, production=settings.PRODUCTION, database=connection.settings_dict["NAME"],
    languages=len(settings.LANGUAGES), hasher=settings.PASSWORD_HASHERS[0].rpartition(".")[2],
)))
"""
_SAY = """
import django
django.setup()
from django.utils.translation import gettext, override
with override("zh-hans"):
    print(gettext("Sign in"))
"""
_SAFE = {"VIGIL_SECRET_KEY": "5k0Wq9yTzR7uVb2XmJ4cLd8NfHs1GpAe", "VIGIL_BASE_URL": "https://support.example"}


def _tell(**settings: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(forking.do(_TELL, environment={**os.environ, **settings}))
    return told


@pytest.fixture(scope="module")
def tested() -> dict[str, Any]:
    return _tell(VIGIL_PORT="8123", DATABASE_URL="postgresql://vigil@127.0.0.1:1/one")


def test_it_reads_its_own_settings(tested: dict[str, Any]) -> None:
    other = _tell(VIGIL_PORT="8124", DATABASE_URL="postgresql://vigil@127.0.0.1:1/other", VIGIL_MODE="production", **_SAFE)
    chosen = ("port", "production", "database", "hasher")
    assert [tested[name] for name in chosen] == [8123, False, "one", "MD5PasswordHasher"]
    assert [other[name] for name in chosen] == [8124, True, "other", "Argon2PasswordHasher"]
    assert other["languages"] == tested["languages"] - 2, "the invented languages are for tests"


@pytest.mark.parametrize("mode", ["demo", "production"])
def test_what_was_read_before_it_is_the_same_in_every_mode(tested: dict[str, Any], mode: str) -> None:
    assert _tell(VIGIL_MODE=mode, **_SAFE)["same"] == tested["same"]


def test_it_finds_the_words_of_every_language(tmp_path: Path) -> None:
    assert forking.do(_SAY, environment={**os.environ, "VIGIL_VAR": str(tmp_path)}) == "登录\n"


def test_it_ends_as_it_would_by_itself() -> None:
    ended = forking.run(["first", "second"], program="import sys; print(sys.argv[1:]); sys.exit('enough')", environment=os.environ)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "['first', 'second']\n", "enough\n")
