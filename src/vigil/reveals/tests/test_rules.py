import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.reveals.rules import masked


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("email", "wei.zhang@mail.example", "w•••@m•••.example"),
        ("address", "a@b.example", "a•••@b•••.example"),
        ("email", "ada@desk.support.example", "a•••@d•••.example"),
        ("phone", "+15550123", "•••123"),
        ("uid", "70012345", "7•••345"),
        ("telegram", "weizhang", "w•••ang"),
        # What is this short would be told by its ends.
        ("uid", "700123", "•••"),
        ("phone", "01234", "•••"),
        ("x", "wei", "•••"),
    ],
)
def test_whoever_knows_a_value_recognises_it_and_nobody_else_learns_it(kind: str, value: str, shown: str) -> None:
    assert masked(kind, value) == shown


@given(st.sampled_from(["email", "phone", "uid", "telegram"]), st.text("abc019.@-", min_size=3, max_size=60))
def test_a62_no_value_is_told_by_its_mask_and_none_by_its_length(kind: str, value: str) -> None:
    shown = masked(kind, value)
    assert value not in shown
    assert len(shown) <= 3 + 3 + 1 + len(value.rpartition(".")[2]) + 5
    assert sum(part in value for part in shown.replace("@", "•••").split("•••") if part) <= 3
