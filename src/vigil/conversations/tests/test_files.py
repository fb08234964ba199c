"""Files that go with words: kept together with their entry, or not at all."""

import json
from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.errors import ConversationIsClosed, KeyReused
from vigil.conversations.live import ahead_of_reader, for_its_sender
from vigil.conversations.models import Conversation
from vigil.files.refusals import FileNotFound, FileNotReady
from vigil.kernel.ids import new_public_id
from vigil.safety.refusals import WordsEmpty

pytestmark = pytest.mark.django_db
ADA = "guest:ada"


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


def message(name: str, customer_id: int, *files: str, text: str = "", key: UUID | None = None, of: str = ADA) -> conversations.Message:
    return conversations.Message(name, customer_id, key or uuid4(), text, "en", files, of)


def sends(asked: conversations.Message) -> conversations.Written:
    return conversations.receive_message(asked, at=cast.later())


def kept(files: Sequence[str]) -> list[bool]:
    rows = apps.get_model("files", "File").objects
    return [rows.get(public_id=name).kept_at is not None for name in files]


def test_a_picture_without_words_is_a_message(desk: cast.Desk) -> None:
    ada = cast.ada()
    name, picture = cast.opens(ada), cast.file_of(ADA)
    entry = sends(message(name, ada, picture)).entry
    assert entry is not None
    said = for_its_sender(name, entry)
    assert said["files"] == [{"id": picture, "kind": "image", "type": "image/webp", "size": 1200, "width": 640, "height": 480}]
    assert "text" not in said
    assert "data" not in said
    assert kept([picture]) == [True]
    assert Conversation.objects.get(public_id=name).preview == "My deposit has not arrived."


def test_files_and_words_reach_both_sides_alike_and_in_their_order(desk: cast.Desk) -> None:
    ada = cast.ada()
    name, files = cast.opens(ada), [cast.file_of(ADA), cast.file_of(ADA, kind="mp4")]
    frames = ahead_of_reader(sends(message(name, ada, *files, text="Look.")))
    told = [json.loads(frame.data) for frame in frames]
    assert [[file["id"] for file in each["files"]] for each in told] == [files, files]
    assert [[file["kind"] for file in each["files"]] for each in told] == [["image", "video"]] * 2
    assert [each["text"] for each in told] == ["Look.", "Look."]
    assert queries.get_thread(name, desk.noor).entries[-1].data["files"][1]["type"] == "video/mp4"


def test_words_without_files_still_may_not_be_empty(desk: cast.Desk) -> None:
    ada = cast.ada()
    with pytest.raises(WordsEmpty):
        sends(message(cast.opens(ada), ada, text="  "))


