"""Recovery phrases: found in every list and layout, and left alone where ordinary words only look like one."""

import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigil.safety.commands import screen
from vigil.safety.scanning import scan
from vigil.safety.tests import makers

Layout = Callable[[list[str]], str]

LAYOUTS: dict[str, Layout] = {
    "spaces": " ".join,
    "commas": ", ".join,
    "lines": "\n".join,
    "tabs": "\t".join,
    "hyphens": "-".join,
    "numbered lines": lambda words: "\n".join(f"{n}. {word}" for n, word in enumerate(words, 1)),
    "numbered in brackets": lambda words: " ".join(f"{n}) {word}" for n, word in enumerate(words, 1)),
    "labelled": lambda words: "\n".join(f"No {n}: {word}" for n, word in enumerate(words, 1)),
    "quoted": lambda words: ", ".join(f'"{word}"' for word in words),
    "JSON": lambda words: str(list(words)),
    "a table": lambda words: "\n".join(f"| {n} | {word} |" for n, word in enumerate(words, 1)),
    "HTML cells": lambda words: "".join(f"<tr><td>{n}</td><td>{word}</td></tr>" for n, word in enumerate(words, 1)),
    "upper case": lambda words: " ".join(words).upper(),
    "full stops": ". ".join,
    "columns": lambda words: "\n".join("   ".join(words[at : at + 3]) for at in range(0, len(words), 3)),
    "invisible characters inside": lambda words: " ".join("\u200b".join(word) for word in words),
    "inside a message": lambda words: "I typed it into that site: " + " ".join(words) + "! What now?",
}


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(makers.LISTS), st.sampled_from(sorted(LAYOUTS)), st.sampled_from([12, 15, 18, 21, 24]), st.integers(0, 10**6))
def test_a_phrase_of_any_list_in_any_layout_leaves_no_word_behind(name: str, layout: str, size: int, seed: int) -> None:
    words = makers.phrase(name, seed, size)
    screened = screen(LAYOUTS[layout](words))
    assert [finding.kind for finding in screened.findings] == ["mnemonic"]
    # The mark's own words ("hidden") are on the lists too.
    left = (
        screened.text.replace("⟦hidden:mnemonic⟧", "")
        .casefold()
        .replace("\u200b", "")
        .replace("typed it into that site", "")
        .replace("what now", "")
    )
    assert not [word for word in words if len(word) > 2 and word.casefold() in left]


@pytest.mark.parametrize("name", makers.LISTS)
def test_a_phrase_whose_last_word_is_withheld_is_hidden(name: str) -> None:
    assert screen(" ".join(makers.phrase(name, 3)[:-1])).findings


@pytest.mark.parametrize("name", ["english", "spanish", "italian", "portuguese", "czech", "turkish", "russian"])
def test_a_phrase_with_one_word_mistyped_is_hidden(name: str) -> None:
    words = makers.phrase(name, 5)
    words[4] = words[4][1:] + words[4][0] * 2
    assert screen(" ".join(words)).text.startswith("⟦hidden:mnemonic⟧")


def test_a_phrase_written_twice_is_hidden_both_times() -> None:
    words = " ".join(makers.phrase("english", 6))
    assert screen(f"{words}\n{words}\n{words}").text == "⟦hidden:mnemonic⟧"


def test_a_phrase_cut_to_four_letters_a_word_is_hidden() -> None:
    words = [word[:4] for word in makers.phrase("english", 8, 24)]
    assert screen("here: " + " ".join(words)).findings


def test_accents_may_be_missing() -> None:
    for seed in range(5):
        words = makers.phrase("spanish", seed)
        assert screen(" ".join(words).encode().decode().translate(str.maketrans("áéíóúñ", "aeioun"))).findings


def test_a_phrase_may_be_written_without_spaces() -> None:
    for name in ("english", "japanese", "korean", "russian"):
        assert screen("".join(makers.phrase(name, 4))).findings, name


