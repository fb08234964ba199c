"""What the timeline tells the team, with somebody who did it and with nobody, in words that fit the one who reads."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests import cast
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
        ("assigned", {"to": None}, "Noor put it back into the queue", "Back in the queue"),
    ],
)
def test_what_happened_is_told_with_the_one_who_did_it_or_without(kind: str, data: dict[str, Any], by_noor: str, by_nobody: str) -> None:
    assert say(entry(kind, "Noor", **data), NAMES) == by_noor
    assert say(entry(kind, None, **data), NAMES) == by_nobody


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
