"""Every way files change."""

from vigil.files.commands.begin import begin_upload
from vigil.files.commands.check import check_file
from vigil.files.commands.finish import finish_upload, turn_away
from vigil.files.commands.keep import forget_files, give_up, keep_files, let_go, release
from vigil.files.commands.sweep import sweep

__all__ = [
    "begin_upload",
    "check_file",
    "finish_upload",
    "forget_files",
    "give_up",
    "keep_files",
    "let_go",
    "release",
    "sweep",
    "turn_away",
]
