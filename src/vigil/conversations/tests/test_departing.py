"""Answers that go by post: five seconds for second thoughts, held by the server, and then sent once."""

from datetime import timedelta
from typing import Literal
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.errors import ConversationIsClosed, GoneAlready
from vigil.conversations.models import Conversation, Departure, Entry
from vigil.drafts import commands as drafts
from vigil.drafts.queries import find_draft
from vigil.kernel import faults
from vigil.kernel.database.plain import ask

pytestmark = pytest.mark.django_db
AT = cast.later()
LATER = AT + timedelta(seconds=6)
SAID = "We have **found** it."


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


def opened(channel: str = "email") -> str:
    opening = conversations.Opening(cast.ada(), channel, "en", uuid4(), "Where is my withdrawal?", "emea-general")
    return conversations.open_conversation(opening, at=cast.NIGHT).conversation


def sends(
    desk: cast.Desk, name: str, text: str = SAID, *, key: UUID | None = None, kind: str = "reply", file: str = ""
) -> conversations.Written:
    files = (file,) if file else ()
    kinds: Literal["reply", "note"] = "note" if kind == "note" else "reply"
    words = conversations.Words(name, desk.noor, key or uuid4(), text, kinds, files=files, files_of="agent:noor", may_undo=True)
    return conversations.reply(words, at=AT)


def departs(number: int | None = None) -> bool:
    return conversations.let_depart(departure_id=number or Departure.objects.get().id, at=LATER)


def replies(name: str) -> list[str | None]:
    return [entry.text for entry in Entry.objects.filter(conversation__public_id=name, kind="reply")]


@pytest.mark.parametrize("channel", ["email", "ticket"])
def test_an_answer_by_post_waits_and_nobody_sees_it_yet(desk: cast.Desk, channel: str) -> None:
    name = opened(channel)
    written = sends(desk, name)
    assert written.entry is None
    assert written.waiting is not None
    assert written.waiting.goes_at == AT + timedelta(seconds=5)
    assert replies(name) == []
    row = Conversation.objects.get(public_id=name)
    assert (row.waiting_since, row.assignee_id, row.preview) == (cast.NIGHT, None, "Where is my withdrawal?")
    question = queries.departures_asked(name, desk.noor.agent_id)
    (shown,) = question.read(ask(question.text, question.values))
    assert (shown.public_id, shown.text) == (written.waiting.public_id, SAID)
    (job,) = ProcrastinateJob.objects.filter(task_name="conversations.depart")
    assert (job.args, job.scheduled_at) == ({"departure_id": Departure.objects.get().id}, written.waiting.goes_at)


def test_after_its_moment_it_goes_once_however_often_it_is_tried(desk: cast.Desk) -> None:
    name = opened()
    sends(desk, name)
    number = Departure.objects.get().id
    assert departs(number) is True
    assert departs(number) is False
    assert replies(name) == [SAID]
    row = Conversation.objects.get(public_id=name)
    assert (row.waiting_since, row.assignee_id, row.preview) == (None, desk.noor.agent_id, "We have found it.")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["conversations.before_departure", "conversations.after_departure", "conversations.before_commit"])
def test_f03_cut_off_anywhere_it_goes_once(desk: cast.Desk, place: str) -> None:
    name = opened()
    sends(desk, name)
    faults.arm(f"{place}=database@1")
    try:
        with pytest.raises(OperationalError):
            departs()
        assert replies(name) == []
        assert departs() is True
    finally:
        faults.arm("")
    assert replies(name) == [SAID]
    assert not Departure.objects.exists()


def test_undone_it_is_a_draft_again_and_never_goes(desk: cast.Desk) -> None:
    name = opened()
    written = sends(desk, name)
    assert written.waiting is not None
    number = Departure.objects.get().id
    drafts.take_back(departure=written.waiting.public_id, conversation=name, agent_id=desk.noor.agent_id, at=LATER)
    assert find_draft(name, desk.noor.agent_id).text == SAID
    assert departs(number) is False
    assert replies(name) == []
    with pytest.raises(GoneAlready):
        drafts.take_back(departure=written.waiting.public_id, conversation=name, agent_id=desk.noor.agent_id, at=LATER)


