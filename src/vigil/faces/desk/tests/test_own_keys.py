"""Keys of one's own: kept for the agent, told apart, and shown wherever keys are listed."""

import html
import json
import re

import pytest
from django.test import Client

from tests import cast
from vigil.team import commands as team
from vigil.team.errors import KeysClash
from vigil.team.rules import DEEDS, KEYS, clash_of, own_keys

USUAL = {deed: deed for deed in DEEDS}


def keys_of(client: Client) -> dict[str, str]:
    """Read what the desk hands its scripts."""
    found = re.search(r'data-keys="([^"]+)"', client.get("/desk/team").content.decode())
    return dict(json.loads(html.unescape(found[1]))) if found else {}


def test_every_deed_of_the_scripts_can_have_another_key_and_every_key_has_a_sign() -> None:
    assert len(set(DEEDS)) == len(DEEDS)
    assert set(DEEDS) <= set(KEYS)
    assert clash_of(USUAL) is None
    assert clash_of({**USUAL, "KeyE": "KeyA"}) == ("KeyA", "KeyE")
    assert own_keys({"KeyE": "KeyY", "KeyGone": "KeyX"}) == {**USUAL, "KeyE": "KeyY"}


def test_keys_are_kept_for_the_agent_alone_and_listed_at_the_desk(desk: cast.Desk, noor: Client, olek: Client) -> None:
    answer = noor.post("/desk/account/keys", {**USUAL, "KeyE": "KeyY", "KeyA": "KeyE"})
    assert "Your keys are kept" in answer.content.decode()
    assert keys_of(noor) == {"KeyE": "KeyY", "KeyA": "KeyE"}
    page = noor.get("/desk/team").content.decode()
    assert '<div data-deed="KeyE"><dt><kbd>Y</kbd>' in page
    assert '<div data-deed="KeyA"><dt><kbd>E</kbd>' in page
    assert keys_of(olek) == {}
    assert '<div data-deed="KeyE"><dt><kbd>E</kbd>' in olek.get("/desk/team").content.decode()


def test_two_deeds_with_one_key_are_named_and_nothing_is_kept(noor: Client) -> None:
    answer = noor.post("/desk/account/keys", {**USUAL, "KeyE": "KeyA"})
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert "“Assign to me” and “Resolve” have the same key. One key cannot do two things." in page
    assert page.count('aria-invalid="true"') == 2
    assert '<option value="KeyA" selected>A</option>' in page.split('id="KeyE"')[1].split("</select>")[0], (
        "what was chosen stands there still"
    )
    assert keys_of(noor) == {}


def test_the_usual_keys_come_back(noor: Client) -> None:
    noor.post("/desk/account/keys", {**USUAL, "KeyE": "KeyY"})
    noor.post("/desk/account/keys", {})
    assert keys_of(noor) == {}


@pytest.mark.parametrize(
    "change", [{"KeyE": "F5"}, {"KeyE": ""}, {"KeyE": "<script>"}, {"KeyQ": "KeyQ"}, {"role": "admin"}, {"KeyE": "KeyE\x00"}]
)
def test_a27_a60_a_key_or_a_deed_that_nobody_offers_is_refused(noor: Client, change: dict[str, str]) -> None:
    assert noor.post("/desk/account/keys", {**USUAL, **change}).status_code == 400
    assert keys_of(noor) == {}


def test_the_command_itself_keeps_two_deeds_apart(desk: cast.Desk) -> None:
    with pytest.raises(KeysClash):
        team.change_shortcuts({**USUAL, "KeyJ": "KeyK"}, agent_id=desk.noor.agent_id)
    with pytest.raises(ValueError, match="KeyJ"):
        team.change_shortcuts({"KeyJ": "KeyK"}, agent_id=desk.noor.agent_id)
