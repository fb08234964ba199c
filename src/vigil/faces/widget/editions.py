"""The loader's editions: each content has an address of its own and keeps it, so that a page may trust it by its digest."""

import base64
import json
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha384
from pathlib import Path

from django.conf import settings
from django.utils import translation

from vigil.faces.widget.assets import loader_script
from vigil.faces.widget.words import host_words
from vigil.languages.table import get_language
from vigil.workspace.profile import profile

_NAME = re.compile(r"[0-9a-f]{16}")
# How browsers call what has another name here; the first start that fits is taken, so what is longer stands first.
_STARTS = {"zh-Hant": ("zh-hant", "zh-tw", "zh-hk", "zh-mo"), "zh-Hans": ("zh",)}


@dataclass(frozen=True, slots=True)
class Edition:
    """One content of the loader; `integrity` is what a page writes beside its address."""

    name: str
    script: str
    integrity: str


def current() -> Edition:
    """Give the edition of this version, this profile and these catalogues, and keep it for those who will ask for it by name."""
    return _of(_script())


def find(name: str) -> str | None:
    """Find the script of an edition, of this version or an earlier one; None where there never was one."""
    if not _NAME.fullmatch(name):
        return None
    now = current()
    if name == now.name:
        return now.script
    path = _place(name)
    return path.read_text(encoding="utf-8") if path.is_file() else None


def keep() -> Edition:
    """Write the present edition beside the earlier ones; done at each start, so that none is ever missed."""
    now = current()
    path = _place(now.name)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(now.script, encoding="utf-8")
    return now


def _of(script: str) -> Edition:
    mark = sha384(script.encode())
    return Edition(mark.hexdigest()[:16], script, "sha384-" + base64.b64encode(mark.digest()).decode())


@cache
def _script() -> str:
    given = {"hue": profile().hue, "labels": _labels()}
    return loader_script().replace('"__GIVEN__"', json.dumps(given, ensure_ascii=False, separators=(",", ":")), 1)


def _labels() -> list[tuple[str, str]]:
    """List how a wish for each language begins, and the label in it; the default first, for readers of none of them."""
    labels = []
    for code in profile().languages:
        with translation.override(get_language(code).django_code):
            label = host_words(profile().name)["title"]
        labels += [(code != profile().default_language, start, label) for start in _STARTS.get(code, (code.lower(),))]
    ordered = [(start, label) for _, start, label in sorted(labels, key=lambda each: (each[0], -len(each[1])))]
    return [each for place, each in enumerate(ordered) if not _is_said_below(each, ordered[place + 1 :])]


def _is_said_below(each: tuple[str, str], below: list[tuple[str, str]]) -> bool:
    """Tell whether a wish would find the same label without this start: by the next one that fits it as well."""
    start, label = each
    return next((other for shorter, other in below if start.startswith(shorter)), None) == label


def _place(name: str) -> Path:
    return settings.VIGIL_VAR / "loaders" / f"{name}.js"