def test_the_draft_that_it_was_goes_at_once_and_one_that_begins_alike_stays(desk: cast.Desk) -> None:
    name = opened()
    drafts.keep_draft(conversation=name, sight=desk.noor, text="We have **fou", kind="reply", base="", at=AT)
    sends(desk, name)
    assert find_draft(name, desk.noor.agent_id).text is None
    drafts.keep_draft(conversation=name, sight=desk.noor, text="We have", kind="reply", base="", at=AT)
    departs()
    assert find_draft(name, desk.noor.agent_id).text == "We have"


def test_undone_words_stand_before_what_was_begun_meanwhile_and_as_a_note_if_that_is_one(desk: cast.Desk) -> None:
    name = opened()
    written = sends(desk, name)
    assert written.waiting is not None
    drafts.keep_draft(conversation=name, sight=desk.noor, text="Ask Sol.", kind="note", base="", at=AT)
    given = drafts.take_back(departure=written.waiting.public_id, conversation=name, agent_id=desk.noor.agent_id, at=LATER)
    assert (given.draft.text, given.draft.kind) == (f"{SAID}\n\nAsk Sol.", "note")


def test_undone_files_belong_to_nobody_and_may_be_sent_anew(desk: cast.Desk) -> None:
    name, picture = opened(), cast.file_of("agent:noor")
    written = sends(desk, name, "", file=picture)
    assert written.waiting is not None
    given = drafts.take_back(departure=written.waiting.public_id, conversation=name, agent_id=desk.noor.agent_id, at=LATER)
    assert given.files == ((picture, "image"),)
    again = sends(desk, name, "Here", file=picture)
    assert again.waiting is not None
    departs()
    assert queries.has_file(again.conversation_id, picture)


@pytest.mark.django_db(transaction=True)
def test_a33_undone_and_sent_at_the_same_moment_it_is_one_of_both(desk: cast.Desk) -> None:
    name = opened()
    written = sends(desk, name)
    number = Departure.objects.get().id
    assert written.waiting is not None
    departure = written.waiting.public_id
    gone, back = cast.at_once(
        lambda: departs(number),
        lambda: drafts.take_back(departure=departure, conversation=name, agent_id=desk.noor.agent_id, at=LATER),
    )
    assert gone is isinstance(back, GoneAlready)
    assert replies(name) == ([SAID] if gone else [])
    assert bool(find_draft(name, desk.noor.agent_id).text) is not gone


def test_the_same_key_waits_once_and_is_the_entry_once_it_has_gone(desk: cast.Desk) -> None:
    name, key = opened(), uuid4()
    first, again = sends(desk, name, key=key), sends(desk, name, key=key)
    assert first.waiting == again.waiting
    departs()
    after = sends(desk, name, key=key)
    assert after.is_repeat
    assert after.entry is not None
    assert after.waiting is None
    assert not Departure.objects.exists()


def test_a_chat_s_answer_and_any_note_go_at_once(desk: cast.Desk) -> None:
    assert sends(desk, opened("chat")).entry is not None
    assert sends(desk, opened(), "Look.", kind="note").entry is not None
    assert not Departure.objects.exists()


def test_what_was_closed_meanwhile_takes_nothing_and_its_author_has_the_words_again(desk: cast.Desk) -> None:
    name = opened()
    sends(desk, name)
    conversations.set_status(conversation=name, sight=desk.sol, status="closed", at=AT)
    assert departs() is False
    assert replies(name) == []
    assert find_draft(name, desk.noor.agent_id).text == SAID
    with pytest.raises(ConversationIsClosed):
        sends(desk, name)


def test_i7_a_secret_is_gone_before_it_waits_and_is_told_of_when_it_goes(desk: cast.Desk) -> None:
    name = opened()
    phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow"
    sends(desk, name, f"It was {phrase}.")
    assert "sausage" not in (Departure.objects.get().text or "")
    departs()
    assert Entry.objects.filter(conversation__public_id=name, kind="secret_removed").count() == 1
    assert replies(name) == ["It was ⟦hidden:mnemonic⟧."]


def test_a25_nobody_undoes_what_is_not_theirs(desk: cast.Desk) -> None:
    name = opened()
    written = sends(desk, name)
    assert written.waiting is not None
    with pytest.raises(GoneAlready):
        drafts.take_back(departure=written.waiting.public_id, conversation=name, agent_id=desk.sol.agent_id, at=AT)
    assert Departure.objects.exists()
