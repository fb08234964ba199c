"""What a person is told when a request is refused, read at the server's own doors, in languages that are not English."""

import uuid
from typing import Any

import httpx
import pytest

from tests.houses import House

UNKNOWN_TOKEN = {
    "ru": "Соединение не распознано, подключитесь заново.",
    "ko": "이 연결을 확인할 수 없습니다. 다시 연결해 주십시오.",
}
UNKNOWN_FIELD = {
    "ru": "Поле «colour» здесь не используется.",
    "ko": "“colour” 항목은 여기에서 사용되지 않습니다.",
}
WISHES = {"ru": "ru-RU,ru;q=0.9,en;q=0.5", "ko": "ko-KR,ko;q=0.9,en;q=0.5"}
BOTH = pytest.mark.parametrize("language", ["ru", "ko"])


def post(house: House, path: str, body: dict[str, Any], **headers: str) -> httpx.Response:
    return httpx.post(house.url + path, json=body, headers=headers, trust_env=False)


def told(answer: httpx.Response) -> tuple[int, str, str]:
    said = answer.json()
    return answer.status_code, said["error"], said["message"]


def arrive(house: House, language: str) -> str:
    body = {"site": "site_demo", "language": language, "zone": ""}
    return str(post(house, "/widget/api/session", body).json()["live"])


@BOTH
@pytest.mark.parametrize("path", ["/live/send", "/live/seen", "/live/signal"])
def test_who_is_not_known_is_told_so_in_the_language_of_the_browser(house: House, path: str, language: str) -> None:
    answer = post(house, path, {}, **{"accept-language": WISHES[language], "authorization": "Bearer made.up"})
    assert told(answer) == (401, "token_invalid", UNKNOWN_TOKEN[language])


@BOTH
def test_a_refused_sending_speaks_the_language_of_its_token_whatever_the_browser_prefers(house: House, language: str) -> None:
    body = {"conversation": "x", "key": str(uuid.uuid4()), "text": "Hello", "colour": "red"}
    token = arrive(house, language)
    answer = post(house, "/live/send", body, **{"accept-language": "en", "authorization": f"Bearer {token}"})
    assert told(answer) == (400, "unknown_field", UNKNOWN_FIELD[language])


@BOTH
def test_the_doors_of_the_widget_refuse_in_the_language_of_the_browser(house: House, language: str) -> None:
    wish = {"accept-language": WISHES[language]}
    session = {"site": "site_demo", "language": language, "zone": "", "colour": "red"}
    assert told(post(house, "/widget/api/session", session, **wish)) == (400, "unknown_field", UNKNOWN_FIELD[language])
    begin = {"key": str(uuid.uuid4()), "text": "Hello"}
    assert told(post(house, "/widget/api/conversations", begin, **wish)) == (401, "token_invalid", UNKNOWN_TOKEN[language])
    bearer = {"authorization": f"Bearer {arrive(house, language)}"}
    odd = {**begin, "colour": "red"}
    assert told(post(house, "/widget/api/conversations", odd, **wish, **bearer)) == (400, "unknown_field", UNKNOWN_FIELD[language])
    choice = {"language": language, "colour": "red"}
    assert told(post(house, "/widget/api/language", choice, **wish, **bearer)) == (400, "unknown_field", UNKNOWN_FIELD[language])
