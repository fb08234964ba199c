"""`vigil doctor` and `vigil verify-audit`, as an operator meets them."""

import re
import subprocess
import time

import psycopg
import pytest

from tests.houses import House, drop_database, make_database


def wrong(found: "subprocess.CompletedProcess[str]") -> set[str]:
    """Name what the doctor found wrong, the catalogues apart: a guard of their own speaks for them."""
    return set(re.findall(r"^  WRONG  ([\w ]+):", found.stdout, re.MULTILINE)) - {"languages"}


def test_a_sound_installation_is_well(own_house: House) -> None:
    found = own_house.type_in("doctor")
    assert wrong(found) == set(), found.stdout
    assert found.stdout.count("\n") >= 13


def test_what_is_wrong_is_named_with_its_remedy(own_house: House) -> None:
    with psycopg.connect(own_house.database_url, autocommit=True) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'macros'")
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts)"
            " VALUES ('default', 'kernel.deliver_letter', 'failed', 6)"
        )
    found = own_house.asks_the_doctor()
    assert found.returncode == 1
    assert "WRONG  schema" in found.stdout
    assert "vigil prepare" in found.stdout
    assert "WRONG  jobs: 1 jobs were given up" in found.stdout
    assert "kernel.deliver_letter" in own_house.type_in("dead-letters").stdout


def test_a_database_that_cannot_be_reached_is_named(own_house: House) -> None:
    own_house.settings["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"
    found = own_house.asks_the_doctor()
    assert found.returncode == 1
    assert "WRONG  database: it cannot be reached" in found.stdout
    assert "DATABASE_URL" in found.stdout
    assert wrong(found) == {"database"}


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"VIGIL_MODE": "production", "VIGIL_SECRET_KEY": ""}, "VIGIL_SECRET_KEY"),
        ({"VIGIL_PORT": "abc"}, "VIGIL_PORT"),
        ({"DATABASE_URL": "postgresql://vigil:hush@db.example:port/vigil"}, "DATABASE_URL"),
        ({"VIGIL_BASE_URL": "https://[support"}, "VIGIL_BASE_URL"),
        ({"VIGIL_FAULTS": "nosuch.place=kill"}, "VIGIL_FAULTS"),
    ],
)
def test_a_setting_that_cannot_be_read_is_the_complaint_and_ends_the_look(own_house: House, settings: dict[str, str], named: str) -> None:
    own_house.settings.update(settings)
    found = own_house.asks_the_doctor()
    assert found.returncode == 1
    complaint, remedy = found.stdout.splitlines()[-2:]
    assert complaint.startswith(f"  WRONG  settings: {named} ")
    assert f"set {named} " in remedy
    assert "the look itself failed" not in found.stdout
    assert "Traceback" not in found.stdout + found.stderr
    assert "hush" not in found.stdout + found.stderr


def test_a_bell_and_a_relay_that_nobody_answers_at_are_named(own_house: House) -> None:
    own_house.settings.update(REDIS_URL="redis://:hush@127.0.0.1:1/0", VIGIL_SMTP_URL="smtp://vigil:hush@127.0.0.1:1")
    found = own_house.asks_the_doctor()
    assert found.returncode == 1
    assert "WRONG  bell: Redis does not answer" in found.stdout
    assert "WRONG  relay: 127.0.0.1, port 1, cannot be reached" in found.stdout
    assert wrong(found) == {"bell", "relay"}
    assert "hush" not in found.stdout


def test_an_empty_database_needs_to_be_prepared(own_house: House) -> None:
    own_house.settings["DATABASE_URL"] = empty = make_database()
    try:
        found = own_house.asks_the_doctor()
    finally:
        drop_database(empty)
    assert wrong(found) == {"schema"}


def test_a_server_without_a_worker_is_named(own_house: House) -> None:
    own_house.start()
    alone = own_house.asks_the_doctor()
    assert "WRONG  worker: the server runs" in alone.stdout
    own_house.start_worker()
    until = time.monotonic() + 20
    while wrong(own_house.asks_the_doctor()):
        assert time.monotonic() < until, own_house.log()


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
    own_house.runs(seed)
    sound = own_house.type_in("verify-audit")
    assert (sound.returncode, sound.stdout.startswith("3 records, unbroken")) == (0, True)
    with psycopg.connect(own_house.database_url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # what a superuser with bad intent would do
        connection.execute("UPDATE audit_record SET actor = 'agent:9' WHERE number = 2")
    bad = own_house.type_in("verify-audit")
    assert bad.returncode == 1
    assert bad.stdout.startswith("record 2 is bad")
