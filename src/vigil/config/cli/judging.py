"""The commands that judge texts line by line, without Django and without a database."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigil.config.cli import usages
from vigil.config.cli.lines import answer_lines
from vigil.kernel import clock
from vigil.kernel.environment import env_path

if TYPE_CHECKING:
    from vigil.safety.links.judging import Judgement

_PROFILE = Path(__file__).parents[2] / "workspace" / "profiles" / "mexc.toml"


def scan(arguments: Sequence[str]) -> int:
    """Find the secrets in each text."""
    from vigil.safety.scanning import scan as scan_text  # Imported here: the help must not wait for the lists of words.
    from vigil.workspace.access_keys import shapes

    try:
        shapes()
    except (OSError, ValueError) as error:
        print(f"vigil: the profile cannot be used: {error}", file=sys.stderr)
        return 1
    return answer_lines(lambda row: scan_text(row["text"]), "text")


def identify(arguments: Sequence[str]) -> int:
    """Name the facts in each text."""
    from vigil.identifiers.telling import tell_facts

    return answer_lines(lambda row: {"facts": tell_facts(row["text"])}, "text")


def check_link(arguments: Sequence[str]) -> int:
    """Judge where each link leads, by the official channels of the profile or of another file."""
    look_at = _link_judge(arguments, usages.CHECK_LINK)
    if isinstance(look_at, int):
        return look_at

    def judge(row: dict[str, Any]) -> dict[str, Any]:
        judged = look_at(row["url"])
        return {"verdict": judged.verdict, "imitates": judged.imitates, "reasons": list(judged.reasons)}

    return answer_lines(judge, "url")


def check_reply(arguments: Sequence[str]) -> int:
    """Judge each text as one that is to leave in our name."""
    from vigil.safety.replies.judging import judge_reply

    look_at = _link_judge(arguments, usages.CHECK_REPLY)
    if isinstance(look_at, int):
        return look_at

    def judge(row: dict[str, Any]) -> dict[str, Any]:
        own = [value for value in row.get("own", ()) if isinstance(value, str)]
        return {"verdicts": [asdict(verdict) for verdict in judge_reply(row["text"], row["lang"], look_at, own)]}

    return answer_lines(judge, "text", "lang")


def _link_judge(arguments: Sequence[str], usage: str) -> "Callable[[str], Judgement] | int":
    """Read the registry that was named, and give what judges links by it; or what to end with."""
    from vigil.trust.checking import check_link as check
    from vigil.trust.registry import BadRegistry, read_registry

    match list(arguments):
        case []:
            path = env_path("VIGIL_PROFILE", _PROFILE)
        case ["--registry", name]:
            path = Path(name)
        case _:
            print(usage, file=sys.stderr)
            return 2
    try:
        registry = read_registry(path)
    except BadRegistry as error:
        print(f"vigil: {error}", file=sys.stderr)
        return 1
    today = clock.now().date()
    return lambda url: check(url, registry, today)
