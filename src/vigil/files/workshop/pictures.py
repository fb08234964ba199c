"""Pictures: judged by their header, decoded by the one decoder of their kind, painted anew. Only pixels survive."""

import importlib
from collections.abc import Iterator
from typing import IO

from PIL import Image
from PIL.Image import Resampling, Transpose

from vigil.files.workshop.unfit import Unfit, unreadable

MOST_PIXELS = 40_000_000
# Its decoder holds three pictures at once: more would not fit into the memory there is.
MOST_PIXELS_OF_WEBP = 18_000_000
# What is kept as large as it came; more is halved. Enough to read a long screenshot, and to be painted in time.
KEPT_PIXELS = 24_000_000
_QUICKLY_PACKED = 4_000_000
MOST_FRAMES = 300
MOST_FRAME_PIXELS = 40_000_000
THUMBNAIL = 640

_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "heic": "HEIF"}
# What the decoders load only when they meet a file that needs it.
_PARTS = (
    *("PIL.WebPImagePlugin", "PIL.MpoImagePlugin", "PIL.TiffImagePlugin"),
    *("PIL.ImageColor", "PIL.ImageFilter", "PIL.ImagePalette", "copy"),
)
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


def get_ready(kind: str) -> None:
    """Load every piece of code that the kind needs: afterwards no file can be opened any more, not even of code."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    Image.preinit()
    for part in _PARTS:
        importlib.import_module(part)
    if kind == "heic":
        _welcome_heic()


def repaint(kind: str, source: IO[bytes], made: IO[bytes], small: IO[bytes]) -> dict[str, object]:
    """Write the picture anew, and a thumbnail where it is larger than one. Raises Unfit, or whatever the decoder raises."""
    if kind == "webp":
        width, height = _size_of_webp(source.read(30))  # Its decoder takes all the memory when it is only opened.
        _judge(width, height, MOST_PIXELS_OF_WEBP)
        source.seek(0)
    try:
        with Image.open(source, formats=(_FORMATS[kind],)) as image:
            _judge(*image.size)
            if kind == "gif" and getattr(image, "is_animated", False):
                return _repaint_animation(image, made, small)
            return _repaint_still(kind, image, made, small)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unfit("too_many_pixels") from error


def _welcome_heic() -> None:
    import pillow_heif  # Imported here: it costs memory, and only iPhones' pictures need it.

    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.options.THUMBNAILS = False
    pillow_heif.options.DEPTH_IMAGES = False
    pillow_heif.options.AUX_IMAGES = False
    pillow_heif.register_heif_opener()


def _judge(width: int, height: int, most: int = MOST_PIXELS) -> None:
    if width * height > most:
        raise Unfit("too_many_pixels")
    if width < 1 or height < 1:
        unreadable()


def _size_of_webp(head: bytes) -> tuple[int, int]:
    form = head[12:16]
    if form == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if form == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if form != b"VP8 ":
        unreadable()
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def _repaint_still(kind: str, image: Image.Image, made: IO[bytes], small: IO[bytes]) -> dict[str, object]:
    turned = None if kind == "heic" else _UPRIGHT.get(image.getexif().get(_ORIENTATION, 1))  # HEIC comes out upright.
    is_large = image.width * image.height > KEPT_PIXELS
    if kind == "jpeg" and is_large:
        image.draft(None, (image.width // 2, image.height // 2))  # Decoded at half its size in the first place.
    image.load()
    painted = _plain(image)
    if painted.width * painted.height > KEPT_PIXELS:
        painted = painted.reduce(2)
    if turned is not None:
        painted = painted.transpose(turned)
    painted.info = {}  # Comments, profiles and places would be written out again.
    _save("jpeg" if kind == "heic" else kind, painted, made)
    return {"width": painted.width, "height": painted.height, "thumbnail": _save_thumbnail(painted, small)}


def _plain(image: Image.Image) -> Image.Image:
    """Bring any mode to grey, colours, or colours with transparency."""
    if image.mode in {"L", "RGB", "RGBA"} and "transparency" not in image.info:
        return image
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _save(kind: str, image: Image.Image, made: IO[bytes]) -> None:
    if kind == "jpeg":
        (image.convert("RGB") if image.mode == "RGBA" else image).save(made, "JPEG", quality=88)
    elif kind == "png":
        image.save(made, "PNG", compress_level=6 if image.width * image.height < _QUICKLY_PACKED else 1)
    elif kind == "webp":
        image.save(made, "WEBP", quality=85, method=1)
    else:
        image.save(made, "GIF")


def _save_thumbnail(image: Image.Image, small: IO[bytes]) -> bool:
    if max(image.size) <= THUMBNAIL:
        return False
    copy = image.convert("RGBA" if image.has_transparency_data else "RGB") if image.mode == "P" else image
    factor = THUMBNAIL / max(image.size)
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    copy.resize(size, Resampling.BICUBIC, reducing_gap=2.0).save(small, "WEBP", quality=75, method=1)
    return True


def _repaint_animation(image: Image.Image, made: IO[bytes], small: IO[bytes]) -> dict[str, object]:
    frames = getattr(image, "n_frames", 1)  # Counted by jumping over the frames' data.
    if frames > MOST_FRAMES or frames * image.width * image.height > MOST_FRAME_PIXELS:
        raise Unfit("too_many_frames")
    image.seek(0)
    first, *rest = _frames(image, frames)
    lasts = [int(frame.info.get("duration", 0)) for frame in (first, *rest)]
    for frame in (first, *rest):
        frame.info = {}
    first.save(made, "GIF", save_all=True, append_images=rest, duration=lasts, loop=0, disposal=2)
    return {"width": first.width, "height": first.height, "frames": frames, "thumbnail": _save_thumbnail(first, small)}


def _frames(image: Image.Image, count: int) -> Iterator[Image.Image]:
    for number in range(count):
        image.seek(number)
        frame = image.convert("RGBA") if image.has_transparency_data else image.convert("RGB")
        one = frame.quantize(256, method=Image.Quantize.FASTOCTREE)
        one.info["duration"] = image.info.get("duration", 0)
        yield one
