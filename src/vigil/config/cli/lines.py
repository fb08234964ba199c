"""JSON Lines: how a command that judges texts speaks with other programs. Knows neither Django nor a database.

A line in, a line out, in the same order, and out as soon as it was judged. What cannot be judged is answered too, with an
error that quotes nothing of it, so that the answers stay as many as the lines; lines of nothing but spaces are no lines.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

Row = dict[str, Any]
Judge = Callable[[Row], Row]

MOST_BYTES = 4 << 20
_CHUNK = 1 << 16


class BadLine(Exception):
    """A line cannot be judged; the message says why and quotes nothing of it."""


def answer_lines(judge: Judge, *fields: str, source: BinaryIO | None = None, sink: BinaryIO | None = None) -> int:
    """Answer each line of `source` with what `judge` makes of it; 1 when some line could not be judged, else 0.

    `judge` takes the object that was read, in which every one of `fields` is a text, and gives the answer without the id.
    It raises BadLine to refuse. From standard input to standard output, if nothing else is said.
    """
    source, sink = source or sys.stdin.buffer, sink or sys.stdout.buffer
    bad = number = 0
    try:
        for lines in _complete(source):
            answers = []
            for line in lines:
                number += 1
                if line is None or line.strip():
                    answer, is_bad = _answer(judge, fields, line, number)
                    answers.append(answer)
                    bad += is_bad
            sink.write(b"".join(answers))
            sink.flush()
    except BrokenPipeError:
        # Nobody listens any more: nothing is left to say, not even at the end of the program.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    if bad:
        print(f"vigil: {bad} of {number} lines could not be judged; their answers say why", file=sys.stderr)
    return int(bad > 0)


def _complete(source: BinaryIO) -> Iterator[list[bytes | None]]:
    """Give lines as they come, as many as are there; None stands for one that is too long, of which nothing is kept."""
    rest, is_skipping = b"", False
    while chunk := os.read(source.fileno(), _CHUNK) if source is sys.stdin.buffer else source.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\n")
        lines: list[bytes | None] = [*whole]
        if is_skipping and lines:
            lines[0], is_skipping = None, False
        if len(rest) > MOST_BYTES or is_skipping:
            rest, is_skipping = b"", True
        yield [None if line is not None and len(line) > MOST_BYTES else line for line in lines]
    if rest or is_skipping:
        yield [None if is_skipping else rest]


def _answer(judge: Judge, fields: tuple[str, ...], line: bytes | None, number: int) -> tuple[bytes, bool]:
    row: Row = {}
    try:
        row = _read(line)
        _require(row, fields)
        return _written({"id": row.get("id"), **judge(row)}), False
    except BadLine as error:
        said = str(error)
    except Exception:  # noqa: BLE001 - whatever broke, the rest go on; and what it says may quote the text.
        said = "it could not be judged to the end; take it for refused"
    return _written({"id": row.get("id"), "line": number, "error": said}), True


def _read(line: bytes | None) -> Row:
    if line is None:
        raise BadLine(f"the line is longer than {MOST_BYTES} bytes")
    try:
        row = json.loads(line.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BadLine("the line is not JSON in UTF-8") from None
    if not isinstance(row, dict):
        raise BadLine("the line is not an object")
    return row


def _require(row: Row, fields: tuple[str, ...]) -> None:
    missing = next((field for field in fields if not isinstance(row.get(field), str)), None)
    if missing is not None:
        raise BadLine(f"{missing!r} is not a text")


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _written(answer: Row) -> bytes:
    try:
        return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except UnicodeEncodeError:
        # Half a surrogate pair has no UTF-8 of its own; JSON can still name it.
        return json.dumps(answer, separators=(",", ":")).encode() + b"\n"
