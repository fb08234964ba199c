"""Videos: nothing is decoded. What plays stays where it is; everything else in the file is blanked."""

from vigil.files.workshop import quicktime, webm
from vigil.files.workshop.film import Film
from vigil.files.workshop.unfit import Unfit

MOST_MILLISECONDS = 30 * 60 * 1000


def clean(kind: str, source: int, target: int) -> dict[str, object]:
    """Copy the video and take out who made it, where, when and with what. Raises Unfit."""
    film = Film(source, target)
    seen = webm.clean(film) if kind == "webm" else quicktime.clean(film)
    if seen.milliseconds is not None and seen.milliseconds > MOST_MILLISECONDS:
        raise Unfit("too_long")
    return {"width": seen.width, "height": seen.height, "milliseconds": seen.milliseconds, "thumbnail": False}
