"""The order in which things are measured, and what happens to the figures."""

import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.figures import Figure, as_table, keep, machine, print_table
from bench.measures import chat, crowd, desks, house, pages, screening, search, secrets, streams, widget
from bench.place import Place

Measure = Callable[..., list[Figure]]


def _chat(place: Place, *, full: bool) -> list[Figure]:
    with place.serving(crowd.gather(place, "100k")) as serving:
        return chat.measure(place, serving, full=full)


MEASURES: dict[str, tuple[str, Measure]] = {
    "pages": ("The desk's pages", pages.measure),
    "search": ("The search", search.measure),
    "desks": ("Fifty desks", desks.measure),
    "chat": ("Messages", _chat),
    "idle": ("Streams at rest", streams.measure_idle),
    "return": ("Everybody comes back", streams.measure_coming_back),
    "restart": ("Restart", house.measure_restart),
    "memory": ("Memory, PostgreSQL apart", house.measure_memory),
    "widget": ("The chat on a slow phone", widget.measure),
    "screening": ("Screening", screening.measure),
    "secrets": ("Secrets", secrets.measure),
}


def run(var: Path, names: Sequence[str], *, full: bool, page: Path | None, data: Path | None = None) -> int:
    """Measure, print and keep; 1 when something could not be measured at all."""
    place = Place(var, data)
    place.prepare()
    version = str(place.ask("SHOW server_version")[0][0])
    tables = [("The machine", machine(version))]
    print_table(*tables[0])
    failed = 0
    for name in names:
        title, measure = MEASURES[name]
        try:
            figures = measure(place, full=full)
        except Exception:  # noqa: BLE001 (one thing that cannot be measured must not hide the others)
            traceback.print_exc()
            figures, failed = [Figure("could not be measured", "—", "", False)], 1
        tables.append((title, figures))
        print_table(title, figures)
    if page is not None:
        keep(page, "\n".join(as_table(title, figures) for title, figures in tables))
    return failed
