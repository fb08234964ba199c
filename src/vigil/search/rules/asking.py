"""A search as it is typed: words, and filters as words with a colon."""

import re
from dataclasses import dataclass, field, replace

# The names of filters are a language of their own, the same in every tongue; some have a second name.
FILTERS = ("status", "agent", "queue", "channel", "language", "topic", "tag", "time", "after", "before")
_ALSO = {"from": "agent", "assignee": "agent", "lang": "language", "since": "after", "until": "before"}
_FILTER = re.compile(r'(?<!\S)([a-z]+)[:：](?:"([^"]*)"|(\S+))', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for: words, and by its name what each filter is set to."""

    words: str = ""
    filters: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Write it as one types it; the same search is always the same text."""
        filters = [f"{name}:{_quoted(self.filters[name])}" for name in FILTERS if name in self.filters]
        return " ".join([*([self.words] if self.words else []), *filters])

    def with_filter(self, name: str, value: str) -> "Asked":
        """Set a filter, or take it away with an empty value."""
        others = {key: each for key, each in self.filters.items() if key != name}
        return replace(self, filters={**others, name: value} if value else others)


def read_asked(text: str) -> Asked:
    """Read a search as it is typed; of two filters of one name the last one counts, and an unknown name is a word."""
    filters: dict[str, str] = {}

    def take(found: re.Match[str]) -> str:
        name = _ALSO.get(found[1].lower(), found[1].lower())
        value = (found[2] if found[2] is not None else found[3]).strip()
        if name not in FILTERS or not value:
            return found[0]
        filters[name] = value
        return ""

    return Asked(" ".join(_FILTER.sub(take, text).split()), filters)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
