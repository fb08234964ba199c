"""Two grants, which are signed words: one lets an upload go on, and one is a link that shows a file to one viewer for five minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

from vigil.files.refusals import FileNotFound
from vigil.kernel.ids import is_public_id

GRANT_HOLDS = timedelta(hours=1)
LINK_HOLDS = timedelta(minutes=5)
LINKS = "/files/view/"
_GRANT, _LINK = "vigil.files.grant", "vigil.files.link"
_MOST_LETTERS = 600


@dataclass(frozen=True, slots=True)
class Grant:
    """Whose upload may go on."""

    public_id: str
    owner: str


@dataclass(frozen=True, slots=True)
class View:
    """Which file a link shows, to whom, and whether small."""

    public_id: str
    viewer: str
    is_thumbnail: bool


def write_grant(public_id: str, owner: str, *, at: datetime) -> str:
    """Sign the right to send, watch and give up one upload, for an hour."""
    return _sign({"f": public_id, "s": owner}, _GRANT, at + GRANT_HOLDS)


def read_grant(raw: str, *, at: datetime) -> Grant:
    """Read a grant. Raises FileNotFound for one that is not ours or is over: nobody learns which."""
    body = _read(raw, _GRANT, at)
    return Grant(str(body["f"]), str(body["s"]))


def link_to(public_id: str, viewer: str, *, at: datetime, thumbnail: bool = False) -> str:
    """Write the address that shows a file to `viewer` for five minutes, without a cookie; whoever asks for it has judged the right.

    It also ends with the viewer's session, and never shows a file before its verdict.
    """
    return LINKS + _sign({"f": public_id, "s": viewer, "t": int(thumbnail)}, _LINK, at + LINK_HOLDS)


def read_link(raw: str, *, at: datetime) -> View:
    """Read what follows `LINKS` in an address. Raises FileNotFound."""
    body = _read(raw, _LINK, at)
    return View(str(body["f"]), str(body["s"]), bool(body.get("t")))


def _sign(body: dict[str, object], salt: str, until: datetime) -> str:
    return signing.Signer(salt=salt).sign_object({**body, "x": int(until.timestamp())})


def _read(raw: str, salt: str, at: datetime) -> dict[str, object]:
    if len(raw) > _MOST_LETTERS:
        raise FileNotFound
    try:
        body = signing.Signer(salt=salt).unsign_object(raw)
    except (signing.BadSignature, ValueError) as error:
        raise FileNotFound from error
    if body["x"] <= at.timestamp() or not is_public_id(body["f"]):
        raise FileNotFound
    return dict(body)
