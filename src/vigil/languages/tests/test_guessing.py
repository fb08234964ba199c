"""The language of what somebody writes: told where it can be known, and left open where it cannot."""

import time

import pytest

from vigil.languages.rules import guess_language

STORIES = {
    "en": "My withdrawal has been stuck for two hours and nobody answers",
    "zh-Hans": "我两个小时前提的币到现在还没到账",
    "zh-Hant": "我兩個小時前提領的幣到現在還沒入帳",
    "ru": "Вывод висит уже два часа, деньги не пришли",
    "vi": "Mình rút tiền từ sáng mà vẫn chưa thấy về ví",
    "tr": "İki saat önce çektiğim para hâlâ gelmedi",
    "pt": "Fiz um saque há duas horas e o dinheiro ainda não caiu",
    "es": "Hice un retiro hace dos horas y todavía no me llega",
    "id": "Saya tarik saldo dua jam lalu tapi belum masuk juga",
    "ja": "2時間前に出金しましたが、まだ着金していません",
    "ko": "두 시간 전에 출금했는데 아직 입금되지 않았어요",
}


@pytest.mark.parametrize("code", STORIES)
def test_a_story_is_heard_in_its_own_language(code: str) -> None:
    assert guess_language(STORIES[code]) == code


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("vi", "minh nap tien roi ma sao chua vao tai khoan vay ad"),
        ("tr", "merhaba paramı cekemiyorum yardim edin lutfen"),
        ("es", "no me llega el codigo de verificacion, por que?"),
        ("pt", "nao consigo acessar minha conta, me ajudem por favor"),
        ("id", "min kok saldo gue belum masuk ya udah 2 jam nih"),
    ],
)
def test_words_without_their_accents_are_heard_all_the_same(code: str, text: str) -> None:
    assert guess_language(text) == code


@pytest.mark.parametrize("text", ["", "???", "12:04", "USDT TRC20", "TXQWrg7dvBAYvCtxPmNWBqh6tqJ1txzsex", "hm", "https://example.com/tx/1"])
def test_what_is_no_language_is_left_open(text: str) -> None:
    assert guess_language(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, je voudrais savoir pourquoi mon argent n'est pas arrivé",
        "Ich habe vor zwei Stunden Geld abgehoben und es ist noch nicht da",
        "Перекажіть мої гроші, будь ласка, вони зникли з рахунку",
        "Perché il mio prelievo non è ancora arrivato?",
    ],
)
def test_a_neighbour_is_not_taken_for_one_of_ours(text: str) -> None:
    assert guess_language(text) is None


def test_chinese_that_shows_no_script_is_in_the_one_that_was_likely() -> None:
    assert guess_language("你好") == "zh-Hans"
    assert guess_language("你好", "zh-Hant") == "zh-Hant"
    assert guess_language("你好", "ru") == "zh-Hans"


def test_a_long_text_costs_no_more_than_its_beginning() -> None:
    guess_language("warm up")
    for text in ("a " * 40_000, "ñ" * 80_000, STORIES["es"] * 2000):
        began = time.perf_counter()
        guess_language(text)
        assert time.perf_counter() - began < 0.1
