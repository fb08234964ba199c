"""The place Search, and what the box finds."""

from uuid import uuid4

from django.test import Client

from tests import cast
from vigil.conversations import commands as conversations
from vigil.faces.desk.tests.conftest import Enter
from vigil.search.queries import list_recent
from vigil.search.tests.asking import catch_up

PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"


def search(client: Client, words: str, **filters: str) -> tuple[str, str]:
    """Search as htmx does; tell the address that is shown, and the fragment."""
    answer = client.post("/desk/search", {"words": words, **filters}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.headers.get("HX-Push-Url", ""), answer.content.decode()


def test_what_is_searched_for_stands_in_no_address_and_is_found_again_by_its_number(noor: Client) -> None:
    name = cast.opens(cast.ada(), "My <b>deposit</b> is missing.")
    catch_up()
    address, shown = search(noor, "depósito Ada status:open")
    assert address.startswith("/desk/search?of=")
    assert "dep" not in address
    assert f'href="/desk/conversations/{name}?from=search-' in shown
    # Marked where it stands, and what a customer wrote is words.
    assert "&lt;b&gt;" in shown
    assert "<mark>Ada</mark> Byron" in shown
    assert "Found: 0" in search(noor, "depósito zanzibar")[1]
    again = noor.get(address).content.decode()
    assert f"/desk/conversations/{name}" in again
    assert 'value="depósito Ada"' in again
    assert '<option value="open" selected>' in again
    # The way back to it survives a reload of the conversation.
    opened = noor.get(f"/desk/conversations/{name}?from=search-{address.rpartition('=')[2]}").content.decode()
    assert 'data-place="search"' in opened
    assert "<mark>Ada</mark>" in opened
    plain = noor.post("/desk/search", {"words": "deposit"})
    assert plain.status_code == 302
    assert "<mark>deposit</mark>" in noor.get(plain.headers["Location"]).content.decode()


def test_a_filter_may_be_chosen_or_typed_and_is_shown_as_a_chip(noor: Client, desk: cast.Desk) -> None:
    name = cast.opens(cast.ada(), "My deposit is missing.")
    conversations.assign(conversation=name, sight=desk.noor, agent_id=desk.noor.agent_id, at=cast.later())
    catch_up()
    for words, filters in (
        ("deposit from:me", {}),
        ("deposit", {"agent": "me"}),
        ("", {"agent": "me", "status": "open"}),
        ('agent:"Noor"', {}),
        ("queue:general", {}),
        ("lang:english channel:chat", {}),
    ):
        _, shown = search(noor, words, **filters)
        assert (name in shown) == (words != 'agent:"Noor"'), words
        assert "data-unset=" in shown
    _, shown = search(noor, "deposit from:sol")
    assert name not in shown
    assert '<b dir="auto">Sol Reyes</b>' in shown
    _, shown = search(noor, "deposit status:nonsense")
    assert "Nothing was found" in shown
    assert 'data-tone="bad"' in shown


def test_a06_a_secret_is_neither_searched_for_nor_kept_and_the_reader_is_told_why(noor: Client, desk: cast.Desk) -> None:
    address, shown = search(noor, PHRASE)
    assert address == ""
    assert 'role="alert"' in shown
    assert "holds a secret" in shown
    assert "sausage" not in shown
    assert noor.post("/desk/search", {"words": PHRASE}).status_code == 422
    boxed = noor.post("/desk/search/box", {"words": PHRASE}).content.decode()
    assert "holds a secret" in boxed
    assert "sausage" not in boxed
    assert list_recent(desk.noor.agent_id) == []
    assert "at most 200" in search(noor, "word " * 60)[1]


def test_recent_searches_are_an_agents_own_and_are_forgotten_when_they_say_so(noor: Client, desk: cast.Desk, enter: Enter) -> None:
    for word in ("one", "two", "one"):
        search(noor, word)
    asked = list_recent(desk.noor.agent_id)
    assert [row.asked for row in asked] == ["one", "two"]
    listed = noor.get("/desk/search").content.decode()
    assert "Searched lately" in listed
    sol = enter(desk.sol.agent_id)
    assert "not kept any more" in sol.get(f"/desk/search?of={asked[0].id}").content.decode()
    assert sol.post("/desk/search/forgotten", {"of": asked[0].id}).status_code == 302
    assert len(list_recent(desk.noor.agent_id)) == 2
    noor.post("/desk/search/forgotten", {"of": asked[0].id})
    assert [row.asked for row in list_recent(desk.noor.agent_id)] == ["two"]
    noor.post("/desk/search/forgotten", {"of": "all"})
    assert list_recent(desk.noor.agent_id) == []
    for number in range(25):
        search(noor, f"word{number}")
    assert len(list_recent(desk.noor.agent_id)) == 20


def test_a59_v28_nobody_finds_what_another_team_sees_in_the_place_or_in_the_box(noor: Client, olek: Client, desk: cast.Desk) -> None:
    name = cast.opens(cast.ada(), "My deposit is missing.")
    conversations.note(conversations.Words(name, desk.noor, uuid4(), "zanzibar", "note"), at=cast.later())
    catch_up()
    for words in ("deposit", "zanzibar", "ada", "ada@mail.example", name, "status:open"):
        boxed = olek.post("/desk/search/box", {"words": words}).content.decode()
        address, shown = search(olek, words)
        assert name not in shown.replace(f'value="{name}"', "").replace(f">{name}<", ""), words
        assert "Found: 0" in shown
        assert "/desk/conversations/" not in boxed + olek.get(address).content.decode()
    assert f"/desk/conversations/{name}" in noor.post("/desk/search/box", {"words": "zanzi"}).content.decode()


def test_the_box_finds_by_what_is_typed_so_far_and_says_what_it_is(noor: Client) -> None:
    txid = "0x" + "a1979aef2b51c0ff" * 4
    name = cast.opens(cast.ada(), f"Where is {txid}?")
    catch_up()
    for words in ("By", "Byr", "a1979a", txid):
        shown = noor.post("/desk/search/box", {"words": words}).content.decode()
        assert (f"/desk/conversations/{name}" in shown) == (words != "By"), words
    assert "Found · TXID" in shown
    assert "role=" not in noor.post("/desk/search/box", {"words": "nobody is called this"}).content.decode()
    assert noor.post("/desk/search/box", {}).status_code == 400


def test_pages_go_on_in_either_order(noor: Client) -> None:
    irina = cast.irina()
    names = [cast.opens(irina, f"Deposit {number}.") for number in range(32)]
    catch_up()
    address, first = search(noor, "deposit")
    assert "Found: 32" in first
    assert first.count('class="row" id="row-') == 30
    for order in ("", "&order=best"):
        shown = noor.get(address + order, headers={"HX-Request": "true"}).content.decode()
        more = shown.partition('class="row more" href="')[2].partition('"')[0].replace("&amp;", "&")
        assert more.startswith("/desk/search?of=")
        rest = noor.get(more, headers={"HX-Request": "true"}).content.decode()
        assert rest.count('class="row" id="row-') == 2
        assert all(f"row-{name}" in shown + rest for name in names)
