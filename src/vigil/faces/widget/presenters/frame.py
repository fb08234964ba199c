"""What the frame's document shows and hands to its scripts."""

from collections.abc import Sequence
from typing import Any

from django.utils import translation

from vigil.faces.widget.assets import digest, frame_script, frame_sheet
from vigil.faces.widget.words import frame_words, host_words
from vigil.files.rules.kinds import list_accepted
from vigil.languages.table import Language, find_language, get_language
from vigil.workspace.profile import Site, profile

_SCORES = range(1, 6)


def frame_context(site: Site, hosts: Sequence[str]) -> dict[str, Any]:
    """Gather what the template needs, in the active language; `hosts` may frame the document and hear from it."""
    spoken = find_language(translation.get_language() or "") or get_language("en")
    brand = profile().name
    given = {
        "site": site.key,
        "language": spoken.code,
        "hosts": ["self" if host == "'self'" else host for host in hosts],
    }
    return {
        "language": spoken,
        "brand_name": brand,
        "sheet": digest(frame_sheet()),
        "script": digest(frame_script()),
        "given": given,
        "words": {**frame_words(), "host": host_words(brand)},
        "accept": ",".join(list_accepted()),
        "scores": _SCORES,
    }


def sheets_context() -> dict[str, Any]:
    """Gather what the sheets' template needs, in the active language."""
    spoken = find_language(translation.get_language() or "") or get_language("en")
    return {"languages": [_choice(get_language(code), spoken) for code in profile().languages]}


def _choice(language: Language, spoken: Language) -> dict[str, Any]:
    return {"code": language.code, "name": language.own_name, "direction": language.direction, "is_chosen": language.code == spoken.code}
