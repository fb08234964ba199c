"""A refusal on its way to a person or a program."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from vigil.kernel.live.refusals import Unavailable
from vigil.kernel.web.refusals import Refusals


@pytest.mark.parametrize(
    ("method", "accept", "says"),
    [
        ("get", "text/html", "We are back in a moment"),
        ("post", "text/html", "We cannot be reached right now."),
        ("get", "application/json", '"unavailable"'),
    ],
)
def test_a_page_that_cannot_be_shown_now_says_when_to_come_back(method: str, accept: str, says: str) -> None:
    request = getattr(RequestFactory(), method)("/desk/team", headers={"accept": accept})
    answer = Refusals(lambda _: HttpResponse()).process_exception(request, Unavailable(retry_after=5))
    assert answer is not None
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert says in answer.content.decode()
