"""Files as people, telephones and attackers make them."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

from PIL import Image, PngImagePlugin

SAMPLES = Path(__file__).parent / "samples"
# Stands wherever a file can hold words about its maker.
TRACE = b"VIGILSECRET"
PLACE = (b"+27.59", b"27.5916")
SCRIPT = b"<html><script>alert(document.domain)</script></html>"


def jpeg(width: int = 60, height: int = 40, *, orientation: int = 1) -> bytes:
    """A photograph with everything a telephone writes into one; its left third is red."""
    image = Image.new("RGB", (width, height), (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, width // 3, height))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = TRACE.decode(), TRACE.decode(), orientation
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (27.0, 35.0, 29.0), "E", (86.0, 33.0, 50.0)
    out = io.BytesIO()
    profile = b"\0" * 128 + TRACE
    image.save(out, "JPEG", quality=95, exif=exif, comment=TRACE, icc_profile=profile)
    return out.getvalue()


def png(width: int = 60, height: int = 40, mode: str = "RGBA") -> bytes:
    """A screenshot with texts of all kinds."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", TRACE.decode())
    words.add_itxt("XML:com.adobe.xmp", TRACE.decode(), zip=False)
    exif = Image.Exif()
    exif[0x010F] = TRACE.decode()
    out = io.BytesIO()
    Image.new(mode, (width, height), 130 if mode in {"L", "P", "I;16"} else None).save(out, "PNG", pnginfo=words, exif=exif)
    return out.getvalue()


def webp() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = TRACE.decode()
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(out, "WEBP", exif=exif, xmp=TRACE)
    return out.getvalue()


def gif(frames: int = 3) -> bytes:
    out = io.BytesIO()
    pictures = [Image.new("RGB", (20, 20), (number * 40 % 256, 10, 10)) for number in range(frames)]
    pictures[0].save(out, "GIF", save_all=True, append_images=pictures[1:], duration=40, comment=TRACE)
    return out.getvalue()


def endless_gif(frames: int) -> bytes:
    """Frames without end, each of one pixel's worth of bytes."""
    head = b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    one = io.BytesIO()
    Image.new("P", (10, 10)).save(one, "GIF")
    raw = one.getvalue()
    start = raw.index(b",\0\0\0\0")
    frame = b"!\xf9\x04\0\x04\0\0\0" + raw[start:-1]
    return head + frame * frames + b";"


