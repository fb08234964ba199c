"""A time that one agent writes, as another in another zone reads it."""

from uuid import uuid4

import pytest
from django.test import Client

from tests import cast
from vigil.conversations import commands as conversations
from vigil.faces.desk.live import DeskDoor, token_for
from vigil.kernel.live import tokens
from vigil.team import queries as people


@pytest.mark.parametrize("kind", ["reply", "note"])
def test_a_time_is_followed_by_what_the_readers_clock_shows(noor: Client, desk: cast.Desk, kind: str) -> None:
    name = cast.opens(cast.ada())
    words = conversations.Words(
        name, desk.sol, uuid4(), "By <b>14:30</b>, or 15:00 UTC.", "note" if kind == "note" else "reply", zone="Asia/Tokyo"
    )
    conversations.reply(words, at=cast.later())
    shown = noor.get(f"/desk/conversations/{name}").content.decode()
    assert (
        'By &lt;b&gt;14:30 <time class="there" datetime="2026-03-01T14:30:00+09:00" lang="en" dir="ltr">(05:30 your time)</time>&lt;/b&gt;'
        in shown
    )
    # What is on the reader's clock already is left as it stands.
    assert "or 15:00 UTC.</div>" in shown


def test_a_time_on_the_readers_own_clock_stays_as_it_is(noor: Client, desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    conversations.reply(conversations.Words(name, desk.noor, uuid4(), "By 14:30.", zone="UTC"), at=cast.later())
    shown = noor.get(f"/desk/conversations/{name}").content.decode()
    assert "By 14:30.</div>" in shown


def test_an_agents_words_come_with_the_zone_of_their_clock(desk: cast.Desk) -> None:
    claims = tokens.read(token_for(people.get_agent(desk.noor.agent_id), desk.noor, {}))
    words, _name = DeskDoor().read_send(claims, {"conversation": "0" * 26, "key": str(uuid4()), "text": "By 14:30."})
    assert words.zone == people.get_agent(desk.noor.agent_id).zone