def test_a02_a_file_of_somebody_else_is_no_file(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    for wrong in (cast.file_of("guest:wei"), new_public_id(), cast.file_of(ADA, state="refused")):
        with pytest.raises(FileNotFound):
            sends(message(name, ada, cast.file_of(ADA), wrong, text="Look."))
    assert len(queries.get_thread(name, desk.noor).entries) == 2


def test_f05_nothing_refers_to_a_file_before_its_verdict(desk: cast.Desk) -> None:
    ada = cast.ada()
    name, waits = cast.opens(ada), cast.file_of(ADA, state="checking")
    with pytest.raises(FileNotReady):
        sends(message(name, ada, waits))
    assert kept([waits]) == [False]


def test_one_refused_file_spoils_no_other_message_of_the_batch(desk: cast.Desk) -> None:
    ada = cast.ada()
    name, good = cast.opens(ada), cast.file_of(ADA)
    asked = [message(name, ada, text="One"), message(name, ada, new_public_id()), message(name, ada, good)]
    outcomes = conversations.receive_many(asked, at=cast.later())
    assert [isinstance(outcome, conversations.Written) for outcome in outcomes] == [True, False, True]
    assert isinstance(outcomes[1], FileNotFound)
    assert [entry.seq for entry in queries.get_thread(name, desk.noor).entries] == [1, 2, 3, 4]


def test_a_closed_conversation_takes_no_file_and_keeps_none(desk: cast.Desk) -> None:
    ada = cast.ada()
    name, picture = cast.opens(ada), cast.file_of(ADA)
    conversations.set_status(conversation=name, sight=desk.noor, status="closed", at=cast.later())
    with pytest.raises(ConversationIsClosed):
        sends(message(name, ada, picture))
    assert kept([picture]) == [False]


def test_the_same_sending_is_one_and_files_are_never_folded(desk: cast.Desk) -> None:
    ada, key = cast.ada(), uuid4()
    name, picture, other = cast.opens(ada), cast.file_of(ADA), cast.file_of(ADA)
    first = sends(message(name, ada, picture, text="This one", key=key))
    again = sends(message(name, ada, picture, text="This one", key=key))
    assert again.is_repeat
    assert again.entry == first.entry
    assert not sends(message(name, ada, other, text="This one")).is_folded
    with pytest.raises(KeyReused):
        sends(message(name, ada, picture, text="Another one", key=key))


def test_a_conversation_may_begin_with_a_picture(desk: cast.Desk) -> None:
    ada, picture = cast.ada(), cast.file_of(ADA)
    opening = conversations.Opening(ada, "chat", "en", uuid4(), "", "emea-general", files=(picture,), files_of=ADA)
    begun = conversations.open_conversation(opening, at=cast.NIGHT)
    assert queries.get_thread(begun.conversation, desk.noor).entries[1].data["files"][0]["id"] == picture
    with pytest.raises(FileNotFound):
        conversations.open_conversation(
            conversations.Opening(ada, "chat", "en", uuid4(), "", "emea-general", files=(new_public_id(),), files_of=ADA), at=cast.NIGHT
        )
    assert Conversation.objects.count() == 1


def test_v35_a_file_is_for_those_who_may_see_an_entry_that_refers_to_it(desk: cast.Desk) -> None:
    ada, mallory = cast.ada(), cast.mallory()
    name, picture, unsent = cast.opens(ada), cast.file_of(ADA), cast.file_of(ADA)
    sends(message(name, ada, picture))
    assert [queries.may_see_file(picture, who) for who in (ada, mallory)] == [True, False]
    assert not queries.may_see_file(unsent, ada)
    row, other = (queries.find_conversation(each, ada) for each in (name, cast.opens(ada)))
    assert row is not None
    assert other is not None
    assert [queries.has_file(row.id, picture), queries.has_file(other.id, picture)] == [True, False]


def test_the_index_knows_the_question_who_may_see_a_file(desk: cast.Desk) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT 1 FROM conversations_entry e WHERE e.data ? 'files' AND (e.data -> 'files') @> '[{\"id\": \"x\"}]'")
        assert "entry_by_file" in str(cursor.fetchall())


def answer(desk: cast.Desk, name: str, *files: str, kind: str = "reply", text: str = "", of: str = "agent:noor") -> conversations.Words:
    return conversations.Words(name, desk.noor, uuid4(), text, "note" if kind == "note" else "reply", files=files, files_of=of)


def test_an_agent_answers_with_pictures_and_the_customer_may_see_them(desk: cast.Desk) -> None:
    ada, mallory = cast.ada(), cast.mallory()
    name, picture = cast.opens(ada), cast.file_of("agent:noor")
    conversations.assign(conversation=name, sight=desk.noor, agent_id=desk.noor.agent_id, at=cast.later())
    written = conversations.reply(answer(desk, name, picture), at=cast.later())
    told = [json.loads(frame.data) for frame in ahead_of_reader(written, name="Noor Haddad", public_name="Noor")]
    assert [each["files"][0]["id"] for each in told] == [picture, picture]
    assert "text" not in told[0]
    assert kept([picture]) == [True]
    assert [queries.may_see_file(picture, who) for who in (ada, mallory)] == [True, False]
    assert Conversation.objects.get(public_id=name).waiting_since is None


def test_an_answer_without_words_and_files_is_none(desk: cast.Desk) -> None:
    with pytest.raises(WordsEmpty):
        conversations.reply(answer(desk, cast.opens(cast.ada()), text=" "), at=cast.later())


def test_a28_a_file_of_a_note_stays_inside(desk: cast.Desk) -> None:
    ada = cast.ada()
    name, picture = cast.opens(ada), cast.file_of("agent:noor")
    written = conversations.reply(answer(desk, name, picture, kind="note", text="Look."), at=cast.later())
    frames = ahead_of_reader(written, name="Noor Haddad", public_name="Noor")
    assert [frame.topic[0] for frame in frames] == ["t"]
    assert not queries.may_see_file(picture, ada)
    assert queries.has_file(written.conversation_id, picture)


def test_a02_an_agent_sends_no_file_of_somebody_else(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    for wrong in (cast.file_of("agent:sol"), cast.file_of(ADA), new_public_id()):
        for kind in ("reply", "note"):
            with pytest.raises(FileNotFound):
                conversations.reply(answer(desk, name, wrong, kind=kind), at=cast.later())
    assert len(queries.get_thread(name, desk.noor).entries) == 2


def test_a_closed_conversation_keeps_no_file_of_an_answer_and_takes_one_of_a_note(desk: cast.Desk) -> None:
    name, picture = cast.opens(cast.ada()), cast.file_of("agent:noor")
    conversations.set_status(conversation=name, sight=desk.noor, status="closed", at=cast.later())
    with pytest.raises(ConversationIsClosed):
        conversations.reply(answer(desk, name, picture), at=cast.later())
    assert kept([picture]) == [False]
    conversations.reply(answer(desk, name, picture, kind="note"), at=cast.later())
    assert kept([picture]) == [True]


@pytest.mark.django_db(transaction=True)
def test_a26_the_files_of_an_answer_that_was_withdrawn_are_gone(desk: cast.Desk) -> None:
    ada = cast.ada()
    name, picture = cast.opens(ada), cast.file_of("agent:noor")
    written = conversations.reply(answer(desk, name, picture, text="The wrong one"), at=cast.later())
    assert written.entry is not None
    conversations.withdraw_reply(conversation=name, sight=desk.noor, seq=written.entry.seq, at=cast.later())
    assert not queries.may_see_file(picture, ada)
    assert not queries.has_file(written.conversation_id, picture)
    assert not apps.get_model("files", "File").objects.filter(public_id=picture).exists()
