"""What the commands that judge texts answer, and that none of them waits for a web server."""

import json
import subprocess
import sys

from vigil.config.cli import GROUPS

ASKED = {
    "scan": ({"id": 1, "text": "hello"}, {"id": 1, "masked": "hello", "findings": [], "ask": []}),
    "identify": (
        {"id": "a", "text": "uid 48210377"},
        {
            "id": "a",
            "facts": [
                {"kind": "uid", "value": "48210377", "canonical": "48210377", "chains": [], "checksum": "none", "start": 4, "end": 12}
            ],
        },
    ),
    "check-link": (
        {"id": None, "url": "https://mexc.com.evil.example/"},
        {"id": None, "verdict": "fraud", "imitates": "MEXC", "reasons": ["domain_inside"]},
    ),
    "check-reply": (
        {"id": 7, "text": "Hello. Please send me your password!", "lang": "en"},
        {"id": 7, "verdicts": [{"rule": "OUT-ASK", "action": "block", "start": 7, "end": 36, "reason": "secret"}]},
    ),
}
_PROGRAM = """
import io, sys
from vigil.config.cli import judging, lines
for name, line in {asked!r}.items():
    lines.answer_lines.__kwdefaults__["source"] = io.BytesIO(line.encode())
    getattr(judging, name.replace("-", "_"))([])
print("django" in sys.modules, file=sys.stderr)
"""


def test_each_command_answers_as_it_promises_and_none_loads_django() -> None:
    asked = {name: json.dumps(line) for name, (line, _) in ASKED.items()}
    done = subprocess.run([sys.executable, "-c", _PROGRAM.format(asked=asked)], capture_output=True, timeout=60, check=True)
    assert [json.loads(line) for line in done.stdout.splitlines()] == [answer for _, answer in ASKED.values()]
    assert done.stderr.split() == [b"False"]


def test_every_command_that_judges_is_asked_here() -> None:
    assert {each.name for commands in GROUPS.values() for each in commands if each.act.startswith("judging:")} == set(ASKED)
