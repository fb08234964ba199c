"""A figure, and the table of them."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "<!-- the figures of the last run -->", "<!-- end of the figures -->"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, how much it is, and what it is held against; `holds` is None where nothing is promised."""

    what: str
    value: str
    target: str = ""
    holds: bool | None = None


def at_most(what: str, value: float, most: float, unit: str, *, aim: str = "", digits: int = 1) -> Figure:
    """Make a figure that is good when it is small."""
    target = f"≤ {most:g} {unit}" + (f" (aim {aim})" if aim else "")
    return Figure(what, f"{value:,.{digits}f} {unit}", target, value <= most)


def at_least(what: str, value: float, least: float, unit: str, *, aim: str = "") -> Figure:
    """Make a figure that is good when it is big."""
    return Figure(what, f"{value:,.0f} {unit}", f"≥ {least:,.0f} {unit}" + (f" (aim {aim})" if aim else ""), value >= least)


def note(what: str, value: str) -> Figure:
    """Make a figure that is only told."""
    return Figure(what, value)


def machine(postgres: str) -> list[Figure]:
    """Name the machine and how busy it was."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), "?"
    )
    gibibytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return [
        note("processor", f"{model}, {os.cpu_count()} cores, {gibibytes:.0f} GiB"),
        note("system", f"{platform.system()} {platform.release()}, Python {platform.python_version()}, PostgreSQL {postgres}"),
        note("load average at the start", load),
    ]


def as_table(title: str, figures: Sequence[Figure]) -> str:
    """Write a Markdown table."""
    verdict = {None: "", True: "yes", False: "**no**"}
    lines = [f"### {title}", "", "| | measured | promised | kept |", "|---|---|---|---|"]
    lines += [f"| {one.what} | {one.value} | {one.target} | {verdict[one.holds]} |" for one in figures]
    return "\n".join(lines) + "\n"


def print_table(title: str, figures: Sequence[Figure]) -> None:
    """Show figures on a terminal."""
    sign = {None: " ", True: "+", False: "-"}
    print(f"\n{title}")
    for one in figures:
        print(f"  {sign[one.holds]} {one.what:<64} {one.value:>24}   {one.target}", flush=True)


def keep(page: Path, tables: str) -> None:
    """Put the tables into the page between its two marks; what else stands there stays."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{tables}\n{END}{after}", encoding="utf-8")
