"""One line an event: time, level, where, what. Never a body, a header, an argument or a local variable."""

import logging
import traceback
from datetime import UTC, datetime


class Line(logging.Formatter):
    """Formats a record as one line; of an exception it keeps the type and the places, never the message.

    An exception's message may quote what a customer wrote (a database error quotes the row), so it stays out of the log.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Write the line."""
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        line = f"{at} {record.levelname} {record.name}: {_what(record)}"
        if record.exc_info and record.exc_info[0]:
            places = traceback.extract_tb(record.exc_info[2])[-6:]
            trail = " < ".join(f"{place.filename.rpartition('/')[2]}:{place.lineno}" for place in reversed(places))
            line += f" [{record.exc_info[0].__module__}.{record.exc_info[0].__qualname__} at {trail}]"
        return line.replace("\n", "\\n")


def _what(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if request is None:
        return record.getMessage()
    # Django's own words quote the address, and an address may be a key: a link for a new password is one.
    route = getattr(getattr(request, "resolver_match", None), "route", "an address of no page")
    return f"{getattr(request, 'method', '?')} {route} -> {getattr(record, 'status_code', 'refused')}"
