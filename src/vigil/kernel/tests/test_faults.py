"""The places where a test may break the program: all of them are known, and a mistyped one is refused."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import vigil
from vigil.kernel import faults
from vigil.kernel.environment import BadSetting


@pytest.fixture(autouse=True)
def _disarmed() -> Iterator[None]:
    yield
    faults.arm("")


def test_the_list_of_places_is_what_the_code_has() -> None:
    marked = re.compile(r"faults\.point\b\W+([a-z_.]+)")
    texts = (path.read_text(encoding="utf-8") for path in Path(vigil.__file__).parent.rglob("*.py") if "tests" not in path.parts)
    assert {place for text in texts for place in marked.findall(text)} == faults.PLACES


@pytest.mark.parametrize(
    "wrong",
    [
        "foo",
        "nosuch.place=kill",
        "post.before_data",
        "post.before_data=explode",
        "post.before_data=kill@x",
        "post.before_data=kill@0",
        "post.before_data=sleep",
        "post.before_data=sleep:long",
        "post.before_data=oserror:ENOSUCH",
        "post.after_claim=kill,post.before_dota=kill",
    ],
)
def test_what_would_never_fire_is_refused_by_name_and_leaves_what_was_armed(wrong: str) -> None:
    faults.arm("post.before_data=oserror:EIO")
    with pytest.raises(BadSetting, match=r"^VIGIL_FAULTS takes "):
        faults.arm(wrong)
    with pytest.raises(OSError, match="Input/output"):
        faults.point("post.before_data")


def test_a_fault_fires_at_its_pass_and_at_no_other() -> None:
    faults.arm("post.before_data=oserror:ENOSPC@2, safety.before_scan=sleep:0@*")
    faults.point("post.before_data")
    faults.point("safety.before_scan")
    with pytest.raises(OSError, match="No space"):
        faults.point("post.before_data")
    faults.point("post.before_data")
