"""The commands that judge texts line by line, without Django and without a database."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vigil.config.cli import usages
from vigil.config.cli.lines import answer_lines
from vigil.kernel import clock
from vigil.kernel.environment import env_path

_PROFILE = Path(__file__).parents[2] / "workspace" / "profiles" / "mexc.toml"


def scan(arguments: Sequence[str]) -> int:
    """Find the secrets in each text."""
    from vigil.safety.scanning import scan as scan_text  # Imported here: the help must not wait for the lists of words.

    return answer_lines(lambda row: scan_text(row["text"]), "text")


def identify(arguments: Sequence[str]) -> int:
    """Name the facts in each text."""
    from vigil.identifiers.telling import tell_facts

    return answer_lines(lambda row: {"facts": tell_facts(row["text"])}, "text")


def check_link(arguments: Sequence[str]) -> int:
    """Judge where each link leads, by the official channels of the profile or of another file."""
    from vigil.trust.checking import check_link as check
    from vigil.trust.registry import BadRegistry, read_registry

    match list(arguments):
        case []:
            path = env_path("VIGIL_PROFILE", _PROFILE)
        case ["--registry", name]:
            path = Path(name)
        case _:
            print(usages.CHECK_LINK, file=sys.stderr)
            return 2
    try:
        registry = read_registry(path)
    except BadRegistry as error:
        print(f"vigil: {error}", file=sys.stderr)
        return 1
    today = clock.now().date()

    def judge(row: dict[str, Any]) -> dict[str, Any]:
        judged = check(row["url"], registry, today)
        return {"verdict": judged.verdict, "imitates": judged.imitates, "reasons": list(judged.reasons)}

    return answer_lines(judge, "url")
