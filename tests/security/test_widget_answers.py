"""A guest's doors behind the conversation: ending and rating it, the place in the queue, files, letters."""

import json
import uuid
from datetime import datetime
from typing import Any
from typing import cast as cast_to

import pytest
from django.http import HttpResponse

from tests import cast
from tests.security.test_widget_doors import Browser, arrived, error
from vigil.conversations import commands as conversations
from vigil.conversations.models import Entry
from vigil.customers import commands as customers
from vigil.customers.queries import find_address
from vigil.faces.widget import budgets, live
from vigil.faces.widget.live import WidgetDoor
from vigil.files import grants
from vigil.kernel import clock
from vigil.kernel.live import tokens
from vigil.kernel.live.refusals import BadField
from vigil.team import commands as team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(monkeypatch: pytest.MonkeyPatch) -> cast.Desk:
    fresh = budgets.Budgets(lambda: 1.0)
    for module in ("live", "views.session", "views.conversations", "views.answers", "views.files"):
        monkeypatch.setattr(f"vigil.faces.widget.{module}.BUDGETS", fresh)
    return cast.open_the_desk()


def begun(browser: Browser) -> str:
    return str(json.loads(browser.begin().content)["conversation"])


def post(browser: Browser, name: str, what: str, body: Any = None) -> HttpResponse:
    return browser.post(f"conversations/{name}/{what}", {} if body is None else body, f"Bearer {browser.live}")


def rating(score: Any, **more: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "score": score, **more}


def test_a_guest_ends_a_conversation_and_is_told_so_however_often() -> None:
    ada = arrived()
    name = begun(ada)
    first, second = post(ada, name, "end"), post(ada, name, "end")
    assert (first.status_code, second.status_code) == (200, 200)
    entry = json.loads(first.content)["entry"]
    assert (entry["kind"], entry["by"], entry["data"]) == ("status", {"kind": "you"}, {"to": "resolved"})
    assert json.loads(second.content)["entry"] == entry
    assert [each["status"] for each in ada.arrive()["conversations"]] == ["resolved"]


def test_a_guest_rates_what_is_over_and_reads_the_rating_in_the_record() -> None:
    ada = arrived()
    name = begun(ada)
    assert error(post(ada, name, "rating", rating(4))) == (409, "not_over")
    post(ada, name, "end")
    answer = post(ada, name, "rating", rating(4, text="Quick and kind."))
    assert answer.status_code == 200
    entry = json.loads(answer.content)["entry"]
    assert (entry["kind"], entry["data"], entry["text"], entry["by"]) == ("rated", {"score": 4}, "Quick and kind.", {"kind": "you"})
    record = ada.record(name).content.decode()
    assert "  * You ended this conversation.\n" in record
    assert "  * You rated this conversation 4 out of 5.\n    Quick and kind.\n" in record


def ask(browser: Browser, name: str, what: str, *, of: str = "conversations") -> HttpResponse:
    answer = browser.client.get(f"/widget/api/{of}/{name}/{what}", HTTP_AUTHORIZATION=f"Bearer {browser.live}")
    return cast_to(HttpResponse, answer)


def send(browser: Browser, name: str, text: str, **more: Any) -> tuple[dict[str, Any], bool]:
    """Send as the live tier does; return what the sender is told and whether it was stored."""
    door, claims = WidgetDoor(), tokens.read(browser.live)
    item = door.read_send(claims, {"conversation": name, "key": str(uuid.uuid4()), "text": text, **more})
    (outcome,) = live._receive([item])
    assert isinstance(outcome, conversations.Written), type(outcome)
    sent = door.render(claims, outcome)
    return dict(sent.body), sent.is_new


def place(browser: Browser, name: str) -> dict[str, Any]:
    return dict(json.loads(ask(browser, name, "place").content))


