from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests import cast
from vigil.files import commands, disk
from vigil.files.models import File
from vigil.files.rules.quotas import KNOWN
from vigil.kernel import faults

ADA = "guest:ada"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """Give each test a folder of its own, and disarm what it armed."""
    settings.VIGIL_FILES = tmp_path / "files"
    settings.VIGIL_FILES_SPARE = 1
    yield tmp_path / "files"
    faults.arm("")


@pytest.fixture
def sends(db: None) -> Callable[..., str]:
    """Send a whole file as Ada, and return its name; nobody has looked at it yet."""

    def send(name: str, data: bytes, *, owner: str = ADA) -> str:
        row = commands.begin_upload(owner=owner, name=name, media_type="", size=len(data), quota=KNOWN, at=cast.NIGHT)
        disk.incoming(File.objects.get(public_id=row.public_id).key).write_bytes(data)
        commands.finish_upload(public_id=row.public_id, owner=owner, at=cast.NIGHT)
        return row.public_id

    return send
