from hypothesis import given
from hypothesis import strategies as st

from vigil.macros.rules import fill


def test_values_stand_where_their_names_stood() -> None:
    assert (
        fill("Hello {{customer.name}}, {{ agent.name }} here.", {"customer.name": "Ada", "agent.name": "Noor"}).text
        == "Hello Ada, Noor here."
    )


def test_what_has_no_value_stays_and_is_reported_once() -> None:
    filled = fill("{{eta}}, then {{network}}, then {{eta}}", {"network": ""})
    assert filled.text == "{{eta}}, then {{network}}, then {{eta}}"
    assert filled.missing == ("eta", "network")


def test_a_value_is_never_read_as_a_variable() -> None:
    filled = fill("Hello {{customer.name}}", {"customer.name": "{{agent.name}}", "agent.name": "Noor"})
    assert filled.text == "Hello {{agent.name}}"
    assert filled.missing == ()


@given(st.text())
def test_a_text_without_variables_is_left_as_it_is(text: str) -> None:
    if "{{" not in text:
        assert fill(text, {}).text == text
