"""Bold words, lists and links of agents, wherever they are read."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.live import ahead_of_reader
from vigil.drafts.commands import keep_draft
from vigil.drafts.errors import DraftHoldsSecret
from vigil.records.queries import get_html_record, get_text_record
from vigil.safety import commands as safety

SAID = "**Please** read [our page](https://help.example/fees):\n- one\n- two <b>"
PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"
SPLIT = PHRASE.replace("wave", "*wa*`ve`")
_NOWHERE = "legal", "yellow", "sausage"


def answered(desk: cast.Desk, text: str, kind: Any = "reply") -> tuple[int, str, conversations.Written]:
    customer = cast.ada()
    name = cast.opens(customer)
    conversations.assign(conversation=name, sight=desk.noor, agent_id=desk.noor.agent_id, at=cast.later())
    words = conversations.Words(name, desk.noor, uuid4(), text, kind)
    return customer, name, conversations.reply(words, at=cast.later())


def frames(written: conversations.Written) -> dict[str, dict[str, Any]]:
    found = ahead_of_reader(written, name="Noor Haddad", public_name="Noor")
    return {frame.topic[:1]: json.loads(frame.data) for frame in found if json.loads(frame.data)["kind"] in {"reply", "note"}}


@pytest.mark.parametrize("kind", ["reply", "note"])
def test_a_thread_shows_an_agent_s_words_shaped_and_their_html_as_letters(desk: cast.Desk, noor: Client, kind: str) -> None:
    _, name, _ = answered(desk, SAID, kind)
    shown = noor.get(f"/desk/conversations/{name}").content.decode()
    assert '<div class="bubble shaped"' in shown
    assert (
        '<p><strong>Please</strong> read <a href="https://help.example/fees" target="_blank" rel="noopener noreferrer nofollow">our page'
        in shown
    )
    assert '</a> <span class="host">(help.example)</span>:</p><ul><li>one</li><li>two &lt;b&gt;</li></ul>' in shown


def test_a05_a_customer_s_words_are_never_shaped(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada(), "**Look** at [this](https://evil.example/x)\n- now")
    shown = noor.get(f"/desk/conversations/{name}").content.decode()
    assert "**Look** at [this](https://evil.example/x)\n- now</div>" in shown
    assert 'evil.example/x"' not in shown


def test_the_chat_is_told_the_shape_as_a_tree_and_no_html(desk: cast.Desk) -> None:
    _, _, written = answered(desk, SAID)
    told = frames(written)
    assert told["p"]["text"] == SAID
    assert told["p"]["shape"][0] == [
        "p",
        [["strong", ["Please"]], " read ", ["a", ["our page"], "https://help.example/fees", "help.example"], ":"],
    ]
    assert told["t"]["is_shaped"] is True
    plain = frames(answered(desk, "As it is: 2*3*4")[2])
    assert "shape" not in plain["p"]
    assert "is_shaped" not in plain["t"]


def test_lists_show_the_words_without_signs(desk: cast.Desk, noor: Client) -> None:
    _, name, _ = answered(desk, SAID)
    row = queries.find_conversation(name, desk.noor)
    assert row is not None
    assert row.preview == "Please read our page (https://help.example/fees): - one - two <b>"


def test_a_record_to_keep_is_shaped_as_a_page_and_readable_as_text(desk: cast.Desk) -> None:
    customer, name, _ = answered(desk, SAID)
    asked: dict[str, Any] = {"conversation": name, "customer_id": customer, "language": "en", "zone": "UTC", "at": cast.later(9)}
    page = get_html_record(**asked)
    assert '<strong>Please</strong> read <a href="https://help.example/fees"' in page
    assert "<li>two &lt;b&gt;</li>" in page
    text = get_text_record(**asked)
    assert "  Please read our page (https://help.example/fees):\n  \n  - one\n  - two <b>\n" in text


def test_the_preview_shows_what_the_thread_will_and_keeps_nothing(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada())
    shown = noor.post(f"/desk/conversations/{name}/preview", {"text": SAID.replace("\n", "\r\n")})
    assert "<strong>Please</strong>" in shown.content.decode()
    assert "<ul><li>one</li>" in shown.content.decode()
    plain = noor.post(f"/desk/conversations/{name}/preview", {"text": "two\r\nlines"}).content.decode()
    assert 'class="shaped"' not in plain
    assert "two\nlines</div>" in plain
    assert [entry.kind for entry in queries.list_entries(name, desk.noor, after=0)] == ["opened", "message"]


def test_the_preview_tells_what_ones_own_clock_shows_then_as_the_thread_will(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada())
    # Tests may look into the rows of any app.
    apps.get_model("team", "Agent").objects.filter(id=desk.noor.agent_id).update(zone="Asia/Dubai")
    said = "By **15:30 UTC**, or 15:30."
    shown = noor.post(f"/desk/conversations/{name}/preview", {"text": said}).content.decode()
    assert "15:30 UTC <time" in shown
    assert shown.count("(19:30 your time)") == 1
    conversations.reply(conversations.Words(name, desk.noor, uuid4(), said, zone="Asia/Dubai"), at=cast.later())
    assert noor.get(f"/desk/conversations/{name}").content.decode().count("(19:30 your time)") == 1


@pytest.mark.parametrize("written", [PHRASE, SPLIT])
def test_i7_a_secret_is_taken_out_of_the_preview_too(noor: Client, written: str) -> None:
    name = cast.opens(cast.ada())
    shown = noor.post(f"/desk/conversations/{name}/preview", {"text": written}).content.decode()
    assert "recovery phrase removed" in shown
    assert not any(word in shown for word in _NOWHERE)


@pytest.mark.parametrize("kind", ["reply", "note"])
def test_i7_a_secret_that_only_shows_once_its_signs_are_gone_is_stored_nowhere(desk: cast.Desk, kind: str) -> None:
    _, name, written = answered(desk, f"Look: {SPLIT}", kind)
    assert written.entry is not None
    assert not any(word in (written.entry.text or "") for word in _NOWHERE)
    assert "⟦hidden:mnemonic⟧" in (written.entry.text or "")
    assert [line.kind for line in written.lines][-1] == "secret_removed"
    row = queries.find_conversation(name, desk.noor)
    assert row is not None
    assert "winner" not in (row.preview or "")


def test_i7_nor_is_it_kept_as_a_draft(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    with pytest.raises(DraftHoldsSecret):
        keep_draft(conversation=name, sight=desk.noor, text=SPLIT, kind="reply", base="", at=cast.later())


def test_signs_without_a_secret_are_kept_as_they_were_written() -> None:
    assert safety.screen_shaped(SAID).text == SAID


def test_words_that_grow_new_signs_again_and_again_are_hidden_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    # However often the signs are taken away, others come to light: nobody waits for the end of it.
    monkeypatch.setattr(safety, "_read", lambda text: f"{PHRASE} *x*")
    assert safety.screen_shaped("*a*").text == "⟦hidden:unknown⟧"
