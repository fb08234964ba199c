"""What is wrong with a text before it leaves: every rule, its place, and whether it stops the text or only warns."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from vigil.identifiers import Fact, read_facts
from vigil.identifiers.links import EXPLORERS
from vigil.identifiers.plain import Plain
from vigil.safety.links.judging import Judgement
from vigil.safety.replies.accents import Accented
from vigil.safety.replies.asking import find_asking
from vigil.safety.replies.lexicon import Lexicon, keeps_accents, lexicon
from vigil.safety.replies.sentences import clauses, sentences

BLOCK, WARN = "block", "warn"
RULES = ("OUT-ASK", "OUT-LINK", "OUT-ADDRESS", "OUT-PII", "OUT-PROMISE")
_URL = re.compile(
    r"(?<![0-9A-Za-z@._%+-])(?:(?:https?|hxxps?|ftp)://[^\s<>\"'“”«»。、，「」]+|(?:[0-9A-Za-z-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![0-9A-Za-z@-])(?:[:/?#][^\s<>\"'“”«»。、，「」]*)?)",
    re.IGNORECASE,
)
_ENDS = ".,;:!?)]}*"
# A word, a full stop and a word without a space between are a host to a machine only: without a scheme these suffixes count.
_COMMON = {
    "com",
    "net",
    "org",
    "io",
    "app",
    "xyz",
    "info",
    "live",
    "vip",
    "top",
    "site",
    "online",
    "shop",
    "dev",
    "link",
    "cc",
    "ly",
    "ru",
    "cn",
    "co",
    "gg",
}
# Where an agent may send people besides: explorers, and those who make phones and authenticators.
_HELPFUL = frozenset({"support.google.com", "support.apple.com", "play.google.com", "apps.apple.com", *EXPLORERS})
_CARD = re.compile(r"(?<![0-9A-Za-z+])(?:\d[ -]?){12,18}\d(?![0-9A-Za-z])")
# Letters that tell of a language whatever the conversation's is; kana beside Chinese characters make them Japanese.
_WRITTEN = (
    (re.compile("[\u3040-\u30ff]"), ("ja",)),
    (re.compile("\\A[^\u3040-\u30ff]*[\u4e00-\u9fff][^\u3040-\u30ff]*\\Z", re.DOTALL), ("zh-Hans", "zh-Hant")),
    (re.compile("[\uac00-\ud7a3]"), ("ko",)),
    (re.compile("[\u0400-\u04ff]"), ("ru",)),
    (re.compile("[ăđơưạ-ỹ]", re.IGNORECASE), ("vi",)),
    (re.compile("[ğşı]", re.IGNORECASE), ("tr",)),
    (re.compile("[ñ¿¡]", re.IGNORECASE), ("es",)),
    (re.compile("[ãõ]", re.IGNORECASE), ("pt",)),
)
_WITHOUT_DOUBT = {"suspicious", "fraud"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One objection: the rule, whether it stops the text, the sentence or piece it is about, and why, in words for programs."""

    rule: str
    action: str
    start: int
    end: int
    reason: str


def judge_reply(text: str, language: str, look_at: Callable[[str], Judgement], own: Collection[str] = ()) -> list[Verdict]:
    """List what stands against sending `text` in our name, in order of place; empty when nothing does.

    `language` is one of ours; English is looked at besides, for agents mix it in, and whatever the letters tell of.
    `look_at` judges a link. `own` are the
    customer's own values (addresses, mail, accounts) that may stand in an answer to them.
    """
    plain = Plain(text)
    readings = _readings(text, plain, language)
    known = {value.casefold() for value in own}
    found = [*_asking(readings), *_links(text, look_at), *_facts(text, known), *_cards(plain), *_promises(readings)]
    return _in_order(found)


def judge_for_the_worst(text: str, language: str, look_at: Callable[[str], Judgement]) -> list[Verdict]:
    """List what OUT-ASK and OUT-LINK have against a text, as `judge_reply`: these alone stop a reply, at a third of the work."""
    return _in_order([*_asking(_readings(text, Plain(text), language)), *_links(text, look_at)])


def _in_order(found: Iterable[Verdict]) -> list[Verdict]:
    return sorted(dict.fromkeys(found), key=lambda verdict: (verdict.start, RULES.index(verdict.rule), verdict.end))


