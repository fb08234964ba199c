"""What the workshop may not do, whatever a file talks its decoder into."""

import json
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from vigil.files import workbench
from vigil.files.tests import makers
from vigil.files.tests.test_videos import boxes
from vigil.files.workshop import limits

_CONFINED = """
import json, os, socket, threading
from vigil.files.workshop.confinement import confine
held = os.open("/dev/null", os.O_RDWR)
confined = confine()
def tried(deed):
    try:
        deed()
    except PermissionError:
        return "refused"
    except OSError as error:
        return type(error).__name__
    return "done"
deeds = {
    "open a file": lambda: os.open("/etc/hostname", os.O_RDONLY),
    "open the key to write": lambda: os.open("/tmp/vigil-secret.key", os.O_WRONLY | os.O_CREAT),
    "speak to the database": lambda: socket.socket(socket.AF_UNIX),
    "speak to the network": lambda: socket.socket(socket.AF_INET),
    "start a program": lambda: os.execv("/bin/true", ["true"]),
    "have a child": lambda: os.fork() or os._exit(0),
    "end another": lambda: os.kill(os.getppid(), 0),
    "drop a file": lambda: os.unlink("/tmp/nothing"),
    "rename a file": lambda: os.rename("/tmp/nothing", "/tmp/nobody"),
    "make a folder": lambda: os.mkdir("/tmp/vigil-none"),
    "have a thread": lambda: threading.Thread(target=int).start(),
    "write what it holds": lambda: os.write(held, b"x"),
    "take memory": lambda: len(bytearray(10_000_000)),
}
print(json.dumps([confined, {name: tried(deed) for name, deed in deeds.items()}]))
"""
_ALLOWED = {"have a thread", "write what it holds", "take memory"}


def test_v57_a_decoder_that_is_taken_over_opens_nothing_speaks_to_nobody_and_starts_nothing() -> None:
    run = subprocess.run([sys.executable, "-c", _CONFINED], capture_output=True, text=True, check=True)
    confined, deeds = json.loads(run.stdout)
    # The filter is Linux's; elsewhere the other limits stand alone.
    assert confined == (sys.platform == "linux" and platform.machine() in {"x86_64", "aarch64"})
    if confined:
        assert deeds == {deed: "done" if deed in _ALLOWED else "refused" for deed in deeds}


def test_v57_the_workshop_takes_no_more_memory_time_and_disk_than_it_may() -> None:
    program = (
        "import resource; from vigil.files.workshop.limits import tighten; tighten(1000)\n"
        "kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)\n"
        "print([resource.getrlimit(kind)[0] for kind in kinds])\n"
        "try: bytearray(400_000_000)\n"
        "except MemoryError: print('refused')\n"
        "import signal; print(signal.alarm(0))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    shown, refused, seconds = run.stdout.splitlines()
    memory, *others = json.loads(shown)
    assert 0 < int(seconds) <= limits.WALL_SECONDS
    assert others == [limits.CPU_SECONDS, 1000, 0]
    if sys.platform == "linux":
        assert (memory, refused) == (limits.MEMORY, "refused")


def test_v57_the_workshop_is_told_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spy, source = tmp_path / "spy", tmp_path / "source"
    asked = "print(json.dumps({'environment': sorted(os.environ), 'held': sorted(os.listdir('/dev/fd'))}))"
    spy.write_text(f"#!{sys.executable}\nimport json, os\n{asked}\n")
    spy.chmod(0o700)
    source.write_bytes(makers.gif())
    monkeypatch.setattr("sys.executable", str(spy))
    monkeypatch.setenv("VIGIL_SECRET_KEY", "not for decoders")
    answer: dict[str, Any] = workbench._work("gif", source, tmp_path / "target", tmp_path / "small")[1]
    assert set(answer["environment"]) <= {"LANG", "LC_CTYPE", "MALLOC_ARENA_MAX"}
    # Three for reading and saying, two for writing, and the one that lists them.
    assert len(answer["held"]) == 6


def test_nothing_but_the_workshop_loads_a_decoder() -> None:
    program = (
        "import django, sys; django.setup(); import vigil.config.asgi, vigil.files.jobs, vigil.files.http.gate, vigil.files.workbench\n"
        "print([name for name in ('PIL', 'pillow_heif', 'vigil.files.workshop') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_smallest_picture_says_whether_a_workshop_can_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    assert workbench.is_sound()
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert not workbench.is_sound()


def test_the_reader_of_the_tests_sees_every_box() -> None:
    assert [kind for kind, _ in boxes(makers.box(b"moov", makers.box(b"udta", b"x")))] == [b"moov", b"udta"]