def huge_png(width: int = 50_000, height: int = 50_000) -> bytes:
    """A header that promises 2.5 thousand million pixels, and a few bytes behind it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100_000), 9)) + chunk(b"IEND", b"")


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bomb", bytes(10_000_000))
    return out.getvalue()


def svg() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def polyglots() -> dict[str, bytes]:
    """Pictures that are pages or archives as well."""
    return {
        "gif-js": gif(1).replace(b"GIF89a", b"GIF89a", 1) + b"/*" + SCRIPT + b"*/",
        "jpeg-html": jpeg()[:2] + b"\xff\xfe" + struct.pack(">H", len(SCRIPT) + 2) + SCRIPT + jpeg()[2:] + SCRIPT,
        "png-html": png()[:-12]
        + struct.pack(">I", len(SCRIPT))
        + b"tEXt"
        + SCRIPT
        + struct.pack(">I", zlib.crc32(b"tEXt" + SCRIPT))
        + png()[-12:],
        "png-zip": png() + archive(),
        "webp-html": webp() + SCRIPT,
    }


def box(kind: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + kind + content


def _track(number: int, role: bytes, form: bytes, offsets: list[int], size: int) -> bytes:
    full = bytes(4)
    count = len(offsets)
    entry = box(form, bytes(6) + b"\0\1", bytes(70), box(b"avcC", bytes(8))) if role == b"vide" else box(form, bytes(6) + b"\0\1", TRACE)
    table = box(
        b"stbl",
        box(b"stsd", full, struct.pack(">I", 1), entry),
        box(b"stts", full, struct.pack(">III", 1, count, 100)),
        box(b"stsc", full, struct.pack(">IIII", 1, 1, 1, 1)),
        box(b"stsz", full, struct.pack(">II", 0, count), struct.pack(">I", size) * count),
        box(b"stco", full, struct.pack(">I", count), b"".join(struct.pack(">I", offset) for offset in offsets)),
    )
    header = (
        full
        + struct.pack(">IIIII", 1, 2, number, 0, 100)
        + bytes(16)
        + struct.pack(">9I", *(0, 0x10000, 0, 0xFFFF0000, 0, 0, 0, 0, 1 << 30))
    )
    header += struct.pack(">II", 640 << 16, 480 << 16)
    media = box(
        b"mdia",
        box(b"mdhd", full, struct.pack(">IIII", 1, 2, 1000, 100), bytes(4)),
        box(b"hdlr", full, bytes(4), role, bytes(12), TRACE + b"\0"),
        box(b"minf", box(b"dinf", box(b"dref", full, struct.pack(">I", 1), box(b"url ", b"\0\0\0\1" + TRACE))), table),
    )
    return box(b"trak", box(b"tkhd", header), media, box(b"udta", box(b"\xa9xyz", PLACE[0])))


def film_with_places() -> bytes:
    """An iPhone's film, lying on its side: among the pictures a track of places, and words in every corner there is."""
    start = len(box(b"ftyp", b"qt  ", bytes(4), TRACE[:4], b"qt  ")) + len(box(b"wide")) + 8
    picture, place, slack = b"PICTUREPICTUREPI", PLACE[0] + TRACE[:10], TRACE + b"slack"
    data = (picture + place + slack) * 2
    step = len(picture + place + slack)
    pictures = [start + number * step for number in range(2)]
    places = [at + len(picture) for at in pictures]
    movie = box(
        b"moov",
        box(b"mvhd", bytes(4), struct.pack(">IIII", 1, 2, 1000, 4000), bytes(80)),
        _track(1, b"vide", b"avc1", pictures, len(picture)),
        _track(2, b"meta", b"mebx", places, len(place)),
        box(b"meta", bytes(4), box(b"ilst", TRACE)),
        box(b"uuid", TRACE),
    )
    return box(b"ftyp", b"qt  ", bytes(4), TRACE[:4], b"qt  ") + box(b"wide") + box(b"mdat", data) + movie + TRACE


def element(name: str, *parts: bytes) -> bytes:
    """One element of a WebM file; `name` in hexadecimal."""
    content = b"".join(parts)
    return bytes.fromhex(name) + (len(content) | 1 << 56).to_bytes(8, "big") + content


def _vorbis() -> bytes:
    """What a decoder of Vorbis needs to begin: three packets, the second of them full of words."""
    words = b"\x03vorbis" + struct.pack("<I", len(TRACE)) + TRACE + struct.pack("<I", 1) + struct.pack("<I", len(TRACE)) + TRACE + b"\x01"
    first, last = b"\x01vorbis" + bytes(23), b"\x05vorbis" + b"CODEBOOKS"
    return b"\x02" + bytes([len(first), len(words)]) + first + words + last


def webm_with_words() -> bytes:
    """A film with sound, and a track of subtitles between them; words in every corner there is."""
    video = element("e0", element("b0", b"\x02\x80"), element("ba", b"\x01\xe0"))
    tracks = element(
        "1654ae6b",
        element("ae", element("d7", b"\x01"), element("83", b"\x01"), element("86", b"V_VP9"), element("536e", TRACE), video),
        element("ae", element("d7", b"\x02"), element("83", b"\x02"), element("86", b"A_VORBIS"), element("63a2", _vorbis())),
        element("ae", element("d7", b"\x03"), element("83", b"\x11"), element("86", b"S_TEXT/UTF8"), element("63a2", TRACE)),
    )
    cluster = element(
        "1f43b675",
        element("e7", b"\0"),
        element("a3", b"\x81\0\0\x80PICTURE"),
        element("a3", b"\x82\0\0\x80SOUND"),
        element("a3", b"\x83\0\0\x80" + TRACE),
        element("a0", element("a1", b"\x83\0\0\0" + TRACE), element("9b", b"\x01")),
        element("ec", TRACE),
    )
    about = element("1549a966", element("2ad7b1", b"\x0f\x42\x40"), element("4489", struct.pack(">d", 4000.0)), element("4461", bytes(8)))
    tags, attached = element("1254c367", TRACE), element("1941a469", TRACE)
    return element("1a45dfa3", element("4282", b"webm")) + element("18538067", about, tracks, cluster, tags, attached) + TRACE
