"""Whoever is named in a note is seen to be."""

from uuid import uuid4

from django.test import Client

from tests import cast
from vigil.conversations import commands as conversations


def test_a_name_in_a_note_stands_out_and_the_readers_own_most(noor: Client, desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    text = "@Sol Reyes and @noor haddad: <b>@Olek Bondar</b> is not here at 14:30."
    conversations.note(conversations.Words(name, desk.sol, uuid4(), text, "note", zone="Asia/Tokyo"), at=cast.later())
    shown = noor.get(f"/desk/conversations/{name}/entries?after=0").content.decode()
    assert '<b class="named">@Sol Reyes</b> and <b class="named" data-you>@noor haddad</b>: &lt;b&gt;@Olek Bondar&lt;/b&gt; is' in shown
    assert "(05:30 your time)" in shown


def test_a_reply_and_a_customers_words_name_nobody(noor: Client, desk: cast.Desk) -> None:
    name = cast.opens(cast.ada(), "Is @Sol Reyes there?")
    cast.answers(desk.sol, name, "@Sol Reyes is me.", at=cast.later())
    assert 'class="named"' not in noor.get(f"/desk/conversations/{name}").content.decode()


def test_a_time_in_the_note_of_a_hand_over_is_told_on_the_readers_clock(noor: Client, desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    words = conversations.Words(name, desk.sol, uuid4(), "Call her at 14:30.", "note", zone="Asia/Tokyo")
    conversations.hand_over(words, to=desk.noor.agent_id, at=cast.later())
    assert "(05:30 your time)" in noor.get(f"/desk/conversations/{name}").content.decode()
