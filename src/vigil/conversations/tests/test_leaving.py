"""What is never asked of a customer does not leave, and neither do links that deceive; the audit knows who tried, and no word of it."""

import json
from uuid import uuid4

import pytest

from tests import cast
from vigil.audit.queries import list_records
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.errors import LinkDeceives, NeverAsked


@pytest.fixture
def desk(db: None) -> cast.Desk:
    return cast.open_the_desk()


def said(desk: cast.Desk, name: str) -> list[str]:
    return [str(entry.text) for entry in queries.get_thread(name, desk.noor).entries if entry.kind in {"reply", "note"}]


def test_a_reply_that_asks_for_what_is_never_asked_is_refused_and_told_to_the_audit(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    with pytest.raises(NeverAsked) as refused:
        cast.answers(desk.noor, name, "Hello 🙂! Please send me your **pass**word.", at=cast.later(1))
    assert refused.value.params["said"] == "Please send me your password."
    with pytest.raises(NeverAsked) as refused:
        cast.answers(desk.noor, name, "Hello 🙂! Please send me your password.", at=cast.later(1))
    assert refused.value.as_json()["mark"] == [10, 39]
    assert said(desk, name) == []
    records = list_records(action="conversations.reply_stopped").rows
    assert [(each.actor, each.subject, each.details) for each in records] == 2 * [
        (f"agent:{desk.noor.agent_id}", f"conversation:{name}", {"rule": "out-ask", "reason": "secret"})
    ]
    assert "password" not in json.dumps([each.details for each in records])


def test_a_language_is_known_by_its_letters_whatever_the_conversation_is_in(desk: cast.Desk) -> None:
    name = cast.opens(cast.wei(), "我的充值没有到账，请帮我看看。")
    with pytest.raises(NeverAsked):
        cast.answers(desk.noor, name, "请把您的验证码发给我。", at=cast.later(1))
    cast.answers(desk.noor, name, "请勿把验证码发给任何人。", at=cast.later(1))
    assert said(desk, name) == ["请勿把验证码发给任何人。"]


def test_a_link_that_deceives_does_not_leave_and_one_of_ours_does(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    for link in ("https://mexc-support.vip/login", "https://bit.ly/3abc"):
        with pytest.raises(LinkDeceives):
            cast.answers(desk.noor, name, f"Please open {link}", at=cast.later(1))
    cast.answers(desk.noor, name, "Please open https://www.mexc.com/support", at=cast.later(1))
    assert len(said(desk, name)) == 1


def test_the_team_may_write_down_what_somebody_asked_for(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    words = conversations.Words(name, desk.noor, uuid4(), "The impostor wrote: send me your password. mexc-support.vip", "note")
    conversations.note(words, at=cast.later(1))
    assert len(said(desk, name)) == 1
