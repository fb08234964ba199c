"""The letters there are: each app registers its own, by name, with the function that writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from vigil.kernel.post.rules import Arg, check_line

_THREE_DAYS = timedelta(days=3)


class UnknownTemplate(LookupError):
    """No app registered a letter by this name."""


class NotWanted(Exception):
    """Raised by a letter's function when what it was to tell is no longer true; nothing is sent."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter's words. Raises NotSendable when subject or sender's name could break out of their lines."""

    subject: str
    text: str
    html: str | None = None
    sender_name: str = ""

    def __post_init__(self) -> None:
        check_line(self.subject, "subject")
        check_line(self.sender_name, "sender_name")


Render = Callable[[Mapping[str, Arg], str], Rendered]


@dataclass(frozen=True, slots=True)
class Template:
    """How a letter is written, and how long it is worth delivering."""

    render: Render
    keep_trying: timedelta


_templates: dict[str, Template] = {}


def register(key: str, render: Render, *, keep_trying: timedelta = _THREE_DAYS) -> None:
    """Name a letter; `render(args, language)` runs at each delivery, in a transaction of its own.

    Make secret links there and nowhere earlier. A later registration of the same key replaces the earlier one.
    """
    _templates[key] = Template(render, keep_trying)


def get_template(key: str) -> Template:
    """Give the letter registered as `key`. Raises UnknownTemplate."""
    try:
        return _templates[key]
    except KeyError:
        raise UnknownTemplate(key) from None
