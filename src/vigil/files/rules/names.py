"""What is left of a name that somebody gave a file. It is only ever shown: no path is made of it."""

import re
import unicodedata

LONGEST = 80
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FORBIDDEN = re.compile(r'[\\/:*?"<>|%]')
_INNER_ENDING = re.compile(r"\.(?=[A-Za-z][A-Za-z0-9]{0,7}(?:\.|$))")
# Names that Windows keeps for devices.
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)")


def clean_name(name: str) -> str:
    """Clean a declared name: its forms made one, no path, nothing invisible, no sign a browser or a disk reads; perhaps empty.

    First it is normalised, then judged, then used: what becomes a dot or a slash only afterwards is none here.
    """
    seen = "".join(
        char if unicodedata.category(char) not in _UNSEEN else "" for char in unicodedata.normalize("NFKC", name[: 4 * LONGEST * 4])
    )
    last = re.split(r"[\\/]", seen)[-1]
    return " ".join(_FORBIDDEN.sub("_", last).split()).rstrip(". ")


def stem_of(clean: str) -> str:
    """Tell a clean name without its ending, and with no other ending left in it: `invoice.pdf.exe` is nobody's invoice.

    It is as long as it came: shortened before it is screened, half a secret would be left that nobody recognises.
    """
    stem, dot, _ = clean.rpartition(".")
    stem = (stem if dot else clean).strip(". ")
    stem = _INNER_ENDING.sub("_", stem).strip(". ")
    return f"_{stem}" if _DEVICES.fullmatch(stem) else stem


def shown(stem: str, ending: str) -> str:
    """Put a name together for showing."""
    return f"{stem or 'file'}.{ending}"