class _Reading(NamedTuple):
    """A copy of the text and the words that are looked for in it."""

    copy: Plain | Accented
    words: Lexicon


def _readings(text: str, plain: Plain, language: str) -> list[_Reading]:
    told = () if text.isascii() else (name for letters, names in _WRITTEN if letters.search(text) for name in names)
    names = dict.fromkeys([language, *told, "en"])
    readings = []
    for name in names:
        if keeps_accents(name) and not text.isascii():
            readings.append(_Reading(Accented(text), lexicon(name, accents=True)))
        else:
            readings.append(_Reading(plain, lexicon(name)))
    # Several names may stand for one lexicon.
    return list({id(reading.words): reading for reading in readings}.values())


def _asking(readings: list[_Reading]) -> Iterator[Verdict]:
    for each in readings:
        for asking in find_asking(each.copy.lower, each.words):
            yield Verdict("OUT-ASK", BLOCK, *each.copy.place(asking.start, asking.end), asking.what)


def _links(text: str, look_at: Callable[[str], Judgement]) -> Iterator[Verdict]:
    for url in _URL.finditer(text):
        link = url[0].rstrip(_ENDS)
        judged = look_at(link)
        if judged.verdict == "official" or "no_host" in judged.reasons or _is_helpful(judged.shown):
            continue
        is_doubtless = judged.verdict in _WITHOUT_DOUBT or "shortener" in judged.reasons
        if not is_doubtless and "://" not in link and not _looks_meant(link, judged.shown):
            continue
        reason = judged.reasons[0] if is_doubtless and judged.reasons else "not_listed"
        yield Verdict("OUT-LINK", BLOCK, url.start(), url.start() + len(link), reason)


def _is_helpful(host: str) -> bool:
    return any(host == helpful or host.endswith("." + helpful) for helpful in _HELPFUL)


def _looks_meant(link: str, host: str) -> bool:
    return link.startswith("www.") or (link[: len(host)] == host and host.rpartition(".")[2] in _COMMON)


def _facts(text: str, known: Collection[str]) -> Iterator[Verdict]:
    for fact in read_facts(text):
        value = fact.value.casefold()
        if value in known:
            continue
        if fact.kind == "address" and not fact.problem:
            yield _fact("OUT-ADDRESS", BLOCK, fact, "address")
        elif fact.kind in {"uid", "email", "phone"} and not (fact.kind == "email" and _is_ours(value)):
            # Without knowing what is the customer's one cannot say that it is somebody else's.
            yield _fact("OUT-PII", BLOCK if known else WARN, fact, fact.kind)


def _is_ours(mail: str) -> bool:
    return mail.partition("@")[0] in {"support", "help", "service", "no-reply", "noreply"}


def _fact(rule: str, action: str, fact: Fact, reason: str) -> Verdict:
    return Verdict(rule, action, fact.start, fact.end, reason)


def _cards(plain: Plain) -> Iterator[Verdict]:
    for card in _CARD.finditer(plain.words):
        digits = re.sub(r"\D", "", card[0])
        if _has_luhn(digits) and digits[0] in "3456" and len(set(digits)) > 2:
            yield Verdict("OUT-PII", BLOCK, *plain.place(card.start(), card.end()), "card")


def _has_luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 * (number > 9) for number in doubled) % 10 == 0


def _promises(readings: list[_Reading]) -> Iterator[Verdict]:
    for each in readings:
        for start, end in sentences(each.copy.lower):
            for reason, pattern in (("promise", each.words.promises), ("advice", each.words.advice)):
                if _is_said(each.copy.lower, start, end, pattern, each.words):
                    yield Verdict("OUT-PROMISE", WARN, *each.copy.place(start, end), reason)


def _is_said(lower: str, start: int, end: int, pattern: re.Pattern[str], words: Lexicon) -> bool:
    for clause in clauses(lower, start, end, words.breaks):
        said = pattern.search(lower, *clause)
        around = clause if words.order == "behind" else (clause[0], said.end() if said else clause[1])
        if said and not words.negations.search(lower, *around) and not words.others.search(lower, *clause):
            return True
    return False
