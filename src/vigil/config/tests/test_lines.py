"""JSON Lines: what the commands that judge texts do with good, bad and hostile lines."""

import io
import json
import subprocess
import sys
from typing import Any

from vigil.config.cli import GROUPS, lines


def _answers(raw: bytes) -> tuple[int, list[dict[str, Any]]]:
    sink = io.BytesIO()
    code = lines.answer_lines(_length, "text", source=io.BytesIO(raw), sink=sink)
    return code, [json.loads(line) for line in sink.getvalue().splitlines()]


def _length(row: lines.Row) -> lines.Row:
    if row["text"] == "break":
        raise ValueError(row["text"])
    return {"length": len(row["text"])}


def test_each_line_is_answered_in_order() -> None:
    rows = [{"id": number, "text": "ж" * number} for number in range(20_000, 20_020)]
    raw = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    assert _answers(raw) == (0, [{"id": row["id"], "length": row["id"]} for row in rows])
    assert _answers(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n\r\n"))[1] == _answers(raw)[1]


def test_a_bad_line_is_answered_with_an_error_that_quotes_nothing_and_the_rest_go_on() -> None:
    bad = [
        b'{"id":"x"',
        b'{"id":"x","text":7}',
        b'["text"]',
        b'{"id":"x","text":"break"}',
        b'{"text":"\xff"}',
        b'{"id":NaN}',
        b"[" * 90_000,
    ]
    code, answers = _answers(b"\n".join([*bad, b'{"id":9,"text":"ab"}']))
    assert code == 1
    assert answers[-1] == {"id": 9, "length": 2}
    assert [answer["line"] for answer in answers[:-1]] == list(range(1, len(bad) + 1))
    assert [answer["id"] for answer in answers[:-1]] == [None, "x", None, "x", None, None, None]
    assert not any("break" in answer["error"] for answer in answers[:-1])


def test_a_line_without_end_costs_no_more_memory_than_a_line_may_have() -> None:
    code, answers = _answers(
        b'{"text":"' + b"a" * (lines.MOST_BYTES + 200_000) + b'"}\n{"id":2,"text":"b"}\n' + b"c" * (lines.MOST_BYTES + 1)
    )
    assert code == 1
    assert [answer.get("error") for answer in answers] == [f"the line is longer than {lines.MOST_BYTES} bytes", None, answers[0]["error"]]


def test_half_a_surrogate_pair_is_text_like_any_other() -> None:
    assert _answers(b'{"id":"\\ud800","text":"\\ud800"}') == (0, [{"id": "\ud800", "length": 1}])


def test_an_answer_comes_before_the_next_line_and_django_is_never_loaded() -> None:
    program = (
        "import sys\nfrom vigil.config.cli import main\n"
        "code = main(['scan'])\nprint('django' in sys.modules, file=sys.stderr)\nraise SystemExit(code)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin
        assert running.stdout
        for number in range(3):
            running.stdin.write(json.dumps({"id": number, "text": "hello"}).encode() + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline()) == {"id": number, "masked": "hello", "findings": [], "ask": []}
        said = running.communicate(timeout=60)[1]
    assert running.returncode == 0
    assert said.split() == [b"False"]


def test_what_every_command_does_exists() -> None:
    for commands in GROUPS.values():
        for command in commands:
            assert callable(command.acts)
