"""Passwords, by the label before them, in eleven languages. The bare word "password" hides nothing.

Behind a colon the next word counts, if it looks like a password; behind "is" it must look more like one. A word of letters alone is
one only beside a log-in.
"""

import re
from collections.abc import Iterator

from vigil.identifiers.folding import folded
from vigil.safety.findings import Span
from vigil.safety.normalise import Normalised

NAME, VERSION = "password", 1

_NAMES = folded(
    "password|passwort|passwrd|passwd|passcode|pwd|pasword|密码|密碼|口令|пароль|паролем|пароля|пасс|mật khẩu|mat khau|mk|şifre",
    "sifre|parola|senha|contraseña|contrasena|clave de acceso|kata sandi|katasandi|sandi|パスワード|パスコード|비밀번호|비번",
    "패스워드|암호|pass|pw",
)
_LOGIN = re.compile(
    "login|user|e-?mail|@|account|логин|почта|аккаунт|账号|帳號|账户|用户名|tài khoản|tai khoan|hesap|kullanici|usuario|conta|cuenta|akun"
    "|アカウント|id|아이디|계정"
)
_IS = folded("is|was|was:|it's|are|это|был|是|为|為|là|é|es|eh|era|adalah|yaitu|は|です|는|은|이|가|şudur|şu")
_WHOSE = "|".join(folded("for|for my|of|to|my|account|login|от|для|аккаунта|của tôi|cua toi|da conta|de la cuenta|akun|saya|hesabım"))
_LABEL = re.compile(
    rf"(?<![a-z\u0400-\u04ff])(?:{'|'.join(map(re.escape, sorted(_NAMES, key=len, reverse=True)))})"
    r"(?P<ending>['’]?[a-z\u0400-\u04ff]{0,4})"
    rf"(?P<more>(?:[ ](?:{_WHOSE})){{0,3}})"
    rf"(?:[ ]?(?P<colon>[:=>]{{1,3}}|->)[ ]?\n?|[ ]?(?P<is>{'|'.join(map(re.escape, sorted(_IS, key=len, reverse=True)))})(?:[ ]?:)?[ ]?)"
    r"(?P<quote>[\"'`“”«»「」‘’<\[(]?)"
)
_VALUE = re.compile(r"[!-~]{4,64}")
_ENDS = ".,;:!?)]}>\"'`"
_NOT_ONE = re.compile(
    r"\A(?:https?:|www\.|[$<{%]|\*+\Z|[x•.]+\Z|\d{1,3}\Z|\d{4}[-/.]\d{1,2}|\d{1,2}[-/:.]\d{1,2}|[+@#]|\(?(?:usdt|2fa|otp|sms|kyc|uid|null|none|true|false)\b)"
)
_PATH = re.compile(r"[a-z]+(?:[/_-][a-z]+)+\Z")


def find(seen: Normalised) -> Iterator[Span]:
    """Find what stands behind a label of passwords."""
    lower = seen.lower
    if not any(name in lower for name in _NAMES):
        return
    for label in _LABEL.finditer(lower):
        value = _VALUE.match(seen.plain, label.end())
        if value is None:
            continue
        text = value[0].rstrip(_ENDS) if not label["quote"] else re.split(r"[\"'`>\])]", value[0])[0]
        end = value.start() + len(text)
        if _is_password(seen, text, is_set_off=bool(label["colon"]), before=label.start(), end=end):
            yield Span(value.start(), end, "password", "medium")


def _is_password(seen: Normalised, text: str, *, is_set_off: bool, before: int, end: int) -> bool:
    if len(text) < 4 or _NOT_ONE.match(text.lower()) or _PATH.match(text):
        return False
    digits = sum(map(str.isdigit, text))
    signs = sum(not each.isalnum() and each not in "-'" for each in text)
    is_mixed = text != text.lower() and text != text.upper() and text[1:] != text[1:].lower()
    if is_set_off:
        return bool(digits or signs or is_mixed) or (_stands_alone(seen, end) and _is_beside_login(seen, before))
    return (len(text) >= 6 and bool(digits) and (digits < len(text) or len(text) in range(6, 13))) or bool(signs and is_mixed)


def _stands_alone(seen: Normalised, end: int) -> bool:
    return seen.plain[end : end + 3].strip(" .;,") == "" or seen.plain[end : end + 1] == "\n"


def _is_beside_login(seen: Normalised, before: int) -> bool:
    return _LOGIN.search(seen.lower, max(0, before - 80), before) is not None
