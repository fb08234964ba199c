"""What the linter of imports cannot see: foreign keys point downhill, and only commands write."""

import ast
import configparser
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "vigil"

# Where rows are written outside commands, and why.
WRITERS = {
    "kernel/post": "the outbox of our own letters is the ground's own state machine",
    "kernel/jobs.py": "asks the queue's own table",
    "kernel/once.py": "what was used once is the ground's own list, which commands above spend from",
    "files/workshop": "saves pictures to a descriptor, in a process that has no database",
}
_VERBS = {"save", "create", "bulk_create", "update", "delete", "get_or_create", "update_or_create", "bulk_update", "aupdate", "acreate"}


def _floor_of() -> dict[str, int]:
    law = configparser.ConfigParser()
    law.read(ROOT / ".importlinter")
    layers = law["importlinter:contract:floors"]["layers"].strip().splitlines()
    # "a | b" stand on one floor and must not know one another.
    return {app.strip(" ()"): len(layers) - place for place, layer in enumerate(layers) for app in layer.split("|")}


def test_foreign_keys_point_downhill() -> None:
    floors = _floor_of()
    for model in apps.get_models():
        if not model.__module__.startswith("vigil."):
            continue
        own = model._meta.app_label
        for field in model._meta.get_fields():
            other = getattr(field.related_model, "_meta", None) if field.concrete else None
            if other is not None and other.app_label in floors and other.app_label != own:
                assert floors[own] > floors[other.app_label], f"{model._meta.label}.{field.name} points up or sideways to {other.label}"


def _writes(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _VERBS:
            owner = ast.unparse(node.func.value)
            if ".objects" in owner or node.func.attr == "save":
                yield node


def test_only_commands_write_rows() -> None:
    found = []
    for path in SOURCE.rglob("*.py"):
        place = path.relative_to(SOURCE).as_posix()
        if "/tests/" in place or "/migrations/" in place or "commands" in path.parts or path.name == "commands.py":
            continue
        if any(place.startswith(known) for known in WRITERS):
            continue
        found += [f"{place}:{call.lineno}" for call in _writes(ast.parse(path.read_text()))]
    assert found == []


def test_no_view_reaches_for_rows() -> None:
    """V28: a page asks a query, and the query asks who is looking; nobody else says `.objects`."""
    found = [
        path.relative_to(SOURCE).as_posix()
        for path in (SOURCE / "faces").rglob("*.py")
        if "/tests/" not in path.as_posix() and ".objects" in path.read_text()
    ]
    assert found == []
