"""F05: killed at any place of a file's way, nothing that may be shown lacks its bytes, and the next try ends well."""

import hashlib
import os
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from tests import cast
from tests.forking import run
from vigil.files import commands, disk, queries
from vigil.files.models import File
from vigil.files.rules.quotas import KNOWN
from vigil.files.tests import makers
from vigil.files.tests.conftest import ADA

pytestmark = pytest.mark.django_db(transaction=True)
_WORK = """
import django
django.setup()
from tests import cast
from vigil.files import commands
from vigil.files.tests.conftest import ADA
name = %(name)r
commands.finish_upload(public_id=name, owner=ADA, at=cast.NIGHT)
commands.check_file(public_id=name, at=cast.NIGHT)
"""


def _run_and_die(name: str, place: str) -> int:
    database = connection.settings_dict
    login = ":".join(quote(str(database[part]), safe="") for part in ("USER", "PASSWORD") if database[part])
    own = {
        "DATABASE_URL": f"postgresql://{login}@/{database['NAME']}?host={quote(str(database['HOST']), safe='')}&port={database['PORT']}",
        "VIGIL_FILES": str(settings.VIGIL_FILES),
        "VIGIL_FILES_SPARE": "0",
        "VIGIL_FAULTS": f"{place}=kill@1",
        "PYTHONPATH": str(Path(__file__).parents[4]),
    }
    return run([], program=_WORK % {"name": name}, environment={**os.environ, **own}).returncode


def _assert_whole() -> None:
    """I5: whatever may be shown is there, byte for byte."""
    for file in File.objects.filter(state="ready"):
        assert hashlib.sha256(disk.ready(file.key).read_bytes()).hexdigest() == file.sha256
        assert disk.ready(file.key, thumbnail=True).exists() == file.has_thumbnail


@pytest.mark.parametrize(
    "place",
    [
        "files.before_received",
        "files.before_workshop",
        "files.before_making",
        "files.after_making",
        "files.before_verdict",
        "files.after_verdict",
    ],
)
def test_f05_i5_killed_anywhere_a_file_is_whole_or_not_shown_and_a_second_try_ends_well(place: str, folder: Path) -> None:
    data = makers.png(1000, 700)
    row = commands.begin_upload(owner=ADA, name="photo.png", media_type="", size=len(data), quota=KNOWN, at=cast.NIGHT)
    disk.incoming(File.objects.get().key).write_bytes(data)
    assert _run_and_die(row.public_id, place) == -9
    _assert_whole()
    commands.finish_upload(public_id=row.public_id, owner=ADA, at=cast.NIGHT)
    commands.check_file(public_id=row.public_id, at=cast.NIGHT)
    _assert_whole()
    assert queries.list_files([row.public_id])[0].is_ready
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (0, 0))
    commands.sweep(at=cast.NIGHT)
    assert sorted(path.parts[-3] for path in folder.rglob("*") if path.is_file()) == ["ready", "ready"]
