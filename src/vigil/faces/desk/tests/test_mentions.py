"""Who is named in a note, as the bell and the composer show it."""

from uuid import uuid4

from django.test import Client

from tests import cast
from vigil.conversations import commands as conversations
from vigil.faces.desk.tests.conftest import Enter
from vigil.macros import commands as macros


def page(client: Client, path: str) -> str:
    return str(client.get(f"/desk/{path}").content.decode())


def test_the_bell_counts_and_lists_what_names_the_one_who_looks(noor: Client, desk: cast.Desk, enter: Enter) -> None:
    name = cast.opens(cast.ada())
    conversations.note(conversations.Words(name, desk.noor, uuid4(), "@Sol Reyes, <b>look</b>.", "note"), at=cast.later())
    sol = enter(desk.sol.agent_id)
    assert sol.get("/desk/mentions?count").json() == {"unread": 1, "shown": "1"}
    shown = page(sol, "mentions")
    assert f'href="/desk/conversations/{name}"' in shown
    assert "data-unread" in shown
    assert "@Sol Reyes, &lt;b&gt;look&lt;/b&gt;." in shown
    assert noor.get("/desk/mentions?count").json()["unread"] == 0
    assert "No note names you yet." in page(noor, "mentions")


def test_a_note_may_name_those_who_see_the_conversation_and_nobody_else_is_offered(noor: Client, olek: Client) -> None:
    name = cast.opens(cast.ada())
    shown = page(noor, f"conversations/{name}/people")
    assert 'data-text="@Sol Reyes "' in shown
    assert "Olek" not in shown
    assert "Noor" not in shown
    assert olek.get(f"/desk/conversations/{name}/people").status_code == 404


def test_whatever_the_column_knows_can_be_inserted(noor: Client, desk: cast.Desk) -> None:
    name = cast.opens(cast.ada(), "My withdrawal of 250 USDT is stuck, order 20260228114455.")
    assert "Facts of the case" in page(noor, f"conversations/{name}/macros")
    macros.ensure_macro(key="hello", position=0, team_id=None, titles={"en": "Hello"}, texts={"en": "Hello {{customer.name}}"})
    conversations.tag(conversation=name, sight=desk.noor, word="bridge", on=True, at=cast.later())
    shown = page(noor, f"conversations/{name}/macros")
    for inserted in ("Hello Ada Byron", "Ada Byron", "250 USDT", "bridge"):
        assert f'data-text="{inserted}"' in shown
