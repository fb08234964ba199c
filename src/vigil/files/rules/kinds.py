"""The list of kinds: by it a file is announced, recognised, served. What is not on it does not come in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

MEGABYTE = 1024 * 1024
# As many first bytes as any kind needs to be recognised.
SNIFFED = 64

Family = Literal["picture", "video"]
Why = Literal["archive", "page", "document", "program", "other"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: how it is served and which endings and types announce it; `kept_as` names what it becomes."""

    name: str
    family: Family
    media_type: str
    endings: tuple[str, ...]
    types: tuple[str, ...]
    kept_as: str

    @property
    def most_bytes(self) -> int:
        """Tell how large such a file may be."""
        return MOST[self.family]


MOST: Mapping[Family, int] = {"picture": 20 * MEGABYTE, "video": 50 * MEGABYTE}
KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("jpeg", "picture", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), ("image/jpeg", "image/jpg", "image/pjpeg"), "jpeg"),
        Kind("png", "picture", "image/png", ("png",), ("image/png", "image/x-png"), "png"),
        Kind("webp", "picture", "image/webp", ("webp",), ("image/webp",), "webp"),
        Kind("gif", "picture", "image/gif", ("gif",), ("image/gif",), "gif"),
        Kind("heic", "picture", "image/heic", ("heic", "heif", "hif"), ("image/heic", "image/heif"), "jpeg"),
        Kind("mp4", "video", "video/mp4", ("mp4", "m4v"), ("video/mp4", "video/x-m4v"), "mp4"),
        Kind("mov", "video", "video/quicktime", ("mov", "qt"), ("video/quicktime",), "mov"),
        Kind("webm", "video", "video/webm", ("webm",), ("video/webm",), "webm"),
    )
}
_BY_ENDING = {ending: kind for kind in KINDS.values() for ending in kind.endings}
_BY_TYPE = {media_type: kind for kind in KINDS.values() for media_type in kind.types}
# What browsers say about a file when they know nothing.
_NOTHING_SAID = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_ENDINGS: Mapping[Why, str] = {
    "archive": "zip rar 7z tar gz tgz bz2 xz zst lz cab iso dmg jar apk ipa war ar arj ace",
    "page": "svg svgz html htm xhtml xht mht mhtml shtml xml xsl xslt swf",
    "document": "pdf doc docx docm odt rtf xls xlsx xlsm ods csv tsv ppt pptx odp txt log md json eml msg pages numbers",
    "program": "exe msi bat cmd com scr ps1 vbs js mjs jse wsf hta lnk url reg dll sys sh bash py rb pl php app pkg deb rpm bin command",
}
_WHY_TYPES: tuple[tuple[str, Why], ...] = (
    ("image/svg", "page"),
    ("text/html", "page"),
    ("text/xml", "page"),
    ("application/xml", "page"),
    ("application/xhtml", "page"),
    ("application/pdf", "document"),
    ("application/msword", "document"),
    ("application/vnd", "document"),
    ("text/", "document"),
    ("application/zip", "archive"),
    ("application/x-zip", "archive"),
    ("application/gzip", "archive"),
    ("application/x-7z", "archive"),
    ("application/x-rar", "archive"),
    ("application/x-tar", "archive"),
)


def list_accepted() -> list[str]:
    """List what a file chooser offers; some know a kind by its type only, others by its ending."""
    return [each for kind in KINDS.values() for each in (kind.media_type, f".{kind.endings[0]}")]


def ending_of(name: str) -> str:
    """Tell the ending of a name, in small letters and without its dot; empty where it has none."""
    _, dot, ending = name.rpartition(".")
    return ending.lower() if dot else ""


def announced(name: str, media_type: str) -> Kind | Why:
    """Judge a file by what is said about it: its kind, or why it may not come in.

    The ending decides, since browsers know many files by nothing else; what is said beside it must not contradict the list.
    """
    ending, said = ending_of(name), media_type.split(";", maxsplit=1)[0].strip().lower()
    if ending in _BY_ENDING and (said in _NOTHING_SAID or (said in _BY_TYPE and ";" not in media_type)):
        return _BY_ENDING[ending]
    if said in _BY_TYPE and not ending:
        return _BY_TYPE[said]
    return _why(ending, said)


def _why(ending: str, said: str) -> Why:
    for why, endings in _ENDINGS.items():
        if ending in endings.split():
            return why
    return next((why for start, why in _WHY_TYPES if said.startswith(start)), "other")


def recognise(head: bytes) -> Kind | None:
    """Recognise a file by its first bytes, at least `SNIFFED` of them or all there are; None when it is none of ours."""
    if head.startswith(b"\xff\xd8\xff"):
        return KINDS["jpeg"]
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return KINDS["png"]
    if head.startswith((b"GIF87a", b"GIF89a")):
        return KINDS["gif"]
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return KINDS["webp"]
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return KINDS["webm"]
    return _recognise_boxes(head) if head[4:8] == b"ftyp" else None


def _recognise_boxes(head: bytes) -> Kind | None:
    size = int.from_bytes(head[:4], "big")
    major, others = head[8:12], {head[at : at + 4] for at in range(16, min(size, len(head)) - 3, 4)}
    if major in {b"heic", b"heix", b"heim", b"heis"} or (major in {b"mif1", b"msf1"} and others & {b"heic", b"heix"}):
        return KINDS["heic"]
    if major == b"qt  ":
        return KINDS["mov"]
    return KINDS["mp4"] if major in _MP4 else None


_MP4 = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VH", b"MSNV", b"dash", b"3gp4", b"3gp5"}
)


def is_same_family(announced_as: str, found: Kind) -> bool:
    """Say whether a file is what it was announced as, give or take its kind: telephones call many a JPEG a PNG."""
    return KINDS[announced_as].family == found.family
