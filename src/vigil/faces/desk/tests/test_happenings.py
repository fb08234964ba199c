"""What the timeline tells the team, with somebody who did it and with nobody, in words that fit the one who reads."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations.queries import EntryRow
from vigil.faces.desk.presenters.happenings import Names, say

NAMES = Names(agents={7: "Sol Reyes"}, queues={3: "Deposits"})


def entry(kind: str, by: str | None, **data: Any) -> EntryRow:
    return EntryRow(
        seq=2,
        kind=kind,
        author_kind="agent" if by else "system",
        agent_id=5 if by else None,
        agent_name=by,
        agent_public_name=by,
        text=None,
        language="",
        data=data,
        client_key=None,
        created_at=cast.NIGHT,
    )


@pytest.mark.parametrize(
    ("kind", "data", "by_noor", "by_nobody"),
    [
        ("priority", {"to": 1}, "Noor set the priority to urgent", "Priority set to urgent"),
        ("queue", {"to": 3}, "Noor moved it to Deposits", "Moved to Deposits"),
        ("status", {"to": "open"}, "Noor opened it again", "Open again"),
        ("assigned", {"to": 7}, "Noor gave it to Sol Reyes", "Given to Sol Reyes"),
        ("assigned", {"to": 7, "from": 5}, "Noor gave it to Sol Reyes", "Given to Sol Reyes"),
        ("assigned", {"to": None}, "Noor put it back into the queue", "Back in the queue"),
    ],
)
def test_what_happened_is_told_with_the_one_who_did_it_or_without(kind: str, data: dict[str, Any], by_noor: str, by_nobody: str) -> None:
    assert say(entry(kind, "Noor", **data), NAMES) == by_noor
    assert say(entry(kind, None, **data), NAMES) == by_nobody


def test_taking_over_names_the_one_who_had_it() -> None:
    assert say(entry("assigned", "Noor", to=5), NAMES) == "Noor took it"
    assert say(entry("assigned", "Noor", to=5, **{"from": 7}), NAMES) == "Noor took it over from Sol Reyes"


def test_what_the_customer_did_is_told_as_theirs() -> None:
    ended = replace(entry("status", None, to="resolved"), author_kind="customer")
    assert say(ended, NAMES) == "They ended the conversation"
    assert say(replace(entry("rated", None, score=4), author_kind="customer"), NAMES) == "They rated the conversation 4 out of 5"


def test_a05_a_comment_on_the_rating_is_shown_as_words(desk: cast.Desk, noor: Client) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    conversations.end_conversation(conversation=name, customer_id=ada, at=cast.later(1))
    comment = "<img src=x onerror=alert(1)> great"
    conversations.rate_conversation(conversations.Rating(name, ada, uuid4(), 5, comment), at=cast.later(2))
    html = noor.get(f"/desk/conversations/{name}").content.decode()
    assert "They rated the conversation 5 out of 5" in html
    assert "&lt;img src=x onerror=alert(1)&gt; great</q>" in html
    assert "<img src=x" not in html


@pytest.mark.parametrize(("code", "expected"), [("ja", "保留にしました"), ("zh-hans", "会话已设为稍后处理"), ("ko", "보류됨")])
def test_what_happened_is_said_otherwise_than_the_state_it_led_to(code: str, expected: str) -> None:
    with translation.override(code):
        assert say(entry("status", None, to="snoozed"), NAMES) == expected
        assert translation.gettext("Snoozed") != expected


@pytest.mark.parametrize(("code", "mine", "customers"), [("ja", "自分", "お客様"), ("ko", "나", "고객님")])
def test_an_agents_own_words_are_not_called_a_customers(desk: cast.Desk, noor: Client, code: str, mine: str, customers: str) -> None:
    name = cast.opens(cast.ada())
    cast.answers(desk.noor, name, "Hello.", at=cast.later(1))
    noor.post("/desk/language", {"language": code, "next": "/desk/mine"})
    html = noor.get(f"/desk/conversations/{name}").content.decode()
    assert f"{mine}</b>" in html
    assert f"{customers}</b>" not in html


@pytest.mark.parametrize(
    ("code", "deposits"), [("en", "Deposits"), ("zh-Hans", "充值"), ("ru", "Пополнения"), ("ja", "入金"), ("ko", "입금")]
)
def test_a_queue_that_everybody_has_is_named_in_the_readers_language(desk: cast.Desk, noor: Client, code: str, deposits: str) -> None:
    name = cast.opens(cast.ada(), queue="near-deposits")
    noor.post("/desk/language", {"language": code, "next": "/desk/mine"})
    for address in ("team", "queues/near-deposits", f"conversations/{name}", f"conversations/{name}/menu"):
        html = noor.get(f"/desk/{address}").content.decode()
        assert deposits in html
        assert code == "en" or "Deposits" not in html
        assert "Asia" in html or "menu" not in address  # what a team has made up stays as it is
    with translation.override(code.lower()):
        assert deposits in say(entry("queue", None, to=3), NAMES)