@pytest.mark.parametrize("name", ["chinese_simplified", "chinese_traditional"])
def test_a_named_chinese_phrase_without_spaces_is_hidden_to_its_first_word(name: str) -> None:
    for seed in range(20):
        phrase = "".join(makers.phrase(name, seed))
        for text in (f"我的助记词：{phrase}。请帮我", f"我的助记词是{phrase}"):
            assert phrase[:3] not in screen(text).text, text


def test_eight_words_are_hidden_beside_a_word_that_names_them() -> None:
    words = " ".join(makers.phrase("english", 2)[:8])
    assert not screen(f"x9 {words} x9.").findings
    for sign in ("my seed:", "助记词", "моя мнемоника:", "cụm từ khôi phục", "frase semente", "니모닉", "リカバリーフレーズ"):
        assert screen(f"{sign} {words} x9.").findings, sign


@pytest.mark.parametrize("size", [12, 24])
def test_a_made_up_phrase_inside_a_sentence_is_hidden(size: int) -> None:
    last = {12: "about", 24: "art"}[size]  # the words that make the checksum hold
    phrase = " ".join(["abandon"] * (size - 1) + [last])
    assert "abandon" not in screen(f"my words are {phrase} please help").text


def test_a_message_of_list_words_alone_is_hidden_from_six_words_on() -> None:
    words = makers.phrase("english", 2)
    assert screen(" ".join(words[:6])).text == "⟦hidden:mnemonic⟧"
    assert not screen(" ".join(words[:5])).findings
    assert not screen("please say that one more time").findings


def test_a_monero_phrase_is_known_by_its_checksum_word() -> None:
    words = ["abaft", "sulking", "gecko", "noodles", "pledge", "rustled", "vexed", "wolf", "tawny", "budget", "hornet", "oozed"]
    words.append(words[zlib.crc32("".join(word[:3] for word in words).encode()) % 12])
    assert screen("my wallet: " + " ".join(words)).findings


@pytest.mark.parametrize(
    "sentence",
    [
        "Hello, I sent 500 USDT over TRC20 two hours ago and it has not arrived, can you please check it for me?",
        "still need advice",
        "hello hello hello hello hello hello hello",
        "White Day, Black Day, Rose Day, Kiss Day, Silver Day, Green Day, Music Day, Wine Day, Movie Day, Hug Day",
        "您好，我两个小时前通过TRC20充值了500 USDT，区块浏览器显示已确认，但是账户余额没有变化。",
        "出金が「審査中」のまま進みません。目安の時間を教えていただけますか。",
        "출금이 계속 심사 중이라고만 나오는데 얼마나 더 기다려야 하나요? 급합니다.",
        "Lupa isi memo waktu kirim TON, masih bisa dibantu gak kak?",
        "I never wrote down my seed phrase, can I still get my account back with my phone?",
    ],
)
def test_ordinary_words_stay_as_they_are(sentence: str) -> None:
    screened = screen(sentence)
    assert screened.text == sentence
    assert not screened.findings


@pytest.mark.parametrize("name", ["chinese_simplified", "chinese_traditional"])
def test_a_chinese_phrase_without_spaces_that_nobody_announced_is_hidden_or_asked_about(name: str) -> None:
    layouts = ("{}", "你好。{}", "{} 谢谢")
    sizes = (12, 15, 18, 21, 24)
    outcomes = [scan(layouts[seed % 3].format("".join(makers.phrase(name, seed, sizes[seed % 5])))) for seed in range(300)]
    assert all(found["findings"] or found["ask"] for found in outcomes)
    assert sum(bool(found["findings"]) for found in outcomes) >= 0.9 * len(outcomes)


def test_a_phrase_that_was_announced_may_go_on_in_a_sentence() -> None:
    for name in ("chinese_simplified", "japanese", "korean"):
        for seed in range(20):
            phrase = "".join(makers.phrase(name, seed, 24))
            assert phrase[-4:] not in scan(f"我的助记词是{phrase}")["masked"]
            assert phrase[-4:] not in scan(f"助记词：{phrase}，请帮我看看")["masked"]
