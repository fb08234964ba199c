"""The kinds of channels on which somebody may pretend to be us, and how one address of each is written."""

import re
import unicodedata
from typing import NamedTuple


class Place(NamedTuple):
    """An account on a platform: which kind of channel, and its name there as it is compared."""

    kind: str
    handle: str


KINDS = (
    *("site", "app", "mail_domain", "mail_address", "phone", "sms_sender"),
    *("telegram", "x", "facebook", "instagram", "discord", "youtube", "tiktok", "reddit", "linkedin", "vk"),
    *("whatsapp", "wechat", "qq", "line", "kakaotalk", "zalo"),
)
# Where accounts of a kind are looked at in a browser. The name is the first part of the path, behind these words if they stand there.
_HOSTS = {
    "t.me": "telegram",
    "telegram.me": "telegram",
    "telegram.dog": "telegram",
    "x.com": "x",
    "twitter.com": "x",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "m.me": "facebook",
    "instagram.com": "instagram",
    "discord.gg": "discord",
    "discord.com": "discord",
    "youtube.com": "youtube",
    "tiktok.com": "tiktok",
    "reddit.com": "reddit",
    "linkedin.com": "linkedin",
    "vk.com": "vk",
    "wa.me": "whatsapp",
    "chat.whatsapp.com": "whatsapp",
    "line.me": "line",
    "lin.ee": "line",
    "open.kakao.com": "kakaotalk",
    "pf.kakao.com": "kakaotalk",
    "zalo.me": "zalo",
}
_PASSED_OVER = {"s", "invite", "joinchat", "c", "channel", "user", "r", "u", "company", "in", "ti", "p", "g", "o", "me", "groups", "pages"}
_HANDLE = re.compile(r"[\w.+#-]{1,80}")
_PATH = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?(?:[/\\]{2,})?[^/\\?#]+[/\\]+([^?#]*)", re.IGNORECASE)
_NUMBERED = {"phone", "whatsapp"}


def normal(kind: str, value: str) -> str:
    """Write an address of a channel as it is compared: without @, in one case, a telephone in digits alone."""
    plain = unicodedata.normalize("NFKC", value).strip()
    if kind in _NUMBERED and re.fullmatch(r"[+\d ().-]+", plain):
        return re.sub(r"\D", "", plain)
    return plain.lstrip("@").casefold()


def place_of(host: str, url: str) -> Place | None:
    """Read whose account a link on a platform leads to; None when the host is no platform, or the link names nobody."""
    kind = next((_HOSTS[each] for each in _above(host) if each in _HOSTS), None)
    path = _PATH.match(url)
    if kind is None or path is None:
        return None
    for part in re.split(r"[/\\]+", path[1]):
        handle = normal(kind, part)
        if handle and handle not in _PASSED_OVER:
            return Place(kind, handle) if _HANDLE.fullmatch(handle) else None
    return None


def _above(host: str) -> list[str]:
    labels = host.split(".")
    return [".".join(labels[at:]) for at in range(len(labels))]
