"""Keys that the words before them name: "API key: …", SECRET_KEY=…, a header, a command, the name and password in an address.

After one such key comes often its other half, with nothing telling before it.
"""

import re
from collections.abc import Iterator, Sequence

from vigil.identifiers.folding import folded
from vigil.safety.detectors.tokens import looks_made
from vigil.safety.findings import Span
from vigil.safety.normalise import Normalised
from vigil.safety.vocabulary import TRANSACTION, last_end
from vigil.workspace.access_keys import shapes

NAME, VERSION = "assigned", 1

_NAMES = folded(
    "api key|apikey|api-key|api_key|api secret|apisecret|api-secret|api_secret|secret key|secretkey|secret_key|secret-key",
    "access key|accesskey|access_key|access-key|access token|access_token|auth token|auth_token|client secret|client_secret",
    "bot token|client-secret|clientsecret|api token|api_token|apitoken|api密钥|api密鑰|api 密钥|api 密鑰|访问密钥|存取金鑰|密钥",
    "密鑰|金鑰|secret|passphrase|api-ключ|api ключ|ключ api|секретный ключ|ключ доступа|токен доступа|секрет api|api секрет",
    "khóa api|api bí mật|mã bí mật api|khóa bí mật|khoá bí mật|api anahtar|gizli anahtar|erişim anahtar|chave api|chave da api",
    "chave de api|chave secreta|chave de acesso|clave api|clave de api|clave secreta|clave de la api|token de acceso|kunci api",
    "api rahasia|kunci rahasia|kunci akses|apiキー|シークレットキー|アクセスキー|秘密キー|api키|api 키|시크릿 키|시크릿키",
    "비밀키|비밀 키|액세스 키",
)
_REACH = 40
_VALUE = re.compile(r"(?<![0-9A-Za-z_+/.~-])[0-9A-Za-z_][0-9A-Za-z_+/.~-]{15,511}={0,2}")
_CODE = re.compile(
    r"(?:(?<![a-z])|(?<=[a-z_.-]))(?:secret|token|passwd|apikey|api_?key|auth|credential|(?<=[a-z_.-])key|(?<=[a-z_.-])login)"
    r"[\"']?\s{0,3}(?::{0,3}=|=>|:)\s{0,3}[\"']?\Z"
)
_LONGEST_CODE = 60
_PUBLIC = re.compile(
    r"public|csrf|xsrf|authenticity|author|device|push|page|next|idempot|primary|foreign|partition|sort|cache|bucket|verif|order|pay"
)
_HEADER = re.compile(
    r"(?:authorization|x-[a-z-]{0,30}(?:key|token|signature|passphrase)|cookie)[\"']?\s?:\s?[\"']?"
    r"(?:(?:bearer|basic|token|api-token|digest)\s)?(?P<value>[0-9a-z_+/=.~|;%-]{12,4000})"
)
_COMMAND = re.compile(
    r"\s(?:-u|--user)[ =]?(?P<value>\"[^\"\n]{3,200}\"(?::\"[^\"\n]{1,200}\")?|'[^'\n]{3,200}'|[^\s\"'<$:]{1,100}:[^\s\"'<$]{3,200})"
)
_USERINFO = re.compile(r"(?<![a-z])[a-z][a-z+.-]{1,20}://(?P<value>[^\s/:@<>\"']{1,100}:[^\s/@<>\"']{3,200})@[a-z0-9.-]{3,}")
_WRITTEN_FOR_ANY = re.compile(r"[$<]|\{\{|user(?:name)?:pass(?:word|wd)?\b|\A\W*\Z")
_ADDRESS = re.compile(r"0x[0-9a-f]{40}|(?:0x)?[0-9a-f]{64}|[1-9a-z]{26,44}")
_ACCOUNT = re.compile(r"0[xX][0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33}|(?:bc1|ltc1|addr1|cosmos1)[0-9a-z]{30,110}")
_ENDED = re.compile(r"[.!?]\s|[。!?]")
_WORDS, _WORDY = re.compile("[a-z]{5,}"), 0.4
_LETTERS, _DIGITS, _CAPITALS, _LONG = 3, 3, 4, 20


def find(seen: Normalised) -> Iterator[Span]:
    """Find keys by their names, and the halves that belong to them."""
    for start, end in _places(seen):
        yield Span(start, end, "api_secret", "medium")


def _places(seen: Normalised) -> Iterator[tuple[int, int]]:
    lower = seen.lower
    if "://" in lower:
        yield from _written(_USERINFO, lower)
    if "curl" in lower:
        yield from _written(_COMMAND, lower)
    if "authoriz" in lower or "cookie" in lower or "x-" in lower:
        yield from _written(_HEADER, lower)
    yield from _named(seen, [found.span() for found in _VALUE.finditer(seen.plain) if _is_random(found[0])])


def _written(pattern: re.Pattern[str], lower: str) -> Iterator[tuple[int, int]]:
    return (found.span("value") for found in pattern.finditer(lower) if not _WRITTEN_FOR_ANY.search(found["value"]))


def _named(seen: Normalised, values: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if not values:
        return
    names = seen.places(_NAMES)
    until = -1  # where the last key ended that somebody may have put its other half behind
    for start, end in values:
        is_half = until >= 0 and start - until <= _REACH and not _is_public(seen, until, start, end)
        if is_half or _is_own(seen.plain[start:end]) or _is_code(seen, start, end) or _is_called(seen, names, start, end):
            yield start, end
            until = end


def _is_own(value: str) -> bool:
    return any(shape.fits(value) for shape in shapes())


def _is_code(seen: Normalised, start: int, end: int) -> bool:
    before = seen.lower[max(0, start - _LONGEST_CODE) : start]
    found = _CODE.search(before)
    if found is None:
        return False
    is_public = _PUBLIC.search(before, max(0, before.rfind(" ", 0, found.start())))
    return not is_public and not _ADDRESS.fullmatch(seen.lower, start, end)


def _is_called(seen: Normalised, names: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    named = last_end(names, max(0, start - _REACH), start)
    return named >= 0 and not _ENDED.search(seen.lower, named, start) and not _is_public(seen, named, start, end)


def _is_public(seen: Normalised, after: int, start: int, end: int) -> bool:
    return last_end(seen.places(TRANSACTION), after, start) >= 0 or _ACCOUNT.fullmatch(seen.plain, start, end) is not None


def _is_random(value: str) -> bool:
    digits, capitals = sum(map(str.isdigit, value)), sum(map(str.isupper, value))
    letters = sum(map(str.isalpha, value))
    if sum(map(len, _WORDS.findall(value))) >= _WORDY * len(value):
        return False  # A name in a program.
    return looks_made(value) and (
        (digits >= _DIGITS and letters >= _LETTERS)
        or (len(value) >= _LONG and capitals >= _CAPITALS and letters - capitals >= _CAPITALS and digits > 0)
    )
