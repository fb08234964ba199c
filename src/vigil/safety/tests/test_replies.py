"""What may not leave in our name is stopped, and what only sounds like it is not."""

import time
import tomllib
from pathlib import Path

import pytest

from vigil.safety.links.judging import Judgement, Official, judge_link
from vigil.safety.replies.judging import Verdict, judge_reply
from vigil.safety.replies.lexicon import LANGUAGES, lexicon
from vigil.safety.replies.sentences import sentences

HERE = Path(__file__).parent / "sentences"
LEAST = 0.95
OURS = Official("Zentrix", frozenset({"zentrix.com"}), ("zentrix",))
ADDRESS = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"


def look_at(url: str) -> Judgement:
    return judge_link(url, OURS)


def told(text: str, language: str = "en", own: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    return [(each.rule, each.action, each.reason) for each in judge_reply(text, language, look_at, own)]


def asks(text: str, language: str) -> bool:
    return any(rule == "OUT-ASK" for rule, _, _ in told(text, language))


def _written(language: str) -> dict[str, dict[str, list[str]]]:
    """Read the sentences of a language: a file of its own, LANG.toml, and its tables in the others."""
    files = {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.toml"))}
    return {
        name: read if name == f"{language}.toml" else read[language]
        for name, read in files.items()
        if name == f"{language}.toml" or language in read
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_never_asked_is_stopped_and_near_misses_pass(language: str) -> None:
    written = _written(language)
    assert written
    for name, read in written.items():
        missed = [text for text in read["block"] if not asks(text, language)]
        stopped = [text for text in read["pass"] if asks(text, language)]
        assert len(missed) <= (1 - LEAST) * len(read["block"]), f"{name}: not stopped: {missed}"
        assert len(stopped) <= (1 - LEAST) * len(read["pass"]), f"{name}: stopped: {stopped}"


def test_the_sentence_is_marked_in_the_text_as_it_was_written() -> None:
    text = "Hi Ada! Bitte… ｐｌｅａｓｅ ｓｅｎｄ ｍｅ ｙｏｕｒ ｐａｓｓｗｏｒｄ. Thanks."
    (verdict,) = judge_reply(text, "en", look_at)
    assert (verdict.rule, verdict.action) == ("OUT-ASK", "block")
    assert text[verdict.start : verdict.end] == "ｐｌｅａｓｅ ｓｅｎｄ ｍｅ ｙｏｕｒ ｐａｓｓｗｏｒｄ."


def test_english_is_heard_in_every_language() -> None:
    assert asks("您好，please send me your seed phrase", "zh-Hans")
    assert asks("Envie a sua senha, por favor", "pt-BR")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://www.zentrix.com/help.", []),
        ("See zentrix-support.com", [("OUT-LINK", "block", "brand_inside")]),
        ("Go to https://bit.ly/abc", [("OUT-LINK", "block", "shortener")]),
        ("Look at https://example.org/page", [("OUT-LINK", "block", "not_listed")]),
        ("Your transaction: https://tronscan.org/#/transaction/" + "ab" * 32, []),
        ("Thanks for waiting.It is done. See readme.md, e.g. version 1.2.3", []),
        (f"Deposit to {ADDRESS}", [("OUT-ADDRESS", "block", "address")]),
        ("Your card 4111 1111 1111 1111", []),
        ("Your card 4539 1488 0343 6467", [("OUT-PII", "block", "card")]),
        ("Your UID is 48210377", [("OUT-PII", "warn", "uid")]),
        ("Write to ada@example.org", [("OUT-PII", "warn", "email")]),
        ("We guarantee that you get it back", [("OUT-PROMISE", "warn", "promise")]),
        ("We cannot guarantee a date", []),
        ("It is a good time to buy BTC", [("OUT-PROMISE", "warn", "advice")]),
        ("Your withdrawal was approved and is on its way.", []),
    ],
)
def test_every_other_rule_says_what_it_objects_to(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text) == expected


def test_what_is_the_customers_own_may_stand_in_an_answer() -> None:
    assert told(f"Your address {ADDRESS}, UID 48210377", own=(ADDRESS, "48210377")) == []
    assert told("UID 48210378", own=("48210377",)) == [("OUT-PII", "block", "uid")]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("e.g. this costs 1.5 USDT. Yes", ["e.g. this costs 1.5 USDT.", "Yes"]),
        ("一。二！三", ["一。", "二！", "三"]),
        ("a\n\nb", ["a", "b"]),
        ("  ", []),
    ],
)
def test_a_text_is_cut_into_sentences(text: str, pieces: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == pieces


def test_every_lexicon_has_every_kind_of_thing() -> None:
    assert {tuple(asked.what for asked in lexicon(language).asked) for language in LANGUAGES} == {
        ("secret", "remote", "money", "elsewhere", "protection")
    }
    assert [lexicon(code).language for code in ("zh", "zh-TW", "pt_BR", "xx")] == ["zh-Hans", "zh-Hant", "pt", "en"]


@pytest.mark.parametrize(
    "piece", ["please send ", "your password, ", "never ", "код, пришлите ", "密码发", "a.b.", "4", "パスワード", "(", "비밀번호 "]
)
def test_no_text_costs_more_than_time_linear_in_its_length(piece: str) -> None:
    judge_reply(piece, "ja", look_at)
    began = time.thread_time()
    judge_reply((piece * 8000)[:8000], "ja", look_at)
    assert time.thread_time() - began < 1


def test_a_verdict_is_a_plain_value() -> None:
    assert Verdict("OUT-ASK", "block", 0, 1, "secret") == Verdict("OUT-ASK", "block", 0, 1, "secret")
