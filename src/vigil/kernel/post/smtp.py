"""One conversation with a relay, step by step, so that we know how far it came when it breaks."""

import contextlib
import functools
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from vigil.kernel.environment import BadSetting

_STEP_SECONDS = 20
_DONE_FROM, _DONE_BELOW, _LATER_FROM, _REFUSED_FROM = 200, 300, 400, 500
_READY, _DATA = 220, 354
_LINE_START_DOT = re.compile(rb"^\.", re.MULTILINE)
_STARTTLS = {"required", "offered", "never"}


class Undelivered(Exception):
    """The relay does not have the letter, and we know it. `code` is ours or the relay's number, never its words."""

    def __init__(self, code: str, *, for_good: bool = False, after_data: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.for_good = for_good
        self.after_data = after_data


class OutcomeUnknown(Exception):
    """The letter went out and no answer came back: the relay may have it or not."""


@dataclass(frozen=True, slots=True)
class Relay:
    """Where our post is handed in. `tls`: implicit (smtps), required, offered (used when offered), never."""

    host: str
    port: int
    user: str
    password: str
    tls: str


def parse_relay(url: str, *, is_production: bool) -> Relay:
    """Read VIGIL_SMTP_URL: smtp://user:password@host:587?starttls=required, or smtps://…:465. Raises BadSetting.

    STARTTLS is required in production and used when offered elsewhere, unless the URL says otherwise.
    """
    parts = urlsplit(url)
    refusal = BadSetting("VIGIL_SMTP_URL takes smtp://user:password@host:port?starttls=required|offered|never or smtps://…")
    try:
        given_port = parts.port
    except ValueError:
        raise refusal from None
    default = "required" if is_production else "offered"
    starttls = parse_qs(parts.query).get("starttls", [default])[0]
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or starttls not in _STARTTLS:
        raise refusal
    tls, usual_port = ("implicit", 465) if parts.scheme == "smtps" else (starttls, 587)
    return Relay(parts.hostname, given_port or usual_port, unquote(parts.username or ""), unquote(parts.password or ""), tls)


def hand_over(
    relay: Relay,
    *,
    sender: str,
    recipient: str,
    message: bytes,
    before_data: Callable[[], None],
    tls: ssl.SSLContext | None = None,
    step_seconds: float = _STEP_SECONDS,
) -> None:
    """Give one message for one recipient to the relay; returns after its 250.

    `before_data` runs right before the message's first byte leaves. Raises Undelivered, or OutcomeUnknown after that.
    """
    with _connected(relay, tls or _certificates(), sender, step_seconds) as smtp:
        _check(smtp.mail(sender))
        _check(smtp.rcpt(recipient))
        _check(smtp.docmd("DATA"), wanted=_DATA)
        before_data()
        _check(_send_body(smtp, message), after_data=True)


@contextmanager
def _connected(relay: Relay, tls: ssl.SSLContext, sender: str, step_seconds: float) -> Iterator[smtplib.SMTP]:
    smtp: smtplib.SMTP | None = None
    try:
        smtp = _open(relay, tls, sender.rpartition("@")[2], step_seconds)
        _secure_and_sign_in(smtp, relay, tls)
        yield smtp
    except ssl.SSLError:
        raise Undelivered("tls") from None
    except smtplib.SMTPAuthenticationError:
        raise Undelivered("auth") from None
    except (OSError, smtplib.SMTPException):
        # SMTPException is an OSError; both are named because only one of them says so.
        raise Undelivered("connection") from None
    else:
        # The letter is handed over; how the relay says good-bye changes nothing.
        with contextlib.suppress(OSError):
            smtp.quit()
    finally:
        if smtp is not None:
            smtp.close()


def _open(relay: Relay, tls: ssl.SSLContext, our_name: str, step_seconds: float) -> smtplib.SMTP:
    if relay.tls == "implicit":
        return smtplib.SMTP_SSL(relay.host, relay.port, local_hostname=our_name, timeout=step_seconds, context=tls)
    return smtplib.SMTP(relay.host, relay.port, local_hostname=our_name, timeout=step_seconds)


def _secure_and_sign_in(smtp: smtplib.SMTP, relay: Relay, tls: ssl.SSLContext) -> None:
    smtp.ehlo_or_helo_if_needed()
    is_secure = relay.tls == "implicit"
    if relay.tls in {"required", "offered"} and smtp.has_extn("starttls"):
        is_secure = smtp.starttls(context=tls)[0] == _READY
        smtp.ehlo_or_helo_if_needed()
    if relay.tls == "required" and not is_secure:
        raise Undelivered("starttls_missing")
    if relay.user:
        if not is_secure and relay.tls != "never":
            raise Undelivered("auth_without_tls")
        smtp.login(relay.user, relay.password)


def _send_body(smtp: smtplib.SMTP, message: bytes) -> tuple[int, bytes]:
    # From the first byte on, silence no longer means that the relay has nothing.
    try:
        smtp.send(_LINE_START_DOT.sub(b"..", message.removesuffix(b"\r\n")) + b"\r\n.\r\n")
        return smtp.getreply()
    except (OSError, smtplib.SMTPException):
        raise OutcomeUnknown from None


def _check(reply: tuple[int, bytes], *, wanted: int | None = None, after_data: bool = False) -> None:
    code = reply[0]
    if code == wanted or (wanted is None and _DONE_FROM <= code < _DONE_BELOW):
        return
    if code < _LATER_FROM:
        raise Undelivered("protocol", after_data=after_data)
    raise Undelivered(f"smtp_{code}", for_good=code >= _REFUSED_FROM, after_data=after_data)


@functools.cache
def _certificates() -> ssl.SSLContext:
    import httpx  # Imported here: most processes never hand a letter over, and it is heavy.

    # Apart from the web's: that one announces HTTP while it shakes hands.
    return httpx.create_ssl_context()
