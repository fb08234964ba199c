"""Pictures and videos in the thread, and who is sent on to them."""

import json
from typing import Any
from typing import cast as cast_to
from uuid import uuid4

import pytest
from django.test import Client

from tests import cast
from vigil.conversations import commands as conversations
from vigil.files import grants
from vigil.kernel import clock
from vigil.records.queries import get_html_record, get_text_record
from vigil.team import queries as team

ADA = "guest:ada"


@pytest.fixture
def sent(desk: cast.Desk) -> tuple[str, str]:
    """A conversation and the picture in it."""
    ada, picture = cast.ada(), cast.file_of(ADA)
    name = cast.opens(ada)
    cast.writes(ada, name, "", at=cast.later(), files=(picture, cast.file_of(ADA, kind="mp4")), of=ADA)
    return name, picture


def test_a_picture_is_shown_small_and_a_video_is_named(noor: Client, sent: tuple[str, str]) -> None:
    name, picture = sent
    html = noor.get(f"/desk/conversations/{name}").content.decode()
    assert f'<img src="/desk/conversations/{name}/files/{picture}?small" alt="Picture" loading="lazy" width="640" height="480">' in html
    assert "</svg>Video</a>" in html
    # Where nobody said anything, no empty bubble stands above the picture.
    assert html.split(f"/files/{picture}")[0].rsplit("<article", 1)[1].count("bubble") == 0


@pytest.mark.parametrize(("query", "is_small"), [("?whole", False), ("?small", True)])
def test_an_agent_is_sent_on_to_an_address_that_is_theirs_for_minutes(
    desk: cast.Desk, noor: Client, sent: tuple[str, str], query: str, is_small: bool
) -> None:
    name, picture = sent
    answer = noor.get(f"/desk/conversations/{name}/files/{picture}{query}")
    assert answer.status_code == 302
    seen = grants.read_link(answer["Location"].removeprefix(grants.LINKS), at=clock.now())
    epoch = team.get_agent(desk.noor.agent_id).session_epoch
    assert (seen.public_id, seen.viewer, seen.is_thumbnail) == (picture, f"agent:{desk.noor.agent_id}:{epoch}", is_small)


def test_a_file_has_a_page_of_its_own_that_runs_nothing_of_it(noor: Client, sent: tuple[str, str]) -> None:
    name, picture = sent
    page = noor.get(f"/desk/conversations/{name}/files/{picture}")
    assert page.status_code == 200
    assert '<img src="?whole" alt="Picture">' in page.content.decode()


def test_v35_a_file_of_another_conversation_is_not_found_under_this_one(noor: Client, sent: tuple[str, str]) -> None:
    other = cast.opens(cast.wei())
    answer = noor.get(f"/desk/conversations/{other}/files/{sent[1]}", headers={"accept": "application/json"})
    assert (answer.status_code, json.loads(answer.content)["error"]) == (404, "file_not_found")


def begins(client: Client, conversation: str, **changes: str) -> Any:
    asked = {"name": "screen.png", "type": "image/png", "size": "1200", **changes}
    return client.post(f"/desk/conversations/{conversation}/files", asked, headers={"accept": "application/json"})


def test_an_agent_begins_an_upload_that_only_this_session_goes_on_with(desk: cast.Desk, noor: Client) -> None:
    begun = begins(noor, cast.opens(cast.ada()))
    assert begun.status_code == 201
    told = begun.json()
    grant = grants.read_grant(told["grant"], at=clock.now())
    epoch = team.get_agent(desk.noor.agent_id).session_epoch
    assert (grant.public_id, grant.owner) == (told["file"], f"agent:{desk.noor.agent_id}:{epoch}")
    assert (told["state"], told["offset"]) == ("receiving", 0)


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"name": "page.svg", "type": "image/svg+xml"}, 415, "page_refused"),
        ({"name": "all.zip", "type": "application/zip"}, 415, "archive_refused"),
        ({"size": "99999999"}, 413, "picture_too_large"),
        ({"size": "0"}, 400, "file_empty"),
        ({"size": "many"}, 400, "bad_field"),
    ],
)
def test_v15_what_may_not_come_in_is_refused_before_a_byte_is_sent(noor: Client, changes: dict[str, str], status: int, code: str) -> None:
    answer = begins(noor, cast.opens(cast.ada()), **changes)
    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert answer.json()["message"]


def test_a25_nobody_sends_files_for_a_conversation_out_of_sight(olek: Client) -> None:
    assert begins(olek, cast.opens(cast.ada())).status_code == 404


def test_v34_what_an_agent_sent_is_shown_with_its_entry_and_named_in_the_record(desk: cast.Desk, noor: Client, olek: Client) -> None:
    ada, picture, inside = cast.ada(), cast.file_of("agent:noor"), cast.file_of("agent:noor")
    name = cast.opens(ada)
    for kind, file in (("reply", picture), ("note", inside)):
        words = conversations.Words(name, desk.noor, uuid4(), "See here", cast_to(Any, kind), files=(file,), files_of="agent:noor")
        conversations.reply(words, at=cast.later())
    shown = noor.get(f"/desk/conversations/{name}").content.decode()
    for file in (picture, inside):
        assert f"/desk/conversations/{name}/files/{file}?small" in shown
        assert noor.get(f"/desk/conversations/{name}/files/{file}?whole").status_code == 302
        assert olek.get(f"/desk/conversations/{name}/files/{file}?whole").status_code == 404
    asked: dict[str, Any] = {"conversation": name, "customer_id": ada, "language": "en", "zone": "UTC", "at": cast.later(9)}
    assert get_html_record(**asked).count('<span class="file" lang="en">Picture</span>') == 1
    assert get_text_record(**asked).count("[Picture]") == 1
