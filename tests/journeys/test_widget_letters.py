"""A customer leaves, is told by letter that there is an answer, and goes on where she was, on another device."""

import re
import time
from email import message_from_bytes, policy
from pathlib import Path

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.noor import Noor

pytestmark = pytest.mark.browser
WORDS = "Вывод не пришёл, ухожу с этой страницы"


def letter_to(house: House, address: str) -> str:
    """Let the two minutes be over, wait for the letter and give its words."""
    hurry = "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE task_name = 'conversations.tell_of_answer' AND status = 'todo'"
    with psycopg.connect(house.database_url, autocommit=True) as connection:
        connection.execute(hurry)
    for _ in range(150):
        for path in Path(house.var / "spool").glob("*.eml"):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            if letter["To"] == address:
                body = letter.get_body()
                assert body is not None
                return str(body.get_content())
        time.sleep(0.1)
    raise AssertionError(f"no letter came; {house.log()[-2000:]}")


def test_a_letter_brings_her_back_to_the_conversation_on_another_device_and_once(house: House, browser: Browser) -> None:
    at_home = browser.new_context(locale="ru-RU", viewport={"width": 390, "height": 800})
    chat = chatting.open_chat(at_home.new_page(), f"{house.url}/?lang=ru")
    chatting.asks(chat, WORDS)
    with Noor(house) as noor:
        name = noor.does("find", WORDS)
        token = chat.evaluate("localStorage.getItem('vigil-token-site_demo')")
        give_address(house, token)
        at_home.close()
        noor.does("reply", name, "Перевод найден, он придёт через час.")
    worker = house.start_worker()
    try:
        letter = letter_to(house, "irina@mail.example")
    finally:
        worker.terminate()
        worker.wait()
    assert "Перевод" not in letter
    (link,) = re.findall(r"http\S+#\S+", letter)
    phone = browser.new_context(locale="ru-RU", viewport={"width": 390, "height": 800}, is_mobile=True, has_touch=True)
    page = phone.new_page()
    page.goto(link)
    assert "#" not in page.url
    page.get_by_role("button").tap()
    page.wait_for_url("**/widget/frame?**")
    there = page.main_frame
    expect(chatting.mine(there).last).to_contain_text(WORDS)
    expect(chatting.theirs(there).last).to_contain_text("он придёт через час")
    late = phone.new_page()
    late.goto(link)
    late.get_by_role("button").tap()
    expect(late.get_by_role("alert")).to_contain_text("уже использована")
    phone.close()


def give_address(house: House, token: str) -> None:
    """Say where answers are told of, as the chat does."""
    body = {"site": "site_demo", "token": token, "language": "ru", "zone": ""}
    live = httpx.post(f"{house.url}/widget/api/session", json=body, trust_env=False).json()["live"]
    given = {"email": "irina@mail.example"}
    answer = httpx.post(f"{house.url}/widget/api/address", json=given, headers={"authorization": f"Bearer {live}"}, trust_env=False)
    assert answer.status_code == 204, answer.text
