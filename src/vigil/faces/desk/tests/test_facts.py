"""The facts of a case, as the column beside a conversation shows them."""

from django.test import Client

from tests import cast


def test_what_is_made_of_words_is_whole_and_a_code_keeps_both_its_ends(desk: cast.Desk, noor: Client) -> None:
    name = cast.opens(cast.ada(), "500 USDT over BEP20 to TXQWrg7dvBAYvCtxPmNWBqh6tqJ1txzseX has not arrived")
    html = noor.get(f"/desk/conversations/{name}").content.decode()
    assert '<bdi translate="no">BNB Smart Chain (BEP20)</bdi>' in html
    assert '<span class="cut">TXQWrg7dvBAYvCtxPmNWBqh6tqJ1</span>txzseX</bdi>' in html
