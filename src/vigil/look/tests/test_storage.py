"""What we rely on in Django's hashed static files, some of which it calls experimental."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from vigil.look.storage import HashedFiles


@pytest.fixture
def collected(tmp_path: Path, settings: Any) -> HashedFiles:
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    return HashedFiles(location=str(tmp_path))


def test_sheets_and_scripts_name_each_other_by_hash(collected: HashedFiles) -> None:
    folder = Path(collected.location)
    sheet = (folder / collected.stored_name("look/css/base.css")).read_text(encoding="utf-8")
    assert Path(collected.stored_name("look/css/parts/button.css")).name in sheet
    desk = (folder / collected.stored_name("desk/desk.css")).read_text(encoding="utf-8")
    assert Path(collected.stored_name("look/css/base.css")).name in desk
    live = (folder / collected.stored_name("look/js/live.js")).read_text(encoding="utf-8")
    assert Path(collected.stored_name("look/js/live_door.js")).name in live
    assert 'from "./live_door.js"' not in live


def test_names_stay_plain_until_files_were_collected(tmp_path: Path) -> None:
    assert HashedFiles(location=str(tmp_path)).stored_name("look/icons.svg") == "look/icons.svg"
