"""What this installation's registry says."""

from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from vigil.safety.links.judging import Judgement
from vigil.trust.checking import check_link
from vigil.trust.registry import Registry, read_registry


@cache
def registry() -> Registry:
    """Give the official channels of this installation, read once. Raises BadRegistry."""
    return read_registry(Path(settings.VIGIL_PROFILE))


def judge_link(url: str, *, at: datetime) -> Judgement:
    """Judge a link by the official channels as they count at a moment."""
    return check_link(url, registry(), at.date())
