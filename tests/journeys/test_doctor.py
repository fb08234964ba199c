"""`vigil doctor` and `vigil verify-audit`, as an operator meets them."""

import subprocess
import sys

import psycopg

from tests.houses import ROOT, House


def ask(house: House, *words: str) -> subprocess.CompletedProcess[str]:
    """Type a command in the house."""
    return subprocess.run(
        [sys.executable, "-m", "vigil.config.cli", *words], env=house.environment(), cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_sound_installation_is_well(own_house: House) -> None:
    found = ask(own_house, "doctor")
    assert found.returncode == 0, found.stdout
    assert "WRONG" not in found.stdout


def test_what_is_wrong_is_named_with_its_remedy(own_house: House) -> None:
    with psycopg.connect(own_house.database_url, autocommit=True) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'macros'")
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts)"
            " VALUES ('default', 'kernel.deliver_letter', 'failed', 6)"
        )
    found = ask(own_house, "doctor")
    assert found.returncode == 1
    assert "WRONG  schema" in found.stdout
    assert "vigil prepare" in found.stdout
    assert "WRONG  jobs: 1 jobs were given up" in found.stdout
    assert "kernel.deliver_letter" in ask(own_house, "dead-letters").stdout


def test_a_database_that_cannot_be_reached_is_named(own_house: House) -> None:
    own_house.settings["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"
    found = ask(own_house, "doctor")
    assert found.returncode == 1
    assert "WRONG  database: it cannot be reached" in found.stdout
    assert "DATABASE_URL" in found.stdout
    assert found.stdout.count("WRONG") == 1


def test_a81_a_record_that_was_changed_is_found_by_its_number(own_house: House) -> None:
    seed = (
        "import django; django.setup()\n"
        "from django.db import transaction\n"
        "from vigil.audit.commands import record\n"
        "from vigil.kernel import clock\n"
        "for number in range(3):\n"
        "    with transaction.atomic():\n"
        "        record(actor='agent:1', action='signed_in', subject=f'agent:{number}', at=clock.now())\n"
    )
    subprocess.run([sys.executable, "-c", seed], env=own_house.environment(), cwd=ROOT, check=True)
    sound = ask(own_house, "verify-audit")
    assert (sound.returncode, sound.stdout.startswith("3 records, unbroken")) == (0, True)
    with psycopg.connect(own_house.database_url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # what a superuser with bad intent would do
        connection.execute("UPDATE audit_record SET actor = 'agent:9' WHERE number = 2")
    bad = ask(own_house, "verify-audit")
    assert bad.returncode == 1
    assert bad.stdout.startswith("record 2 is bad")
