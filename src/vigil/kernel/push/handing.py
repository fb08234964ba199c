"""One push, handed to a service; what comes of it."""

from dataclasses import dataclass
from datetime import datetime

from vigil.kernel import http
from vigil.kernel.jobs import GiveUp, TryLater
from vigil.kernel.push.encrypting import encrypt
from vigil.kernel.push.endpoints import BadEndpoint, judge_endpoint
from vigil.kernel.push.vapid import authorization

# In seconds. Who comes back later than this sees at the desk what there is.
KEPT_FOR = 3600
_LONGEST_PATIENCE = 600
_SETTLED = range(200, 300)
_BUSY = {408, 425, 429}


class Ended(Exception):
    """The browser does not listen there any more."""


class PushFailed(Exception):
    """It did not work this time; the reason is a code, and nothing that a service said."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A browser that asked to be told: where, and the two halves of what to seal for it."""

    endpoint: str
    key: str
    auth: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who we are: the private key, an address of mail for the services, and which of them we know."""

    key: bytes
    contact: str
    hosts: tuple[str, ...]
    may_be_plain: bool = False


def hand_over(words: bytes, reader: Reader, sender: Sender, *, at: datetime) -> None:
    """Hand a service words for one browser. Raises Ended, PushFailed, TryLater, and GiveUp where trying again cannot help."""
    try:
        judge_endpoint(reader.endpoint, sender.hosts, may_be_plain=sender.may_be_plain)
    except BadEndpoint:
        raise GiveUp("endpoint") from None
    headers = {
        "content-type": "application/octet-stream",
        "content-encoding": "aes128gcm",
        "ttl": str(KEPT_FOR),
        "urgency": "high",
        "authorization": authorization(reader.endpoint, sender.key, contact=sender.contact, at=at),
    }
    body = encrypt(words, key=reader.key, auth=reader.auth)
    try:
        answer = http.request("POST", reader.endpoint, headers=headers, body=body, read_body=False)
    except http.OutboundRefused as refused:
        raise GiveUp(refused.reason) from None
    except http.OutboundFailed as failed:
        raise PushFailed(failed.reason) from None
    _judge(answer)


def _judge(answer: http.Answer) -> None:
    if answer.status in _SETTLED:
        return
    if answer.status in {404, 410}:
        raise Ended
    if answer.status not in _BUSY and answer.status < 500:
        raise GiveUp(f"push_{answer.status}")
    asked = answer.headers.get("retry-after", "")
    if asked.isdigit() and 0 < int(asked[:6]) <= _LONGEST_PATIENCE:
        raise TryLater(int(asked))
    raise PushFailed(f"push_{answer.status}")
