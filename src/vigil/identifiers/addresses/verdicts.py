"""What a judge of addresses says about one code."""

from typing import NamedTuple


class Verdict(NamedTuple):
    """`value` is the address as one would copy it; the rest is as in a Fact of kind address."""

    value: str
    networks: tuple[str, ...]
    checked: bool = False
    problem: str | None = None
