"""The pages of the desk: what they show, to whom, and at what cost."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import cast
from vigil.conversations import commands as conversations
from vigil.customers import commands as customers
from vigil.faces.desk.tests.conftest import Enter
from vigil.kernel.live import tokens
from vigil.macros import commands as macros
from vigil.safety import commands as safety
from vigil.safety.tests.makers import phrase
from vigil.team import commands as team

HTMX = {"hx-request": "true"}


def page(client: Client, path: str, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def names_in(html: str) -> list[str]:
    return re.findall(r'id="row-([0-9a-z]{26})"', html)


def test_the_longest_wait_stands_first_and_each_place_holds_its_own(desk: cast.Desk, noor: Client) -> None:
    late = cast.opens(cast.ada(), "first", at=cast.later(0))
    young = cast.opens(cast.wei(), "second", at=cast.later(5), queue="near-deposits")
    answered = cast.opens(cast.irina(), "third", at=cast.later(1))
    cast.answers(desk.noor, answered, "Hello.", at=cast.later(2))
    assert names_in(page(noor, "/desk/team")) == [late, young, answered]
    assert names_in(page(noor, "/desk/mine")) == [answered]
    assert names_in(page(noor, "/desk/queues/near-deposits")) == [young]
    conversations.set_status(conversation=answered, sight=desk.noor, status="resolved", at=cast.later(3))
    assert names_in(page(noor, "/desk/done")) == [answered]


def test_every_place_of_a_conversation_has_an_address_that_works_without_script(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.wei(), "您好，我的充值没有到账。", queue="near-deposits")
    for path in (f"/desk/conversations/{name}", f"/desk/conversations/{name}?from=mine", f"/desk/conversations/{name}?from=near-deposits"):
        html = page(noor, path)
        assert "您好，我的充值没有到账。" in html
        assert 'id="compose"' in html
    assert "<html" in html
    fragment = page(noor, f"/desk/conversations/{name}", **HTMX)
    assert "<html" not in fragment
    assert 'hx-swap-oob="true"' in fragment


def test_a_row_says_who_what_and_how_late_in_the_right_language(desk: cast.Desk, noor: Client) -> None:
    cast.opens(cast.wei(), "您好", at=cast.NIGHT)
    html = page(noor, "/desk/team")
    assert '<span class="who cut" dir="auto" lang="en">魏明</span>' in html  # the cast's chats are opened in English
    assert re.search(r'<span class="pill" data-tone="bad">.*? late</span>', html)


def test_words_that_came_again_say_how_often(desk: cast.Desk, noor: Client) -> None:
    ada = cast.ada()
    name = cast.opens(ada, "Where is it?")
    for minute in range(1, 4):
        assert "more time" not in page(noor, f"/desk/conversations/{name}") or minute > 1
        cast.writes(ada, name, "Where is it?", at=cast.later(minute))
    assert "sent 3 more times" in page(noor, f"/desk/conversations/{name}")
    cast.answers(desk.noor, name, "Here.", at=cast.later(4))
    cast.writes(ada, name, "Where is it?", at=cast.later(5))
    assert page(noor, f"/desk/conversations/{name}").count("more time") == 1


def test_a05_scripts_in_a_name_and_in_words_are_shown_as_words(desk: cast.Desk, noor: Client) -> None:
    bad = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
    told = "\"'><img src=y onerror=alert(3)><script>alert(4)</script>"
    mallory = customers.register(name=safety.mask_line(told), language="en", addresses={"email": "mallory@mail.example"}, at=cast.NIGHT)
    name = cast.opens(mallory, bad)
    whole = f"/desk/conversations/{name}"
    for path in ("/desk/team", whole, f"{whole}/entries?after=0", f"{whole}/head"):
        html = page(noor, path)
        assert "<img src" not in html
        assert "<script>alert" not in html
        assert "&quot;&#x27;&gt;&lt;img src=y onerror=alert(3)&gt;" in html
        assert ("&lt;img src=x onerror=" in html) is ("head" not in path)


def test_a_secret_is_a_mark_and_a_red_banner_and_nowhere_a_word_of_it(desk: cast.Desk, noor: Client) -> None:
    words = " ".join(phrase("english", 7))
    name = cast.opens(cast.ada(), f"My phrase is {words}, help")
    html = page(noor, f"/desk/conversations/{name}")
    assert "recovery phrase removed</span>" in html
    assert "A recovery phrase was removed before anything was stored." in html
    assert "They were told at once what to do now." in html
    assert words not in html
    assert "⟦hidden" not in html
    assert "Urgent" in html


def test_nobody_is_said_to_have_been_told_of_an_agents_own_slip(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada())
    cast.answers(desk.noor, name, "Yours was " + " ".join(phrase("english", 8)), at=cast.later())
    html = page(noor, f"/desk/conversations/{name}")
    assert "A recovery phrase was removed before anything was stored." in html
    assert "They were told" not in html


def test_a_closed_conversation_takes_notes_and_no_replies(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada())
    conversations.set_status(conversation=name, sight=desk.noor, status="closed", at=cast.later())
    html = page(noor, f"/desk/conversations/{name}")
    assert re.search(r'value="reply" disabled>', html)
    assert re.search(r'value="note" checked>', html)


def test_a_note_is_marked_as_the_teams_and_a_reply_says_how_far_it_came(desk: cast.Desk, noor: Client) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    conversations.note(conversations.Words(name, desk.sol, uuid4(), "Look at the memo.", "note"), at=cast.later())
    seq = cast.answers(desk.noor, name, "We have it.", at=cast.later()).entry
    html = page(noor, f"/desk/conversations/{name}")
    assert "note, only the team sees it" in html
    assert "Sol Reyes" in html
    assert '<span data-slot="mark">sent</span>' in html
    assert seq is not None
    conversations.mark_seen(conversation=name, who=ada, delivered=seq.seq, read=0)
    assert '<span data-slot="mark">delivered</span>' in page(noor, f"/desk/conversations/{name}")
    conversations.mark_seen(conversation=name, who=ada, delivered=seq.seq, read=seq.seq)
    assert '<span data-slot="mark">read</span>' in page(noor, f"/desk/conversations/{name}")


def test_earlier_entries_are_a_link_away_and_none_is_shown_twice(desk: cast.Desk, noor: Client) -> None:
    ada = cast.ada()
    name = cast.opens(ada, "message 0")
    for number in range(1, 120):
        cast.writes(ada, name, f"message {number}", at=cast.later())
    latest = page(noor, f"/desk/conversations/{name}")
    link = re.search(r'href="(/desk/conversations/[^"]+before=\d+)"', latest)
    assert link
    earlier = page(noor, link[1], **HTMX)
    shown = [re.findall(r"message (\d+)</div>", html) for html in (earlier, latest)]
    assert [int(number) for number in shown[0] + shown[1]] == list(range(120))


def test_what_was_missed_is_told_from_a_number_on(desk: cast.Desk, noor: Client) -> None:
    ada = cast.ada()
    name = cast.opens(ada, "one")
    cast.writes(ada, name, "two", at=cast.later())
    html = page(noor, f"/desk/conversations/{name}/entries?after=2")
    assert re.findall(r'data-seq="(\d+)"', html) == ["3"]
    assert "said day" not in html


def test_rows_are_told_for_what_belongs_to_the_place_and_for_nothing_else(desk: cast.Desk, noor: Client) -> None:
    here = cast.opens(cast.ada())
    there = cast.opens(cast.wei(), queue="near-deposits")
    foreign = cast.opens(cast.irina(), queue=desk.far_queue)
    path = f"/desk/rows?place=emea-general&ids={here},{there},{foreign},nonsense"
    assert names_in(page(noor, path)) == [here]
    assert names_in(page(noor, f"/desk/rows?place=team&ids={here},{there},{foreign}")) == [here, there]


def test_the_whole_list_is_walked_page_by_page(desk: cast.Desk, noor: Client) -> None:
    ada = cast.ada()
    made = [cast.opens(ada, f"number {number}", at=cast.later(number)) for number in range(53)]
    first = page(noor, "/desk/team")
    more = re.search(r'class="row more" href="([^"]+)"', first)
    assert more
    assert names_in(first) + names_in(page(noor, more[1].replace("&amp;", "&"), **HTMX)) == made


@pytest.mark.parametrize("deed", ["", "/head", "/marks", "/entries?after=0", "/entries?before=9", "/menu", "/macros"])
def test_v28_olek_never_sees_a_conversation_of_another_team(desk: cast.Desk, olek: Client, deed: str) -> None:
    name = cast.opens(cast.ada(), "for our eyes only")
    missing = "0" * 26
    answers = [olek.get(f"/desk/conversations/{each}{deed}", headers={"accept": "application/json"}) for each in (name, missing)]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize(
    ("noun", "field", "value"),
    [
        ("assignment", "agent", ""),
        ("status", "status", "resolved"),
        ("priority", "priority", "1"),
        ("topic", "topic", "fees"),
        ("queue", "queue", "1"),
    ],
)
def test_v27_olek_cannot_change_what_he_cannot_see(desk: cast.Desk, olek: Client, noun: str, field: str, value: str) -> None:
    name = cast.opens(cast.ada())
    answers = [olek.post(f"/desk/conversations/{each}/{noun}", {field: value}, headers=HTMX) for each in (name, "0" * 26)]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].content == answers[1].content


def test_a25_v28_lists_counts_and_tokens_of_olek_hold_nothing_of_ours(desk: cast.Desk, olek: Client) -> None:
    name = cast.opens(cast.ada(), "for our eyes only")
    for path in ("/desk/team", "/desk/live", "/desk/mine", "/desk/done", "/desk/nav", f"/desk/rows?place=team&ids={name}"):
        html = page(olek, path)
        assert name not in html
        assert "our eyes" not in html
        assert "Deposits" not in html
    assert olek.get("/desk/queues/near-deposits").status_code == 404
    assert olek.get(f"/desk/live-token?watch={name}").status_code == 404
    claims = tokens.read(olek.get("/desk/live-token").json()["token"])
    assert claims.topics == {f"a:{desk.olek.agent_id}", f"t:{desk.olek.team_ids[0]}"}


def test_a59_what_the_same_customer_asked_another_team_stays_with_that_team(desk: cast.Desk, noor: Client) -> None:
    ada = cast.ada()
    near, also = cast.opens(ada), cast.opens(ada)
    far = cast.opens(ada, queue=desk.far_queue)
    html = page(noor, f"/desk/conversations/{near}")
    assert f"/desk/conversations/{also}" in html
    assert far not in html


def test_the_key_to_the_stream_says_who_may_hear_what_and_proves_the_customer(desk: cast.Desk, noor: Client) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    claims = tokens.read(noor.get(f"/desk/live-token?watch={name}").json()["token"])
    assert claims.subject == f"agent:{desk.noor.agent_id}:0"
    assert claims.detail["watch"] == {name: [ada, desk.noor.team_ids[0]]}


def act(client: Client, name: str, noun: str, **form: str) -> Any:
    return client.post(f"/desk/conversations/{name}/{noun}", form, headers=HTMX)


def test_an_agent_takes_gives_and_puts_back(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada())
    assert "with you" in act(noor, name, "assignment", agent=str(desk.noor.agent_id)).content.decode()
    assert "with Sol Reyes" in act(noor, name, "assignment", agent=str(desk.sol.agent_id)).content.decode()
    assert "with nobody yet" in act(noor, name, "assignment", agent="").content.decode()
    stranger = act(noor, name, "assignment", agent=str(desk.olek.agent_id))
    assert (stranger.status_code, stranger.json()["error"]) == (400, "not_a_colleague")
    html = page(noor, f"/desk/conversations/{name}")
    for sentence in ("Noor Haddad took it", "Noor Haddad gave it to Sol Reyes", "Noor Haddad put it back into the queue"):
        assert sentence in html


def test_status_priority_and_queue_are_chosen_and_told(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada())
    assert "Open again" in act(noor, name, "status", status="resolved").content.decode()
    assert act(noor, name, "status", status="waiting").status_code == 409
    assert act(noor, name, "status", status="snoozed").status_code == 400
    assert 'value="snoozed"' not in page(noor, f"/desk/conversations/{name}")
    assert "Resolve" in act(noor, name, "status", status="open").content.decode()
    assert "Urgent" in act(noor, name, "priority", priority="1").content.decode()
    deposits = team.ensure_queue(key="near-deposits", name="Deposits", team_id=desk.noor.team_ids[0])
    assert "Deposits" in act(noor, name, "queue", queue=str(deposits)).content.decode()
    html = page(noor, f"/desk/conversations/{name}")
    for sentence in ("resolved it", "opened it again", "set the priority to urgent", "moved it to Deposits"):
        assert f"Noor Haddad {sentence}" in html
    far = team.ensure_queue(key=desk.far_queue, name="America", team_id=desk.olek.team_ids[0])
    moved = act(noor, name, "queue", queue=str(far))
    assert (moved.status_code, moved["HX-Redirect"]) == (204, "/desk/team")
    assert noor.get(f"/desk/conversations/{name}").status_code == 404


@pytest.mark.parametrize(
    ("noun", "form", "error"),
    [
        ("status", {"status": "resolved", "verified": "1"}, "unknown_field"),
        ("status", {"status": "gone"}, "bad_field"),
        ("status", {}, "bad_field"),
        ("priority", {"priority": "9"}, "bad_field"),
        ("priority", {"priority": "1", "created_at": "2020-01-01"}, "unknown_field"),
        ("assignment", {"agent": "-1"}, "bad_field"),
        ("assignment", {"agent": "1", "requester_id": "2"}, "unknown_field"),
        ("queue", {"queue": "x"}, "bad_field"),
    ],
)
def test_a27_fields_that_nobody_asked_for_change_nothing(
    desk: cast.Desk, noor: Client, noun: str, form: dict[str, str], error: str
) -> None:
    name = cast.opens(cast.ada())
    before = page(noor, f"/desk/conversations/{name}/head")
    answer = act(noor, name, noun, **form)
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert re.sub(r'value="[^"]{64}"', "", page(noor, f"/desk/conversations/{name}/head")) == re.sub(r'value="[^"]{64}"', "", before)


def test_the_menu_offers_colleagues_of_the_team_alone(desk: cast.Desk, noor: Client) -> None:
    html = page(noor, f"/desk/conversations/{cast.opens(cast.ada())}/menu")
    assert "Sol Reyes" in html
    assert "Olek" not in html
    assert "America" in html


def test_prepared_answers_come_in_the_customers_language_and_say_what_is_missing(desk: cast.Desk, noor: Client) -> None:
    macros.ensure_macro(
        key="eta",
        position=1,
        team_id=None,
        titles={"en": "When", "ru": "Когда"},
        texts={"en": "Hello {{customer.name}}, it takes {{eta}}.", "ru": "Это займёт {{eta}}."},
    )
    macros.ensure_macro(key="far", position=2, team_id=desk.olek.team_ids[0], titles={"en": "Theirs"}, texts={"en": "x"})
    html = page(noor, f"/desk/conversations/{cast.opens(cast.ada())}/macros")
    assert 'data-text="Hello Ada Byron, it takes {{eta}}."' in html
    assert "1 word to fill in" in html
    assert "Theirs" not in html


def test_the_desk_speaks_the_agents_language_and_remembers_it(desk: cast.Desk, noor: Client) -> None:
    answer = noor.post("/desk/language", {"language": "zh-Hans", "next": "/desk/mine"})
    assert answer["Location"] == "/desk/mine"
    assert '<html lang="zh-Hans"' in page(noor, "/desk/team")
    assert noor.post("/desk/language", {"language": "zz", "next": "/desk/"}, headers={"accept": "application/json"}).status_code == 400


def test_v55_nothing_of_the_desk_may_be_kept_by_a_cache(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada())
    for path in (
        "/desk/team",
        f"/desk/conversations/{name}",
        f"/desk/conversations/{name}/entries?after=0",
        "/desk/live-token",
        "/desk/sign-in",
    ):
        answer = noor.get(path)
        assert answer["Cache-Control"].replace(" ", "") in {"private,no-store", "max-age=0,no-cache,no-store,must-revalidate,private"}
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        assert "'unsafe" not in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


def test_a_guest_of_the_desk_is_sent_to_the_door_and_back(client: Client, db: None) -> None:
    answer = client.get("/desk/mine")
    assert answer["Location"] == "/desk/sign-in?next=%2Fdesk%2Fmine"
    swap = client.get("/desk/rows", headers={**HTMX, "hx-current-url": "http://testserver/desk/mine"})
    assert (swap.status_code, swap["HX-Redirect"]) == (401, "/desk/sign-in?next=%2Fdesk%2Fmine")


def test_pages_ask_the_database_a_fixed_number_of_times(
    desk: cast.Desk, enter: Enter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ada = cast.ada()
    names = [cast.opens(ada, at=cast.later(number)) for number in range(30)]
    for number in range(20):
        cast.writes(ada, names[0], f"message {number}", at=cast.later(60))
    noor = enter(desk.noor.agent_id)
    page(noor, "/desk/team")
    page(noor, f"/desk/conversations/{names[0]}")
    for path, most, headers in (
        ("/desk/team", 6, {}),
        # Ten of these go in one round trip.
        (f"/desk/conversations/{names[0]}", 12, HTMX),
        # That nobody has it yet is counted, once within the hour.
        (f"/desk/conversations/{names[1]}", 18, HTMX),
        (f"/desk/rows?place=team&ids={','.join(names)}", 5, HTMX),
        (f"/desk/conversations/{names[0]}/entries?after=3", 8, HTMX),
    ):
        with django_assert_max_num_queries(most):
            page(noor, path, **headers)


def test_what_was_missed_is_asked_for_page_by_page_until_all_of_it_is_there(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada(), "Where is it?")
    for number in range(505):
        conversations.note(conversations.Words(name, desk.noor, uuid4(), f"Note {number}.", "note"), at=cast.later())
    last, seen = 0, []
    while found := [int(seq) for seq in re.findall(r'data-seq="(\d+)"', page(noor, f"/desk/conversations/{name}/entries?after={last}"))]:
        last = found[-1]
        seen += found
    assert list(dict.fromkeys(seen)) == list(range(1, 508))


def test_the_topic_and_the_facts_of_a_case_stand_beside_it_and_the_topic_can_be_changed(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada(), "I withdrew 500 USDT to TXQWrg7dvBAYvCtxPmNWBqh6tqJ1txzseX and it has not arrived")
    page = noor.get(f"/desk/conversations/{name}").content.decode()
    assert "<dt>Topic</dt><dd>Withdrawal not received</dd>" in page
    assert "Facts of the case" in page
    assert '<bdi translate="no">500 USDT</bdi>' in page
    assert '<span class="cut">TXQWrg7dvBAYvCtxPmNWBqh6tqJ1</span>txzseX</bdi>' in page
    assert "doubtful" in page
    assert "Not said yet: UID · TXID" in page
    menu = noor.get(f"/desk/conversations/{name}/menu").content.decode()
    assert 'value="withdrawal-pending" data-choice aria-current="true"><span>Withdrawal not received</span>' in menu
    changed = act(noor, name, "topic", topic="fees").content.decode()
    assert "<dt>Topic</dt><dd>Fees</dd>" in changed
    assert "500 USDT" in changed
    assert "<dt>Topic</dt>" not in act(noor, name, "topic", topic="").content.decode()
    said = noor.get(f"/desk/conversations/{name}").content.decode()
    assert "Noor Haddad chose the topic Fees" in said
    assert "Noor Haddad left open what it is about" in said


def test_a_topic_that_nobody_knows_is_not_chosen(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada())
    assert act(noor, name, "topic", topic="shoes").status_code == 400
