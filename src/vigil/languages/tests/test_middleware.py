"""The reader's language of a request."""

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation

from vigil.languages.middleware import ReadersLanguage


def _answer(path: str = "/", *, cookie: str = "", header: str = "") -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        timezone.activate("Asia/Tokyo")
        return HttpResponse(translation.get_language())

    request = RequestFactory().get(path, headers={"Accept-Language": header} if header else {})
    if cookie:
        request.COOKIES["vigil-language"] = cookie
    response = ReadersLanguage(view)(request)
    assert isinstance(response, HttpResponse)
    return response


def test_an_address_outweighs_the_cookie_and_the_cookie_the_browser() -> None:
    assert _answer("/?lang=ja", cookie="ko", header="ru").content == b"ja"
    assert _answer(cookie="ko", header="ru").content == b"ko"
    assert _answer(header="ru").content == b"ru"
    assert _answer().content == b"en"


def test_nonsense_falls_through_to_the_next_source() -> None:
    assert _answer("/?lang=%00", cookie="../../x", header="zh-TW").content == b"zh-hant"


def test_the_answer_says_its_language_and_what_it_depends_on() -> None:
    response = _answer("/?lang=zh-CN")
    assert response["Content-Language"] == "zh-Hans"
    assert response["Vary"] == "Accept-Language, Cookie"


def test_the_thread_is_left_as_it_was_found() -> None:
    before = translation.get_language()
    _answer("/?lang=ja")
    assert translation.get_language() == before
    assert timezone.get_current_timezone_name() == "UTC"
