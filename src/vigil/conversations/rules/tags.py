"""Free words by which a team finds its conversations again."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from vigil.conversations.rules.deciding import Decision, Denied, Draft, State

MOST_TAGS = 20
LONGEST_TAG = 40


def tidy_tag(text: str) -> str:
    """Write a tag as everybody finds it: one form of each letter, small ones, single spaces, no # before it."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split()).lstrip("# ")


def on_tag(state: State, tags: Sequence[str], *, tag: Any, on: bool, by: int) -> Decision | Denied:
    """Put a tag on, or take it off; a repeat changes nothing. What is closed is tagged too."""
    if (tag in tags) == on:
        return Decision(state)
    if on and len(tags) >= MOST_TAGS:
        return Denied("tags")
    return Decision(state, (Draft("tagged", "agent", agent_id=by, text=tag, data={"on": on}),))
