"""Which answers wait a moment before they go, so that their author may undo them."""

from datetime import timedelta

# Long enough to see the slip one has just made, and nothing to somebody who waits for a letter.
DEPARTS_AFTER = timedelta(seconds=5)
# What has left the house as a letter cannot be taken back; in a chat it can, visibly, and so goes at once.
_BY_POST = frozenset({"email", "ticket"})


def goes_by_post(channel: str) -> bool:
    """Say whether answers on a channel reach their customer as letters."""
    return channel in _BY_POST
