"""Starts the embedded PostgreSQL for the tests, before Django reads its settings."""

import os
from pathlib import Path

import django
from django.conf import settings

from vigil.kernel import postgres

_VAR = Path(os.environ.get("VIGIL_TEST_VAR", Path(__file__).parent / "var" / "test"))

os.environ.setdefault("VIGIL_MODE", "test")
os.environ.setdefault("VIGIL_VAR", str(_VAR))
if "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = postgres.start(_VAR / "postgres", durable=False)
# Set here and not in pyproject.toml: there pytest-django would read the settings before this file has run.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigil.config.settings")

# A name of its own for each run, so that two runs on one machine do not meet.
settings.DATABASES["default"]["TEST"] = {"NAME": f"test_vigil_{os.getpid()}"}
django.setup()
