"""Where a page that leads no further sends its reader."""

from collections.abc import Iterator
from types import ModuleType

import pytest
from django.test import Client, override_settings
from django.urls import include, path

from vigil.config.urls import handler404

MISSING = "/desk/conversations/nobodyknowsthis/never"


class Production(ModuleType):
    """The addresses of an installation without the demo's front page."""

    urlpatterns = [path("desk/", include("vigil.faces.desk.urls"))]
    handler404 = handler404


@pytest.fixture
def without_a_front_page() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=Production("production")):
        yield


def test_an_agent_goes_back_to_the_desk(db: None, without_a_front_page: None) -> None:
    answer = Client().get(MISSING)
    assert answer.status_code == 404
    assert '<a class="button" href="/desk/">Back to the start</a>' in answer.content.decode()


def test_nobody_is_sent_to_a_front_page_that_does_not_exist(db: None, without_a_front_page: None) -> None:
    answer = Client().get("/nothing")
    assert answer.status_code == 404
    assert "Back to the start" not in answer.content.decode()


def test_a_reader_of_the_demo_goes_back_to_its_front_page(db: None) -> None:
    assert '<a class="button" href="/">Back to the start</a>' in Client().get("/nothing").content.decode()
