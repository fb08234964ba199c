"""JSON that two programs could read differently is refused."""

import pytest

from vigil.kernel.live import strict
from vigil.kernel.live.refusals import BadField, BadRequest, UnknownField


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b'"text"',
        b"null",
        b"{",
        b'{"a":1,"a":2}',
        b'{"a":{"b":1,"b":2}}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":-Infinity}',
        b'{"a":1e999}',
        b'{"a":"\xff"}',
        b'\xff\xfe{"a":1}',
        b'{"a":"\\ud800"}',
        b'{"a":"\\u0000"}',
        b'{"\\u0000":1}',
        b'{"a":' + b"[" * 8 + b"]" * 8 + b"}",
        b'{"a":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        b'{"a":' + b"9" * 6000 + b"}",
        b"{'a':1}",
        b'{"a":1,}',
    ],
)
def test_what_is_not_one_plain_object_is_refused(raw: bytes) -> None:
    with pytest.raises(BadRequest):
        strict.read_object(raw)


def test_a_plain_object_is_read() -> None:
    assert strict.read_object('{"text":"你好 🙂","n":[1,{"a":null}]}'.encode()) == {"text": "你好 🙂", "n": [1, {"a": None}]}


def test_eight_levels_are_deep_enough() -> None:
    assert strict.read_object(b'{"a":' + b"[" * 7 + b"]" * 7 + b"}")


def test_a27_a_field_that_nobody_asked_for_is_refused_by_name() -> None:
    with pytest.raises(UnknownField) as refused:
        strict.only({"text": "hi", "is_internal": False}, "text")
    assert refused.value.params == {"field": "is_internal"}


@pytest.mark.parametrize("value", [None, 1, True, [], {}, "", "abc"])
def test_v53_a_text_is_a_text(value: object) -> None:
    with pytest.raises(BadField):
        strict.text({"text": value}, "text", most=2)


@pytest.mark.parametrize("value", [None, "1", True, -1, 1.0, 2**60, []])
def test_v53_a_number_is_a_whole_number(value: object) -> None:
    with pytest.raises(BadField):
        strict.whole({"n": value}, "n")
