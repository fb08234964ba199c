"""What only its writer can judge is asked about, and nothing is stored before the answer."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests import cast
from vigil.conversations import commands
from vigil.conversations.models import Conversation, Entry
from vigil.kernel import clock
from vigil.safety.refusals import NeedsChoice
from vigil.safety.tests import makers

pytestmark = pytest.mark.django_db

WORDS = "where is my money " + makers.hex64(3)


def test_a_message_in_doubt_waits_for_the_answer_and_comes_with_the_same_key() -> None:
    cast.open_the_desk()
    ada, key = cast.ada(), uuid4()
    begun = commands.open_conversation(commands.Opening(ada, "chat", "en", uuid4(), "hello"), at=clock.now()).conversation
    before = Entry.objects.count()
    with pytest.raises(NeedsChoice):
        commands.receive_message(commands.Message(begun, ada, key, WORDS, meant=""), at=clock.now())
    assert Entry.objects.count() == before
    written = commands.receive_message(commands.Message(begun, ada, key, WORDS, meant="public"), at=clock.now())
    assert written.entry is not None
    assert written.entry.text == WORDS


def test_nothing_begins_with_words_in_doubt_and_what_was_said_to_be_secret_is_hidden() -> None:
    cast.open_the_desk()
    opening = commands.Opening(cast.ada(), "chat", "en", uuid4(), WORDS, meant="")
    with pytest.raises(NeedsChoice):
        commands.open_conversation(opening, at=clock.now())
    assert not Conversation.objects.exists()
    commands.open_conversation(replace(opening, meant="secret"), at=clock.now())
    assert Entry.objects.get(kind="message").text == "where is my money ⟦hidden:private_key⟧"


def test_a_phrase_in_pieces_is_hidden_from_the_piece_on_that_completes_it() -> None:
    cast.open_the_desk()
    ada, words = cast.ada(), makers.phrase("english", 0)
    begun = commands.open_conversation(commands.Opening(ada, "chat", "en", uuid4(), "hello"), at=clock.now()).conversation
    pieces = [commands.Message(begun, ada, uuid4(), " ".join(words[at : at + 4])) for at in range(0, 12, 4)]
    commands.receive_message(pieces[0], at=clock.now())
    commands.receive_many(pieces[1:], at=clock.now())
    texts = [*Entry.objects.filter(kind="message").order_by("seq").values_list("text", flat=True)]
    assert texts == ["hello", pieces[0].text, "⟦hidden:mnemonic⟧", "⟦hidden:mnemonic⟧"]
    commands.receive_message(commands.Message(begun, ada, uuid4(), "still need advice"), at=clock.now())
    assert "still need advice" in Entry.objects.values_list("text", flat=True)


def test_the_hash_that_an_agent_asked_for_is_stored_as_it_comes() -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    begun = cast.opens(ada)
    cast.answers(desk.noor, begun, "Please send me the TXID.", at=clock.now())
    bare = "0x" + makers.hex64(3)
    written = commands.receive_message(commands.Message(begun, ada, uuid4(), bare, meant=""), at=clock.now())
    assert written.entry is not None
    assert written.entry.text == bare
