"""What the letters alone say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.languages.rules import guess
from vigil.languages.spoken import language_of_words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("출금이 안 돼요 USDT", "ko"),
        ("BTC 입금", "ko"),
        ("ㅜㅜ 출금", "ko"),
        ("出金できません", "ja"),
        ("ログインコードが届かない", "ja"),
        ("usdt没到账 txid 0xabcdef1234", "zh-Hans"),
        ("为什么我的账户被冻结了", "zh-Hans"),
        ("中文の店铺很好找的", "zh-Hans"),
        ("您的提幣沒有到", "zh-Hant"),
        ("帳戶凍結了", "zh-Hant"),
        ("我的錢包地址填錯了，怎麼辦？", "zh-Hant"),
        ("Вывод завис уже 3 часа", "ru"),
        ("где мои деньги??", "ru"),
        ("rút tiền không được", "vi"),
        ("Rút tiền", "vi"),
        ("lệnh", "vi"),
        ("Param gelmedi, çekim yapamıyorum", "tr"),
        ("şifremi unuttum, çözüm?", "tr"),
    ],
)
def test_a_script_or_its_own_letters_settle_the_language(text: str, code: str) -> None:
    assert guess(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "hello, my deposit is missing",
        "USDT TRC20",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "https://www.mexc.com/ru/вход",
        "TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE",
        "12345",
        "rut tien khong duoc",
        "Minha conta está bloqueada",
        "¿Dónde está mi retiro?",
        "你好",
        "Де мої гроші? Вивід завис",
        "Menim pulum hanı? Hesab bağlıdır, kömək edin, mən gözləyirəm",
        "де ї",
        "я",
    ],
)
def test_what_the_letters_do_not_settle_stays_open(text: str) -> None:
    assert guess(text) is None


@pytest.mark.parametrize("text", ["口座凍結", "本人確認", "取引停止", "出金申請"])
def test_japanese_without_kana_is_not_called_chinese(text: str) -> None:
    assert guess(text) is None


def test_the_greater_part_of_a_mixed_text_decides() -> None:
    assert guess("hello, вывод завис, помогите пожалуйста") == "ru"
    assert guess("My withdrawal to 币安 is stuck since yesterday evening, please help me") is None


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    assert guess(text) in {None, "ko", "ja", "zh-Hans", "zh-Hant", "ru", "vi", "tr"}


@pytest.mark.parametrize(
    ("text", "likely", "language"),
    [
        ("確認いたしました。", "zh-Hans", "ja"),
        ("您好", "zh-Hant", "zh-Hant"),
        ("Thank you, I am looking into it.", "pt", "pt"),
        ("Thank you, I am looking into it.", "zh-Hans", ""),
        ("TXID 42", "ko", "ko"),
        ("Salom", "xx", ""),
    ],
)
def test_words_are_read_in_what_their_letters_say_or_the_conversation_is_led_in(text: str, likely: str, language: str) -> None:
    assert language_of_words(text, likely) == language
