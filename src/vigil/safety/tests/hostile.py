"""Texts that are made to cost the detectors as much as they can: each is a piece, to be repeated to any length."""

from mnemonic import Mnemonic

from vigil.safety.tests import makers

_dice = makers.seeded(24)
_ENGLISH = Mnemonic("english").wordlist
_SHORT = [word for word in _ENGLISH if len(word) == 3]
_PHRASES = [makers.phrase("english", seed, 24) for seed in range(40)]


def _names(count: int, letters: str, end: str) -> str:
    return "".join(f"{letters[place // 20]}{letters[place % 20]}{end}\n" for place in range(count))


def _nearly(language: str, sizes: tuple[int, ...], between: str) -> str:
    words = Mnemonic(language).wordlist
    return "".join(f"{' '.join(_dice.choices(words, k=_dice.choice(sizes)))} {between} " for _ in range(150))


def _trials(words: list[str]) -> str:
    # Twenty-four times one word and five others: a phrase made up to try a wallet, but for its checksum.
    return "".join(" ".join(_dice.sample([words[0]] * 24 + _dice.sample(words, 5), 29)) + " zz " for _ in range(60))


_LATIN, _CYRILLIC = "abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхц"
# Names of shapes that somebody would try first, and of those that were the worst when each detector was looked at.
SHAPES = {
    "list words": " ".join(word for words in _PHRASES for word in words) + " ",
    "list words and full stops": ". ".join(word for words in _PHRASES for word in words) + " ",
    "glued list words": "".join(word for words in _PHRASES for word in words),
    "glued list words cut to the longest": "".join("".join(_dice.choices(_ENGLISH, k=60))[:420] + " " for _ in range(10)),
    "glued list words that begin one another": "actoract" * 52 + " ",
    "nearly phrases, named": "seed " + _nearly("english", (7, 10), "zzqx"),
    "nearly phrases of Chinese": _nearly("chinese_simplified", (7, 10), "zzqx"),
    "phrases without a checksum": _nearly("english", (11, 12, 30), "zz"),
    "phrases cut to four letters": " ".join(word[:4] for word in _nearly("english", (7, 10), "zzqx").split()) + " ",
    "phrases in full width": "".join(chr(ord(char) + 0xFEE0) if char != " " else char for char in _nearly("english", (7, 10), "zzqx")),
    "trial phrases": "abandon " * 28 + "zzqx ",
    "trial phrases with other words": _trials(_SHORT),
    "trial phrases of Chinese": _trials(Mnemonic("chinese_simplified").wordlist),
    "one word": "abandon ",
    "Chinese list words": " ".join(makers.phrase("chinese_simplified", 1, 24)) + " ",
    "Chinese, twelve at a time": "助记词 " + "".join(_dice.choices(Mnemonic("chinese_simplified").wordlist, k=12)) + "，",
    "Monero lines, twelve words in turn": _names(12, _LATIN, "q"),
    "Monero lines, twenty words in turn": _names(20, _LATIN, "q"),
    "Monero lines with accents": _names(20, _LATIN, "é"),
    "Monero lines in Cyrillic": _names(20, _CYRILLIC, "й"),
    "digits": "4 ",
    "card groups": "4111 ",
    "card groups with hyphens": "4111-1111-1111-1112-",
    "cards": "4111111111111111 ",
    "cards among words that clear them": "order id tx ref. visa card 5555555555554444 ",
    "one long number": "4",
    "hex": makers.hex64(1) + " ",
    "hex among words that tell": "seed tx key hash sk: order pk: " + makers.hex64(1) + " ",
    "nearly keys": " ".join("K" + makers.base58(_dice.randbytes(38))[:51] for _ in range(20)) + " ",
    "nearly pairs": " ".join(makers.base58(_dice.randbytes(64)) for _ in range(20)) + " ",
    "key heads": "xprv9s21ZrQH14 ",
    "key block begins": "-----BEGIN PRIVATE KEY-----",
    "links": "otpauth://",
    "brackets": "[1,",
    "angle brackets": "abandon <td ",
    "marks": "⟦hidden:card⟧",
    "invisible": "\u200b",
    "accents": "e\u0301",
    "long unfolding": "\ufdfa",
    "every character": "".join(map(chr, _dice.sample((*range(0xA0, 0xD7FF), *range(0xE000, 0xFFFD)), k=50_000))),
    "separators": "abandon,.;-",
    "separators, each another": "".join(word + "".join(_dice.choices(" ,;|-0123456789.:", k=6)) for word in _dice.sample(_ENGLISH, 500)),
    "labels": "word1=abandon ",
    "tokens that begin": "eyJhbGciOiJIUzI1NiJ9.eyJ",
    "tokens that go on": "xoxb-1-eyJAKIAghp_sk-glpat-hf_SG.MTIz",
    "one long token": "eyJ.abcdefghi_-",
    "bot tokens": "123456789:AA",
    "commands": "curl -u a:",
    "headers": "x-a-key-authorization: cookie: bearer ",
    "names in addresses": "a://b:c",
    "names in one address": "a+.-b://",
    "assignments": "api_key=secret_token:=",
    "access keys": "api key A1b2C3d4E5f6G7h8J9k0 ",
    "labels of passwords": "password for my account is: ",
    "passwords": "login pass: A1b2C3! ",
    "labels of codes": "sms code 2fa code: ",
    "codes": "code 482913 ",
    "numbers that are no codes": "4829 13-48 2913 ",
    "seeds of authenticators": "2fa abcd efgh ijkl mnop ",
    "braces": '{"ciphertext":"kdf',
    "closed braces": '{"ciphertext":"kdf"}',
    "list words and mistyped ones": "abandon abandom ability abilitty able ",
    "pieces of addresses": "http://" + "a" * 40 + makers.hex64(3),
}


def of_length(name: str, letters: int) -> str:
    """Repeat a shape up to a length."""
    piece = SHAPES[name]
    return (piece * (letters // len(piece) + 1))[:letters]
