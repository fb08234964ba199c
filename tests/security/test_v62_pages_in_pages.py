"""Pages within pages: the desk holds none, and the chat alone is held, by those on its site's list, with a word on who looks."""

import re
from pathlib import Path
from typing import cast as cast_to

import pytest
from django.http import HttpResponse
from django.test import Client

from tests import cast
from tests.security.test_a34_route_matrix import address, knock, routes
from vigil.team import queries as people

SOURCE = Path(__file__).parents[2] / "src" / "vigil"
HOLDS = re.compile(r"<(?:iframe|frame|object|embed|portal|fencedframe)\b|[\"'](?:iframe|embed)[\"']")
# The one place that makes a frame: the loader, for the chat.
MAKES = {"faces/widget/static/widget/loader.js"}


def policy_of(response: HttpResponse) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


def test_v62_nothing_of_ours_holds_a_page_but_the_loader_the_chat() -> None:
    files = [*SOURCE.glob("**/templates/**/*.html"), *SOURCE.glob("**/static/**/*.js")]
    assert len(files) > 100
    assert {str(path.relative_to(SOURCE)) for path in files if HOLDS.search(path.read_text(encoding="utf-8"))} == MAKES


@pytest.mark.django_db
def test_v62_no_page_may_hold_a_stranger_and_none_but_the_chat_is_held() -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    conversation = cast.opens(ada, "Who looks over your shoulder?", queue="near-deposits")
    held = set()
    for name, pattern in routes():
        noor = Client()
        noor.force_login(people.get_user(desk.noor.agent_id))
        policy = policy_of(knock(noor, name, address(name, pattern, conversation)))
        assert (policy["default-src"], policy["frame-src"], policy["connect-src"]) == ("'none'", "'self'", "'self'"), name
        if policy["frame-ancestors"] != "'none'":
            held.add(name)
    assert held <= {"widget:frame"}
    chat = Client().get("/widget/frame?site=site_demo")
    assert "*" not in policy_of(cast_to(HttpResponse, chat))["frame-ancestors"]
    assert chat.cookies == {}


@pytest.mark.django_db
def test_v62_who_looks_at_the_chat_is_said_by_a_short_signed_word_and_by_nothing_in_its_address() -> None:
    cast.open_the_desk()
    plain = Client().get("/widget/frame?site=site_demo&lang=en").content
    claims = "&token=x.y.z&customer=1&visitor=1&name=Mallory&verified=1"
    assert Client().get(f"/widget/frame?site=site_demo&lang=en{claims}").content == plain