def test_a_guest_is_told_the_place_the_promise_and_whether_somebody_is_there(desk: cast.Desk) -> None:
    ada, wei = arrived(), arrived()
    first, second = begun(ada), begun(wei)
    told = place(wei, second)
    assert (place(ada, first)["place"], told["place"], told["free"]) == (1, 2, False)
    assert datetime.fromisoformat(told["answer_by"]) > clock.now()
    team.note_at_desk(agent_id=desk.olek.agent_id, at=clock.now())
    assert not place(wei, second)["free"]
    team.note_at_desk(agent_id=desk.noor.agent_id, at=clock.now())
    assert place(wei, second)["free"]
    cast.answers(desk.noor, first, "Hello.", at=clock.now())
    assert (place(ada, first)["place"], place(ada, first)["answer_by"], place(wei, second)["place"]) == (None, None, 1)


def test_a12_the_same_words_again_keep_their_place_and_are_stored_once() -> None:
    ada = arrived()
    name = begun(ada)
    sent = [send(ada, name, "Where is it?") for _ in range(8)]
    assert [("folded" in body, is_new) for body, is_new in sent] == [(False, True)] + [(True, False)] * 7
    assert all(body["entry"] == sent[0][0]["entry"] for body, _ in sent)
    assert Entry.objects.filter(kind="message").count() == 2


def test_a12_beginning_again_with_the_same_words_leads_to_where_they_wait() -> None:
    ada, wei = arrived(), arrived()
    first, second = ada.begin(), ada.begin()
    assert (first.status_code, second.status_code) == (201, 200)
    assert json.loads(second.content)["folded"]
    assert json.loads(second.content)["conversation"] == json.loads(first.content)["conversation"]
    assert wei.begin().status_code == 201


@pytest.mark.parametrize("wrong", [0, 6, -1, 4.5, "5", None, True, [5]])
def test_a_score_is_one_to_five_and_nothing_else(wrong: Any) -> None:
    ada = arrived()
    name = begun(ada)
    post(ada, name, "end")
    assert error(post(ada, name, "rating", rating(wrong))) == (400, "bad_field")
    assert not Entry.objects.filter(kind="rated").exists()


def test_a25_the_place_of_others_is_nobodys_business() -> None:
    ada, mallory = arrived(), arrived()
    theirs, nobodys = ask(mallory, begun(ada), "place"), ask(mallory, "z" * 26, "place")
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content


@pytest.mark.parametrize(("what", "body"), [("end", {}), ("shown", {"seq": 1}), ("rating", {"key": str(uuid.uuid4()), "score": 1})])
def test_a25_a_conversation_of_others_looks_like_none_at_all(what: str, body: dict[str, Any]) -> None:
    ada, mallory = arrived(), arrived()
    theirs, nobodys = post(mallory, begun(ada), what, body), post(mallory, "z" * 26, what, body)
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content


def test_a02_who_guesses_there_is_stopped() -> None:
    mallory = arrived()
    answers = [post(mallory, f"{place:026}", "end").status_code for place in range(21)]
    assert answers == [404] * 20 + [429]


@pytest.mark.parametrize(
    ("what", "extra"), [("shown", {"seq": 1, "read": 1}), ("end", {"status": "closed"}), ("rating", {**rating(5), "agent": 1})]
)
def test_a27_no_field_more_is_taken(what: str, extra: dict[str, Any]) -> None:
    ada = arrived()
    assert error(post(ada, begun(ada), what, extra)) == (400, "unknown_field")


def test_a15_a_guest_cannot_fill_a_timeline_with_ratings() -> None:
    ada = arrived()
    name = begun(ada)
    post(ada, name, "end")
    codes = [post(ada, name, "rating", rating(1)).status_code for _ in range(40)]
    assert codes == [200] * 29 + [429] * 11


def test_a15_a_guest_cannot_fill_the_house_with_sights() -> None:
    ada = arrived()
    name = begun(ada)
    assert [post(ada, name, "shown", {"seq": 1}).status_code for _ in range(62)] == [204] * 60 + [429] * 2
    assert error(post(arrived(), name, "shown", {"seq": -1})) == (400, "bad_field")


def guest_of(browser: Browser) -> str:
    return str(tokens.read(browser.live).subject)


