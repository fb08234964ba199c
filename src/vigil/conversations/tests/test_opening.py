"""How a conversation begins: its words are looked at once, and nothing waits inside the transaction."""

import pytest
from django.db import connection

from tests import cast
from vigil.kernel import faults
from vigil.safety import commands as safety


@pytest.mark.django_db(transaction=True)
def test_the_first_words_are_screened_once_before_the_transaction_and_the_commit_is_real(monkeypatch: pytest.MonkeyPatch) -> None:
    cast.open_the_desk()
    ada = cast.ada()
    seen: list[tuple[str, bool]] = []
    screen = safety.screen

    def looked_at(text: str) -> object:
        seen.append(("screen", connection.in_atomic_block))
        return screen(text)

    monkeypatch.setattr(safety, "screen", looked_at)
    monkeypatch.setattr(faults, "point", lambda name: seen.append((name, connection.in_atomic_block)))
    cast.opens(ada)
    own = [one for one in seen if one[0] == "screen" or one[0].startswith("conversations.")]
    assert own == [("screen", False), ("conversations.before_commit", True), ("conversations.after_commit", False)]
