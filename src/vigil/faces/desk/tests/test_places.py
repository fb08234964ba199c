"""Where one may go from a list, and the list of what goes on."""

import re

from django.test import Client

from tests import cast
from vigil.faces.desk.tests.test_pages import names_in, page
from vigil.kernel import clock


def test_the_places_are_four_and_what_else_there_is_stands_in_the_menu(desk: cast.Desk, noor: Client) -> None:
    cast.opens(cast.ada(), at=clock.now())
    html = page(noor, "/desk/live")
    places = re.search(r'<ul class="places">(.+?)</ul>', html, re.DOTALL)
    assert places
    assert re.findall(r'<a href="([^"]+)"', places[1]) == ["/desk/live", "/desk/mine", "/desk/team", "/desk/search"]
    assert re.search(r'href="/desk/live"[^>]* aria-current="page">.*?<span>Live</span><span class="n">1</span>', places[1])
    menu = page(noor, "/desk/done").rpartition("</ul>")[2]
    assert re.search(r'class="menu-row" href="/desk/done" aria-current="page"', menu)
    assert 'class="menu-row" href="/desk/followed">' in menu
    assert names_in(page(noor, "/desk/done")) == []


def test_what_goes_on_is_a_list_of_the_whole_team_with_who_has_it(desk: cast.Desk, noor: Client) -> None:
    assert "No chats right now" in page(noor, "/desk/live")
    name = cast.opens(cast.ada(), at=clock.now())
    cast.answers(desk.sol, name, "Hello.", at=clock.now())
    html = page(noor, "/desk/live")
    assert names_in(html) == names_in(page(noor, f"/desk/rows?place=live&ids={name}")) == [name]
    assert "Sol Reyes" in html
    assert f"/desk/conversations/{name}?from=live" in html
