"""Pictures and videos in the thread, and who is sent on to them."""

import json

import pytest
from django.test import Client

from tests import cast
from vigil.files import grants
from vigil.kernel import clock
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
