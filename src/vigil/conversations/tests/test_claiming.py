"""Somebody logs in, and on a click the talks of the same browser come along."""

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.models import Conversation, Entry
from vigil.conversations.queries import list_of_customer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk() -> cast.Desk:
    return cast.open_the_desk()


def test_every_talk_comes_along_and_says_so_once(desk: cast.Desk) -> None:
    guest, ada = cast.irina(), cast.ada()
    names = {cast.opens(guest), cast.opens(guest, "Another matter.")}
    own = cast.opens(ada)
    assert conversations.claim(from_customer=guest, to_customer=ada, at=cast.later(1)) == 2
    assert conversations.claim(from_customer=guest, to_customer=ada, at=cast.later(2)) == 0
    assert {row.public_id for row in list_of_customer(ada, limit=9)} == {*names, own}
    assert sorted(Entry.objects.filter(kind="claimed").values_list("conversation__public_id", flat=True)) == sorted(names)
    assert Entry.objects.filter(kind="claimed").first().data == {"from": guest}  # type: ignore[union-attr]  # counted above


def test_the_talk_goes_on_for_the_new_owner_and_for_nobody_else(desk: cast.Desk) -> None:
    guest, ada = cast.irina(), cast.ada()
    name = cast.opens(guest)
    conversations.claim(from_customer=guest, to_customer=ada, at=cast.later(1))
    assert cast.writes(ada, name, "It is me.", at=cast.later(2)).entry is not None
    with pytest.raises(ConversationNotFound):
        cast.writes(guest, name, "And me?", at=cast.later(3))


def test_a_key_that_both_used_is_no_obstacle() -> None:
    guest, ada = cast.irina(), cast.ada()
    cast.opens(guest)
    key = Conversation.objects.get().opening_key
    cast.opens(ada, key=key)
    assert conversations.claim(from_customer=guest, to_customer=ada, at=cast.later(1)) == 1


def test_whoever_said_nothing_has_nothing_to_bring() -> None:
    assert conversations.claim(from_customer=cast.irina(), to_customer=cast.ada(), at=cast.later(1)) == 0
