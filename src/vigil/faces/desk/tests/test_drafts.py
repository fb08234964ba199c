"""What is begun in the composer, as the desk keeps and shows it."""

import json
from typing import Any

from django.test import Client

from tests import cast

PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"


def keep(client: Client, name: str, text: str, *, base: str = "", kind: str = "reply") -> Any:
    return client.post(
        f"/desk/conversations/{name}/draft", {"text": text, "kind": kind, "base": base}, headers={"accept": "application/json"}
    )


def page(client: Client, path: str) -> str:
    return str(client.get(f"/desk/{path}").content.decode())


def test_what_was_begun_stands_in_the_field_on_every_device_and_its_row_says_so(noor: Client) -> None:
    name = cast.opens(cast.ada())
    assert 'class="begun"' not in page(noor, "team")
    version = keep(noor, name, "We look\r\ninto <it>.", kind="note").json()["version"]
    shown = page(noor, f"conversations/{name}")
    assert "We look\ninto &lt;it&gt;.</textarea>" in shown
    assert f'data-kind="note" data-draft="{version}"' in shown
    assert 'value="note" checked' in shown
    assert '<b class="begun">Draft</b>' in page(noor, "team")
    assert '<b class="begun">Draft</b>' in page(noor, "rows?place=team")


def test_a_draft_is_nobody_elses(noor: Client, olek: Client, desk: cast.Desk, enter: Any) -> None:
    name = cast.opens(cast.ada())
    keep(noor, name, "For my eyes only.")
    sol = enter(desk.sol.agent_id)
    assert "eyes only" not in page(sol, f"conversations/{name}")
    assert 'class="begun"' not in page(sol, "team")
    assert sol.get(f"/desk/conversations/{name}/draft").json() == {"text": "", "kind": "reply", "version": ""}
    assert olek.get(f"/desk/conversations/{name}/draft").status_code == 404
    assert keep(olek, name, "Hello").status_code == 404


def test_a_tab_that_was_overtaken_is_given_what_stands_there(noor: Client) -> None:
    name = cast.opens(cast.ada())
    keep(noor, name, "one")
    answer = keep(noor, name, "two")
    assert (answer.status_code, answer.json()["text"]) == (409, "one")
    assert keep(noor, name, "one two", base=answer.json()["version"]).status_code == 200


def test_i7_a_secret_in_a_draft_is_refused_with_a_sentence_and_stands_nowhere(noor: Client) -> None:
    name = cast.opens(cast.ada())
    answer = keep(noor, name, f"Look: {PHRASE}")
    assert (answer.status_code, answer.json()["error"]) == (422, "draft_holds_secret")
    assert PHRASE not in json.dumps(answer.json())
    assert noor.get(f"/desk/conversations/{name}/draft").json()["text"] == ""


def test_a27_a_draft_of_another_kind_is_refused(noor: Client) -> None:
    assert keep(noor, cast.opens(cast.ada()), "x", kind="message").status_code == 400
