"""Chains that a text names, by their standard ("TRC20"), their name, or what people call them."""

import re
from collections.abc import Iterator

from vigil.identifiers.chains import CHAINS
from vigil.identifiers.facts import Fact
from vigil.identifiers.folding import fold, folded
from vigil.identifiers.plain import Plain

_BESIDE = "|".join(
    folded(
        "networks|network|mainnet|chain|blockchain|wallet network|net|сети|сеть|сетью|сетка|блокчейн|блокчейна|mạng lưới|mạng|chuỗi",
        "ağı|ağ|ağında|ağından|ağıyla|rede|red|jaringan|主网|主網|网络|網絡|網路|公链|公鏈|链|鏈|ネットワーク|チェーン|네트워크|체인|망",
    )
)
_AFTER = re.compile(rf"[\s-]?(?:{_BESIDE})")
_BEFORE = re.compile(rf"(?:{_BESIDE})(?:\s|[:=(\"'«「-]|of|de|da|do|del|la|은|는|是|は|это){{0,4}}\Z")
_REACH = 24
_SHORT = 4
# Not in a link or a mail address, but behind a coin: "USDT/TRC20", "USDT_BEP20".
_WORD = re.compile(r"(?:(?<=usd[tc][/_])|(?<![0-9a-z_.@/\u0370-\u052f]))[a-z\u0400-\u052f][0-9a-z\u0400-\u052f]*(?!@)")


class _Name:
    def __init__(self, words: str, key: str, doubtful: bool) -> None:
        parts = [re.escape(part) for part in re.split(r"[ -]", fold(words))]
        self.length = len(words)
        self.rest = re.compile(r"[\s_-]?".join(["", *parts[1:]]) + r"(?![0-9a-z\u0400-\u052f]|@|\.[a-z])")
        self.first, self.key, self.doubtful = parts[0], key, doubtful

    def stands(self, plain: Plain, start: int, end: int) -> bool:
        # With an accent it is another word: "tròn" is no chain, and "BSc" is a degree.
        written = plain.written(start, end)
        is_itself = not self.first.isascii() or (written.isascii() and (len(written) > _SHORT or written in _cases(written)))
        return is_itself and (not self.doubtful or _is_beside(plain.lower, start, end))


def _cases(word: str) -> tuple[str, str, str]:
    return word.lower(), word.upper(), word.title()


def _tables() -> tuple[dict[str, list[_Name]], dict[str, tuple[str, bool]]]:
    spaced: dict[str, list[_Name]] = {}
    others: dict[str, tuple[str, bool]] = {}
    for chain in CHAINS.values():
        for words in (*chain.names, *chain.doubtful):
            is_doubtful = words in chain.doubtful
            if re.match(r"[a-z\u0400-\u052f]", words):
                name = _Name(words, chain.key, is_doubtful)
                spaced.setdefault(name.first, []).append(name)
            else:
                others[fold(words)] = (chain.key, is_doubtful)
    for names in spaced.values():
        names.sort(key=lambda name: -name.length)
    return spaced, others


_SPACED, _OTHERS = _tables()
_UNSPACED = re.compile("|".join(re.escape(word) for word in sorted(_OTHERS, key=len, reverse=True)))


def find_networks(plain: Plain) -> Iterator[Fact]:
    """Find chains. What is also a word, or the coin's own name, counts only beside a word such as "network"."""
    lower = plain.lower
    for word in _WORD.finditer(lower):
        for name in _SPACED.get(word[0], ()):
            rest = name.rest.match(lower, word.end())
            if rest and name.stands(plain, word.start(), rest.end()):
                yield _fact(name.key, word.start(), rest.end())
                break
    if not plain.words.isascii():
        for found in _UNSPACED.finditer(lower):
            key, doubtful = _OTHERS[found[0]]
            if not doubtful or _is_beside(lower, found.start(), found.end()):
                yield _fact(key, found.start(), found.end())


def _fact(key: str, start: int, end: int) -> Fact:
    return Fact("network", CHAINS[key].title, start, end, (key,))


def _is_beside(lower: str, start: int, end: int) -> bool:
    return bool(_AFTER.match(lower, end) or _BEFORE.search(lower, max(0, start - _REACH), start))
