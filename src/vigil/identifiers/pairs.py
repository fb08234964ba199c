"""Trading pairs, in the spellings of the exchanges and of people."""

import re
from collections.abc import Iterator

from vigil.identifiers.coins import QUOTES, is_coin
from vigil.identifiers.facts import Fact
from vigil.identifiers.folding import folded
from vigil.identifiers.plain import Plain

_QUOTE = "|".join(QUOTES)
_ENDLESS = folded("perpetual|perp|永续|永續|無期限|무기한")
_MARKET = rf"(?P<market>[-_]?SWAP|\.P|[-_]\d{{6}}|M|[-_\s]?(?:{'|'.join(_ENDLESS)}))?"
_PAIR = re.compile(
    rf"(?<![0-9A-Za-z_$@.])(?P<base>[0-9A-Za-z]{{1,15}}?)(?P<between>\s?[/_兑兌-]\s?|\s|)(?P<quote>{_QUOTE}){_MARKET}(?![0-9A-Za-z@]|[_-][0-9A-Za-z])",
    re.IGNORECASE,
)
_ALIASES = {"XBT": "BTC"}
_MULTIPLIED = re.compile(r"1(?:0{3}|0{4}|0{6}|M)(?=[A-Z])")
_STRONG = {"USDT", "USDC", "FDUSD", "USD"}
_QUOTES = [quote.lower() for quote in QUOTES]
# A base with what parts it from its quote; the quote with its market and the two characters that are looked at behind it.
_BEFORE, _BEHIND = 15 + 3, max(map(len, QUOTES)) + 1 + max(6, *map(len, _ENDLESS)) + 2
_NUMBER_BEFORE = re.compile(r"\d[ ]?\Z")


def find_pairs(plain: Plain) -> Iterator[Fact]:
    """Find pairs. The value is BASE/QUOTE, with PERP or the day of delivery behind it where the spelling says so."""
    quotes = [quote for quote in _QUOTES if quote in plain.lower]
    if not quotes:
        return
    at = max(0, min(map(plain.lower.find, quotes)) - _BEFORE)
    end = max(map(plain.lower.rfind, quotes)) + _BEHIND
    while pair := _PAIR.search(plain.words, at, end):
        if _is_pair(plain.words, pair):
            market = (pair["market"] or "").upper().strip("-_ ")
            yield Fact("pair", f"{_known(pair['base'])}/{pair['quote'].upper()}{_suffix(market)}", pair.start(), pair.end())
            at = pair.end()
        else:
            # What was no base may stand before one: "long BTC/USDT".
            at = pair.end("base")


def _known(base: str) -> str:
    return _ALIASES.get(base.upper(), base.upper())


def _suffix(market: str) -> str:
    if not market:
        return ""
    return f" {market}" if market.isdigit() else " PERP"


def _is_pair(words: str, pair: re.Match[str]) -> bool:
    base, quote = pair["base"], pair["quote"]
    upper = base.upper()
    if upper == quote.upper() or upper.isdigit():
        return False
    if pair["market"] in {"M", "m"} and (pair["between"] or quote.upper() != "USDT"):
        return False
    is_known = is_coin(_MULTIPLIED.sub("", upper))
    is_loud = base == upper and quote == quote.upper()
    if pair["between"].strip():
        return is_known or (is_loud and len(base) > 1)
    if pair["between"]:
        is_even = is_loud or (base == base.lower() and quote == quote.lower())
        alone = not _NUMBER_BEFORE.search(words, max(0, pair.start() - 2), pair.start())
        return is_known and is_even and alone and quote.upper() in _STRONG and len(base) > 1
    if is_known:
        is_quiet = base == base.lower() and quote == quote.lower() and quote.upper() in _STRONG
        # No word ends in "usdt" or "usdc"; a short one may end in "usd".
        return is_loud or (is_quiet and len(base) > (1 if quote.upper() in {"USDT", "USDC"} else 2))
    # A ticker that we have never heard of: only in capitals, and only in the money that new coins are priced in.
    return is_loud and quote in {"USDT", "USDC"} and len(base) > 1
