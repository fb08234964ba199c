"""What faces ask: where the marks are in stored words, and what each is called."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vigil.safety.marks import MARK, OPEN

_NAMES = {
    "mnemonic": _("recovery phrase removed"),
    "private_key": _("private key removed"),
    "xpub": _("extended public key removed"),
    "card": _("card number removed"),
    "key_file": _("private key file removed"),
    "totp_secret": _("authenticator set-up link removed"),
    "api_secret": _("access key removed"),
    "password": _("password removed"),
    "one_time_code": _("code removed"),
}


@dataclass(frozen=True, slots=True)
class HiddenSecret:
    """The place of one secret that was taken out."""

    kind: str


def split_hidden(text: str) -> list[str | HiddenSecret]:
    """Cut stored words at their marks, in order, without empty parts; text without marks is one part."""
    if OPEN not in text:
        return [str(text)] if text else []
    parts: list[str | HiddenSecret] = []
    at = 0
    for mark in MARK.finditer(text):
        parts += (text[at : mark.start()], HiddenSecret(mark[1]))
        at = mark.end()
    parts.append(text[at:])
    return [str(part) if isinstance(part, str) else part for part in parts if part]


def kind_name(kind: str) -> str | Promise:
    """Name what stood there, in the language of whoever reads it when it is shown."""
    return _NAMES.get(kind, _("secret removed"))


def plain_words(text: str) -> str:
    """Write stored words for a place that shows no marks (a subject, a push, a log of mail): [recovery phrase removed]."""
    if OPEN not in text:
        return str(text)
    return "".join(part if isinstance(part, str) else f"[{kind_name(part.kind)}]" for part in split_hidden(text))


def words_without_marks(text: str) -> str:
    """Write what is left of stored words, with nothing where something was taken out."""
    return " ".join(part for part in split_hidden(text) if isinstance(part, str)) if OPEN in text else str(text)