def test_a_guest_sends_a_picture_and_sees_it_for_minutes() -> None:
    ada = arrived()
    name, picture = begun(ada), cast.file_of(guest_of(ada))
    body, is_new = send(ada, name, "", files=[picture])
    assert is_new
    assert body["entry"]["files"][0]["id"] == picture
    answer = ask(ada, picture, "link", of="files")
    links = json.loads(answer.content)
    assert set(links) == {"full", "thumb"}
    seen = grants.read_link(links["thumb"].removeprefix(grants.LINKS), at=clock.now())
    assert (seen.public_id, seen.viewer, seen.is_thumbnail) == (picture, guest_of(ada), True)
    assert "[Picture]" in ada.record(name).content.decode()
    assert '<span class="file" lang="en">Picture</span>' in ada.record(name, "html").content.decode()


def test_a_video_has_no_thumbnail() -> None:
    ada = arrived()
    video = cast.file_of(guest_of(ada), kind="mp4")
    send(ada, begun(ada), "Watch.", files=[video])
    assert json.loads(ask(ada, video, "link", of="files").content)["thumb"] is None


def test_a02_a25_a26_a_link_to_a_file_of_others_or_one_nobody_sent_is_given_to_nobody() -> None:
    ada, mallory = arrived(), arrived()
    picture, unsent = cast.file_of(guest_of(ada)), cast.file_of(guest_of(mallory))
    send(ada, begun(ada), "Look.", files=[picture])
    answers = [ask(mallory, name, "link", of="files") for name in (picture, unsent, "z" * 26)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_a25_a_stolen_name_of_a_file_cannot_be_sent() -> None:
    ada, mallory = arrived(), arrived()
    picture = cast.file_of(guest_of(ada))
    with pytest.raises(AssertionError, match="FileNotFound"):
        send(mallory, begun(mallory), "Mine now.", files=[picture])


@pytest.mark.parametrize("wrong", ["x", [5], ["x"], [None], {}, ["0" * 26] * 2, [f"{place:026}" for place in range(6)]])
def test_a27_files_are_up_to_five_names_each_once(wrong: Any) -> None:
    ada = arrived()
    name = begun(ada)
    with pytest.raises(BadField):
        send(ada, name, "Look.", files=wrong)
    body = {"key": str(uuid.uuid4()), "text": "Look.", "files": wrong}
    assert error(ada.post("conversations", body, f"Bearer {ada.live}")) == (400, "bad_field")


def test_a10_what_cannot_be_taken_is_refused_before_a_byte_is_sent() -> None:
    ada = arrived()
    page = {"name": "drawing.svg", "type": "image/svg+xml", "size": 100}
    assert ada.post("files", page, f"Bearer {ada.live}").status_code == 415
    answer = ada.post("files", {"name": "screen.png", "type": "image/png", "size": 100}, f"Bearer {ada.live}")
    begun_upload = json.loads(answer.content)
    assert (answer.status_code, begun_upload["offset"], begun_upload["state"]) == (201, 0, "receiving")
    assert grants.read_grant(begun_upload["grant"], at=clock.now()).owner == guest_of(ada)


def address(browser: Browser, email: Any = "ada@mail.example") -> HttpResponse:
    return browser.post("address", {"email": email}, f"Bearer {browser.live}")


def told(browser: Browser, method: str = "get") -> HttpResponse:
    knock = getattr(browser.client, method)
    return cast_to(HttpResponse, knock("/widget/api/address", HTTP_AUTHORIZATION=f"Bearer {browser.live}"))


def test_a_guest_says_where_answers_are_told_sees_half_of_it_and_takes_it_back() -> None:
    ada, wei = arrived(), arrived()
    assert json.loads(told(ada).content) == {"email": None}
    assert address(ada).status_code == 204
    assert json.loads(told(ada).content) == {"email": "a…a@mail.example"}
    assert json.loads(told(wei).content) == {"email": None}
    assert told(ada, "delete").status_code == 204
    assert json.loads(told(ada).content) == {"email": None}


@pytest.mark.parametrize("wrong", ["", "nobody", "a@b.example\r\nBcc: c@d.example", "a@b.example,c@d.example"])
def test_a_letter_goes_to_one_plain_address_or_to_none(wrong: str) -> None:
    ada = arrived()
    assert address(ada, wrong).status_code == 400
    assert json.loads(told(ada).content) == {"email": None}


@pytest.mark.parametrize("wrong", [5, None, ["a@b.example"], "x" * 400])
def test_a27_an_address_is_a_short_text(wrong: Any) -> None:
    assert error(address(arrived(), wrong)) == (400, "bad_field")


def test_a15_nobody_has_us_write_to_strangers_all_day() -> None:
    ada = arrived()
    assert [address(ada, f"n{number}@mail.example").status_code for number in range(8)] == [204] * 6 + [429] * 2
    others = [arrived() for _ in range(8)]
    assert [address(other, "Victim@mail.example").status_code for other in others].count(204) == 8
    assert [address(arrived(), "victim@mail.example").status_code for _ in range(4)] == [204, 204, 429, 429]


def test_a_mistyped_address_costs_no_letter() -> None:
    ada = arrived()
    assert [error(address(ada, wrong)) for wrong in ("ada@mail", "ada.mail.example", "ada@mail..example") * 5] == [
        (400, "address_invalid")
    ] * 15
    assert [address(ada, f"n{number}@mail.example").status_code for number in range(7)] == [204] * 6 + [429]


def test_a15_whoever_types_addresses_without_end_is_stopped() -> None:
    ada = arrived()
    assert [address(ada, "nobody").status_code for _ in range(62)] == [400] * 60 + [429] * 2
    assert address(arrived()).status_code == 204


def test_the_spelling_of_an_address_wins_no_letters_for_its_owner() -> None:
    spelt = ("victim@mail.example", " victim@MAIL.example ", "victim@Mail.Example")
    codes = [address(arrived(), spelt[number % 3]).status_code for number in range(12)]
    assert codes == [204] * 10 + [429] * 2


def test_the_transcript_goes_to_an_address_that_is_known_and_belongs_to_nobody_else() -> None:
    ada, mallory = arrived(), arrived()
    name = begun(ada)
    assert error(post(ada, name, "mail")) == (409, "no_address")
    address(ada)
    answer = post(ada, name, "mail")
    assert (answer.status_code, json.loads(answer.content)) == (202, {"as": "link"})
    address(mallory)
    theirs, nobodys = post(mallory, name, "mail"), post(mallory, "z" * 26, "mail")
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content


def back(browser: Browser, key: str) -> HttpResponse:
    return browser.post("back", {"key": key, "language": "ru"})


def test_the_reader_of_a_letter_goes_on_on_another_device_and_once() -> None:
    ada, phone = arrived(), Browser(address="203.0.113.99")
    name = begun(ada)
    address(ada)
    known = find_address(guest_customer(ada))
    assert known is not None
    key = customers.make_return_key(address_id=known.id, site_key="site_demo", at=clock.now())
    body = json.loads(back(phone, key).content)
    assert (body["site"], [each["id"] for each in body["conversations"]]) == ("site_demo", [name])
    phone.token = body["token"]
    assert [each["id"] for each in phone.arrive()["conversations"]] == [name]
    assert error(back(phone, key)) == (401, "return_key_dead")
    assert post(ada, name, "mail").content == b'{"as": "record"}'


def test_a02_guessing_keys_of_letters_is_stopped_by_address() -> None:
    mallory = Browser()
    assert [back(mallory, f"{number:043}").status_code for number in range(21)] == [401] * 20 + [429]


def test_a74_the_page_of_a_letter_takes_no_key_in_its_query_and_sends_none_on() -> None:
    page = Browser().client.get("/widget/back?k=secret")
    text = page.content.decode()
    assert page.status_code == 200
    assert "secret" not in text
    assert "'none'" in page.headers["Content-Security-Policy"].partition("frame-ancestors")[2]
    assert page.headers["Referrer-Policy"] == "same-origin"


def guest_customer(browser: Browser) -> int:
    return int(str(tokens.read(browser.live).detail["customer"]))
