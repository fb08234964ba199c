"""A letter as bytes that every relay can carry: seven bits, CRLF, encoded words."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime, getaddresses

from vigil.kernel.post.errors import NotSendable
from vigil.kernel.post.templates import Rendered

_SEVEN_BITS = policy.SMTP.clone(cte_type="7bit")
_HEADERS = frozenset(
    {
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "auto-submitted",
        "x-auto-response-suppress",
        "content-language",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
    }
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, under which identity."""

    sender: str
    recipient: str
    message_id: str
    language: str


def compose(envelope: Envelope, rendered: Rendered, *, at: datetime) -> bytes:
    """Write the message. Raises NotSendable when a header could be read as more than itself."""
    message = EmailMessage(policy=_SEVEN_BITS)
    message["From"] = _mailbox(rendered.sender_name, envelope.sender)
    message["To"] = _mailbox("", envelope.recipient)
    message["Subject"] = rendered.subject
    message["Date"] = format_datetime(at.astimezone(UTC))
    message["Message-ID"] = envelope.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(rendered.text)
    if rendered.html is not None:
        message.add_alternative(rendered.html, subtype="html")
    message["Content-Language"] = envelope.language
    raw = message.as_bytes()
    _check_head(raw, envelope)
    return raw


def _mailbox(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(display_name=name, username=local, domain=domain)


def _check_head(raw: bytes, envelope: Envelope) -> None:
    # The last look before it leaves, at the bytes themselves: one of each header, none that we did not write, one
    # sender, one recipient.
    head = BytesHeaderParser().parsebytes(raw)
    names = [name.lower() for name in head]
    mailboxes = [[address for _, address in getaddresses([str(head[name])])] for name in ("From", "To")]
    is_ours = len(names) == len(set(names)) and _HEADERS.issuperset(names) and str(head["Message-ID"]).strip() == envelope.message_id
    if not is_ours or mailboxes != [[envelope.sender], [envelope.recipient]]:
        raise NotSendable("head")
