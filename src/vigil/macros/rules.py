"""How a prepared answer takes its values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_VARIABLE = re.compile(r"\{\{\s*([a-z][a-z0-9_.]*)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its values; `missing` names, in order and once, the variables that still stand in it."""

    text: str
    missing: tuple[str, ...] = ()


def fill(text: str, variables: Mapping[str, str]) -> Filled:
    """Put values in the place of {{variables}}; one without a value, or with an empty one, stays and is reported."""
    missing: dict[str, None] = {}

    def value_of(found: re.Match[str]) -> str:
        value = variables.get(found[1])
        if not value:
            missing[found[1]] = None
            return f"{{{{{found[1]}}}}}"
        return value

    return Filled(_VARIABLE.sub(value_of, text), tuple(missing))
