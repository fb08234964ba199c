"""Whose session still holds, by the name that a token carries."""

import pytest

from tests import cast
from vigil.conversations.rights import find_unwelcome

pytestmark = pytest.mark.django_db


def test_an_agent_is_welcome_under_the_epoch_and_in_a_browser_that_is_known() -> None:
    noor = cast.open_the_desk().noor.agent_id
    assert find_unwelcome([f"agent:{noor}:0", f"agent:{noor}:1", f"agent:{noor}:0:77"]) == {f"agent:{noor}:1", f"agent:{noor}:0:77"}


@pytest.mark.parametrize("subject", ["agent:1", "agent:1:0:2:3", "agent:x:0", "agent:1:0:", "agent:", "agent:1:-1", "somebody"])
def test_a02_whoever_is_named_otherwise_was_never_welcome(subject: str) -> None:
    assert find_unwelcome([subject]) == {subject}
