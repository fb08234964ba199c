"""What a name, a subject or a file name loses before it is one clean line."""

import re
import unicodedata

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_TABLE = str.maketrans(
    "", "", "".join(chr(point) for point in (*range(0xFFFF), *range(0xE0000, 0xE0080)) if unicodedata.category(chr(point)) == "Cf")
)


def one_line(text: str) -> str:
    """Take out bidirectional controls and everything invisible, and make each run of breaks and spaces one space."""
    return _BREAKS.sub(" ", text.translate(_TABLE)).strip()
