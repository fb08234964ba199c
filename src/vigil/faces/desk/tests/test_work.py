"""What moves a conversation on, as the desk shows and takes it."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.faces.desk.presenters.snoozing import moments, read_until
from vigil.faces.desk.tests.conftest import Enter
from vigil.kernel import clock
from vigil.team import queries as people

HTMX = {"hx-request": "true"}
TOKYO = ZoneInfo("Asia/Tokyo")
# A Friday afternoon in Tokyo.
FRIDAY = datetime(2026, 2, 27, 6, 12, 30, tzinfo=UTC)


def act(client: Client, name: str, noun: str, **form: str) -> Any:
    return client.post(f"/desk/conversations/{name}/{noun}", form, headers=HTMX)


def shown(client: Client, path: str) -> str:
    return str(client.get(f"/desk/{path}", headers=HTMX).content.decode())


def test_the_usual_moments_lie_on_the_agents_own_clock() -> None:
    assert moments(FRIDAY, TOKYO) == {
        "hour": datetime(2026, 2, 27, 7, 13, tzinfo=UTC),
        "evening": datetime(2026, 2, 27, 9, 0, tzinfo=UTC),
        "tomorrow": datetime(2026, 2, 28, 0, 0, tzinfo=UTC),
        "monday": datetime(2026, 3, 2, 0, 0, tzinfo=UTC),
    }


def test_no_moment_is_offered_that_is_past_or_stands_there_already() -> None:
    assert list(moments(FRIDAY.replace(hour=8, minute=30), TOKYO)) == ["hour", "tomorrow", "monday"]
    sunday = FRIDAY.replace(month=3, day=1)
    assert list(moments(sunday, TOKYO)) == ["hour", "evening", "tomorrow"]


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("2026-03-05T14:30", datetime(2026, 3, 5, 5, 30, tzinfo=UTC)),
        ("tomorrow", datetime(2026, 2, 28, 0, 0, tzinfo=UTC)),
        ("2026-02-30T14:30", None),
        ("2026-03-05", None),
        ("0001-01-01T00:00", None),
        ("２０２６-03-05T14:30", None),
        ("for ever", None),
        ("", None),
    ],
)
def test_a_moment_is_read_by_its_key_or_as_a_field_writes_it(text: str, until: datetime | None) -> None:
    assert read_until(text, FRIDAY, TOKYO) == until


def test_an_agent_snoozes_and_row_head_and_timeline_say_until_when(desk: cast.Desk, noor: Client) -> None:
    name, other = cast.opens(cast.ada(), at=cast.later(1)), cast.opens(cast.wei(), at=cast.later(1))
    with clock.set_to(lambda: cast.later(3)):
        assert 'value="tomorrow"' in shown(noor, f"conversations/{name}/menu")
        assert "snoozed until 07:30" in act(noor, name, "snooze", until="2026-03-01T07:30").content.decode()
        cast.answers(desk.noor, other, "Hello.", at=cast.later(2))
        act(noor, other, "snooze", day="2026-03-04", time="09:00")
        assert "snoozed until 4 Mar, 09:00" in shown(noor, "team")
        assert "Noor Haddad snoozed it until 4 Mar, 09:00" in shown(noor, f"conversations/{other}")
    conversations.wake_snoozed(at=datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    assert "The snooze is over" in shown(noor, f"conversations/{other}")


def test_days_and_times_to_wake_at_are_written_in_the_agents_language_and_zone(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada(), at=cast.later(1))
    noor.post("/desk/language", {"language": "ru", "next": "/desk/mine"})
    with clock.set_to(lambda: cast.later(3)):
        menu = shown(noor, f"conversations/{name}/menu")
    assert "datetime-local" not in menu
    assert '<option value="2026-03-02" selected>пн, 2 мар.</option>' in menu
    assert '<option value="09:00" selected>09:00</option>' in menu
    assert act(noor, name, "snooze", day="2026-03-04", until="hour").status_code == 400


def test_a_late_promise_is_said_before_a_snooze(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada())
    conversations.set_status(conversation=name, sight=desk.noor, status="snoozed", at=cast.later(), until=cast.later(600))
    with clock.set_to(lambda: cast.later(500)):
        html = shown(noor, "team")
    assert " late</span>" in html
    assert "snoozed until" not in html


@pytest.mark.parametrize(("until", "error"), [("yesterday", "bad_field"), ("2020-01-01T00:00", "snooze_not_possible")])
def test_a_moment_that_cannot_be_is_refused(desk: cast.Desk, noor: Client, until: str, error: str) -> None:
    name = cast.opens(cast.ada())
    answer = act(noor, name, "snooze", until=until)
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    row = queries.find_conversation(name, desk.noor)
    assert row is not None
    assert row.status == "open"


def test_a_fresh_reply_of_ones_own_in_a_chat_may_be_withdrawn_and_nothing_else(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada())
    cast.answers(desk.sol, name, "From Sol.", at=cast.later(1))
    cast.answers(desk.noor, name, "Too old.", at=cast.later(1))
    cast.answers(desk.noor, name, "Oops, 4711.", at=cast.later(2.5))
    with clock.set_to(lambda: cast.later(3)):
        html = shown(noor, f"conversations/{name}")
        assert html.count("data-fresh") == 1
        assert 'data-fresh="30"' in html
        seq = queries.get_thread(name, desk.noor).entries[-1].seq
        assert act(noor, name, "withdrawal", seq=str(seq)).status_code == 200
        html = shown(noor, f"conversations/{name}")
        assert "4711" not in html + shown(noor, "team")
        assert html.count("Noor Haddad withdrew a reply") == 1
        assert f'<p class="said" data-seq="{seq}"><span>Noor Haddad withdrew a reply</span><time>00:01</time></p>' in html
        assert f'<p data-seq="{seq + 1}" hidden></p>' in html
        late = act(noor, name, "withdrawal", seq=str(seq - 1))
    assert (late.status_code, late.json()["error"]) == (409, "too_late_to_withdraw")


def test_an_agent_hands_over_with_a_note_and_another_takes_over(desk: cast.Desk, noor: Client, enter: Enter) -> None:
    name = cast.opens(cast.ada())
    key = {"key": "4d1f6b7e-53a8-4a5c-9a53-6f0d5c1f2a13"}
    assert "with Sol Reyes" in act(noor, name, "handover", agent=str(desk.sol.agent_id), note="Look at the hash.", **key).content.decode()
    html = shown(noor, f"conversations/{name}")
    assert "Look at the hash." in html
    assert "Noor Haddad gave it to Sol Reyes" in html
    assert "Take over from Sol Reyes" in shown(noor, f"conversations/{name}/menu")
    assert "Assign to me" not in shown(enter(desk.sol.agent_id), f"conversations/{name}/menu")
    act(noor, name, "assignment", agent=str(desk.noor.agent_id))
    assert "Noor Haddad took it over from Sol Reyes" in shown(noor, f"conversations/{name}")
    bad = act(noor, name, "handover", agent=str(desk.sol.agent_id), note="x", key="none")
    assert (bad.status_code, bad.json()["error"]) == (400, "bad_field")


def test_tags_stand_beside_the_thread_with_those_of_the_team_to_choose_from(desk: cast.Desk, noor: Client) -> None:
    name, other = cast.opens(cast.ada()), cast.opens(cast.wei())
    conversations.tag(conversation=other, sight=desk.sol, word="bridge", on=True, at=cast.later())
    assert '<option value="bridge">' in shown(noor, f"conversations/{name}/tagging")
    assert "<bdi>&lt;b&gt;vip</bdi>" in act(noor, name, "tags", tag="<b>VIP", on="yes").content.decode()
    html = shown(noor, f"conversations/{name}")
    assert "Noor Haddad added the tag" in html
    assert '<q dir="auto"' in html
    assert "Remove the tag" in html
    assert "<bdi>" not in act(noor, name, "tags", tag="<b>vip", on="no").content.decode().split("Tags")[1]
    assert act(noor, name, "tags", tag="x", on="perhaps").status_code == 400


def test_an_agent_follows_and_stops(desk: cast.Desk, noor: Client, enter: Enter) -> None:
    name = cast.opens(cast.ada())
    for follows, offered in (("yes", "Stop following"), ("no", "Follow")):
        assert act(noor, name, "following", follows=follows).status_code == 200
        assert offered in shown(noor, f"conversations/{name}/menu")
        assert "Stop following" not in shown(enter(desk.sol.agent_id), f"conversations/{name}/menu")


def test_what_one_follows_is_a_list_of_ones_own_and_colleagues_see_who_follows(desk: cast.Desk, noor: Client, enter: Enter) -> None:
    name, other, sol = cast.opens(cast.ada(), "Followed one."), cast.opens(cast.wei(), "Another."), enter(desk.sol.agent_id)
    act(noor, name, "following", follows="yes")
    assert 'href="/desk/followed"' in shown(noor, "nav")
    followed = noor.get("/desk/followed").content.decode()
    assert f'href="/desk/conversations/{name}?from=followed"' in followed
    assert f"/desk/conversations/{other}" not in followed
    assert f"/desk/conversations/{name}?" not in sol.get("/desk/followed").content.decode()
    assert "Followed by Noor Haddad" in shown(sol, f"conversations/{name}/menu")
    assert "Followed by" not in shown(noor, f"conversations/{name}/menu")
    # What went to another team is followed by nobody here.
    conversations.move(conversation=name, sight=desk.noor, queue_id=people.get_queue(desk.far_queue).id, at=cast.later())
    assert name not in noor.get("/desk/followed").content.decode()


def test_a_reply_that_was_not_clear_is_marked_from_the_menu_and_says_so_beside_its_words(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada())
    entry = cast.answers(desk.sol, name, "It is <b>pending</b>.\n" + "Confirmations. " * 20, at=cast.later(1)).entry
    assert entry is not None
    menu = shown(noor, f"conversations/{name}/menu")
    assert f'value="{entry.seq}" data-choice lang="en"><span>23:59 · It is &lt;b&gt;pending&lt;/b&gt;. Confirmations.' in menu
    assert "Clear after all" not in menu
    assert act(noor, name, "unclear", seq=str(entry.seq), on="yes").status_code == 200
    html = shown(noor, f"conversations/{name}")
    assert 'data-tone="warn">not clear to them</span>' in html
    assert "Noor Haddad marked a reply as not clear to them" in html
    assert "Clear after all" in shown(noor, f"conversations/{name}/menu")
    act(noor, name, "unclear", seq=str(entry.seq), on="no")
    html = shown(noor, f"conversations/{name}")
    assert 'data-tone="warn">not clear' not in html
    assert "Noor Haddad found that the reply was clear after all" in html
    assert act(noor, name, "unclear", seq="x", on="yes").status_code == 400


def test_a_customer_is_blocked_in_the_column_and_every_conversation_of_theirs_says_so(desk: cast.Desk, noor: Client) -> None:
    mallory = cast.mallory()
    name, other = cast.opens(mallory), cast.opens(mallory, "And this?")
    assert "Block this customer" in shown(noor, f"conversations/{name}")
    html = act(noor, name, "block", reason="abuse").content.decode()
    assert "<b>Blocked</b>, insults or threats." in html
    assert "Noor Haddad blocked them: insults or threats" in shown(noor, f"conversations/{name}")
    html = shown(noor, f"conversations/{other}")
    assert "Nothing they send is taken." in html
    assert "Take their messages again" in html
    assert "Blocked" not in act(noor, other, "block", reason="").content.decode()
    assert "Noor Haddad takes their messages again" in shown(noor, f"conversations/{other}")
    assert act(noor, name, "block", reason="fun").status_code == 400


def test_a33_who_takes_what_a_colleague_took_a_moment_ago_is_told_and_who_takes_over_is_not(
    desk: cast.Desk, noor: Client, enter: Enter
) -> None:
    name, sol = cast.opens(cast.ada()), enter(desk.sol.agent_id)
    assert 'data-holder=""' in shown(noor, f"conversations/{name}")
    assert act(sol, name, "assignment", agent=str(desk.sol.agent_id), seen="").status_code == 200
    late = act(noor, name, "assignment", agent=str(desk.noor.agent_id), seen="")
    assert (late.status_code, late.json()["error"]) == (409, "taken_meanwhile")
    note = {"agent": str(desk.noor.agent_id), "note": "She waits.", "key": "4d1f6b7e-53a8-4a5c-9a53-6f0d5c1f2a12", "seen": ""}
    assert act(noor, name, "handover", **note).status_code == 409
    menu = shown(noor, f"conversations/{name}/menu")
    assert menu.count(f'name="seen" value="{desk.sol.agent_id}"') == 2
    assert act(noor, name, "assignment", agent=str(desk.noor.agent_id), seen=str(desk.sol.agent_id)).status_code == 200
    assert act(noor, name, "assignment", agent=str(desk.noor.agent_id), seen="me").status_code == 400


def test_a_resolve_asks_for_nothing_but_a_topic_that_nobody_knows(desk: cast.Desk, noor: Client) -> None:
    known, unknown = cast.opens(cast.ada()), cast.opens(cast.wei(), "Hello?")
    assert "resolving" not in shown(noor, f"conversations/{known}")
    assert act(noor, known, "status", status="resolved").status_code == 200
    assert f"/desk/conversations/{unknown}/resolving" in shown(noor, f"conversations/{unknown}")
    assert 'value="resolved" data-choice' not in shown(noor, f"conversations/{unknown}/menu")
    assert '<option value="fees">' in shown(noor, f"conversations/{unknown}/resolving")
    unsaid = act(noor, unknown, "status", status="resolved")
    assert (unsaid.status_code, unsaid.json()["error"]) == (422, "topic_unsaid")
    assert act(noor, unknown, "status", status="resolved", topic="moon").status_code == 400
    assert act(noor, unknown, "status", status="resolved", topic="fees").status_code == 200
    row = queries.find_conversation(unknown, desk.noor)
    assert row is not None
    assert (row.status, row.topic) == ("resolved", "fees")
    # Again it asks for nothing, and whatever else is chosen never did.
    assert act(noor, unknown, "status", status="open").status_code == 200
    assert act(noor, unknown, "status", status="resolved").status_code == 200
