"""JSON as it was meant: an object, UTF-8, no key twice, no NaN, not nested without end. Pure."""

import json
import math
import re
from typing import Any
from uuid import UUID

from vigil.kernel.ids import is_public_id
from vigil.kernel.live.refusals import BadField, BadRequest, UnknownField

DEEPEST = 8
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_RANDOM_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def read_object(raw: bytes) -> dict[str, Any]:
    """Read one JSON object. Raises BadRequest for anything that two programs could read differently."""
    try:
        value = _DECODER.decode(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadRequest from error
    if not isinstance(value, dict):
        raise BadRequest
    _check(value, 1)
    return value


def only(body: dict[str, Any], *known: str) -> None:
    """Refuse fields that nobody asked for. Raises UnknownField."""
    for name in body:
        if name not in known:
            raise UnknownField(field=name[:40])


def text(body: dict[str, Any], name: str, *, most: int, least: int = 1) -> str:
    """Read a text of `least` to `most` letters. Raises BadField."""
    value = body.get(name)
    if not isinstance(value, str) or not least <= len(value) <= most:
        raise BadField(field=name)
    return value


def whole(body: dict[str, Any], name: str, *, most: int = 2**53, default: int | None = None) -> int:
    """Read a whole number from 0 to `most`; `default` where the field is absent. Raises BadField."""
    value = body.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise BadField(field=name)
    return value


def public_id(body: dict[str, Any], name: str) -> str:
    """Read a name of ours; says nothing about whether it exists. Raises BadField."""
    value = body.get(name)
    if not isinstance(value, str) or not is_public_id(value):
        raise BadField(field=name)
    return value


def public_ids(body: dict[str, Any], name: str, *, most: int) -> tuple[str, ...]:
    """Read up to `most` names of ours, each once; none where the field is absent. Raises BadField."""
    names = body.get(name, [])
    if not isinstance(names, list) or len(names) > most or len({str(each) for each in names}) < len(names):
        raise BadField(field=name)
    return tuple(public_id({name: each}, name) for each in names)


def sending_key(body: dict[str, Any], name: str = "key") -> UUID:
    """Read the sender's own key of a sending: a random UUID, written as RFC 9562 writes it. Raises BadField."""
    value = body.get(name)
    if not isinstance(value, str) or not _RANDOM_UUID.fullmatch(value):
        raise BadField(field=name)
    return UUID(value)


def flag(body: dict[str, Any], name: str) -> bool:
    """Read true or false. Raises BadField."""
    value = body.get(name)
    if not isinstance(value, bool):
        raise BadField(field=name)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key is there twice")
    return result


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number has no end")
    return number


def _check(value: Any, depth: int) -> None:
    if isinstance(value, str):
        # A lone surrogate cannot be written as UTF-8, and PostgreSQL takes no NUL.
        if _UNWRITABLE.search(value):
            raise BadRequest
    elif isinstance(value, (dict, list)):
        if depth > DEEPEST:
            raise BadRequest
        for part in (*value.keys(), *value.values()) if isinstance(value, dict) else value:
            _check(part, depth + 1)


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite)
