"""The widget's live door: how a guest's posts are understood and answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from vigil.conversations import commands as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.live import ahead_of_reader, for_its_sender, team_topic
from vigil.conversations.rights import carry_out_for_the_welcome
from vigil.faces.widget.budgets import BUDGETS
from vigil.faces.widget.guest import DOOR, guest_of
from vigil.files.rules.quotas import MOST_FILES
from vigil.kernel import clock
from vigil.kernel.errors import Refusal
from vigil.kernel.live import strict
from vigil.kernel.live.batch import Batch
from vigil.kernel.live.doors import Sent
from vigil.kernel.live.frames import Frame, make
from vigil.kernel.live.posts import MOST_BODY
from vigil.kernel.live.refusals import BadField, TooFast
from vigil.kernel.live.tokens import Claims


class WidgetDoor:
    """Reads what a guest posts; the conversation is looked for among the guest's own and nowhere else."""

    name = DOOR

    def __init__(self) -> None:
        self.sending: Batch[conversations.Message, conversations.Written] = Batch(_receive, name="widget-send")
        self.seeing: Batch[tuple[str, conversations.Sighting], bool] = Batch(_see, name="widget-seen")

    def read_send(self, claims: Claims, body: dict[str, Any]) -> conversations.Message:
        """Read {"conversation", "key", "text", "files"?, "meant"?}. Raises UnknownField, BadField, TokenInvalid, TooFast."""
        guest = _asks(claims)
        strict.only(body, "conversation", "key", "text", "files", "meant")
        name, key = strict.public_id(body, "conversation"), strict.sending_key(body)
        text = strict.text(body, "text", least=0, most=MOST_BODY)
        files, sender = files_of(body), claims.subject
        return conversations.Message(name, guest, key, text, claims.language, files, files_of=sender, by=sender, meant=meant_by(body))

    def render(self, claims: Claims, result: conversations.Written) -> Sent:
        """Answer with the entry exactly as the stream shows it."""
        return Sent(sent_body(result), is_new=not result.is_repeat)

    def news(self, claims: Claims, result: conversations.Written) -> Sequence[Frame]:
        """Write what was stored as the stream shows it, for those who listen here."""
        return ahead_of_reader(result)

    def read_seen(self, claims: Claims, body: dict[str, Any]) -> tuple[str, conversations.Sighting]:
        """Read {"conversation", "delivered", "read"}. Raises UnknownField, BadField, TokenInvalid, TooFast."""
        guest = _asks(claims)
        strict.only(body, "conversation", "delivered", "read")
        most = 2**31 - 1
        delivered, read = (strict.whole(body, name, most=most, default=0) for name in ("delivered", "read"))
        return claims.subject, conversations.Sighting(strict.public_id(body, "conversation"), guest, delivered, read)

    def read_signal(self, claims: Claims, body: dict[str, Any]) -> Sequence[Frame]:
        """Read {"conversation", "typing"} into a frame for the team. Raises UnknownField, BadField, ConversationNotFound."""
        _asks(claims)
        strict.only(body, "conversation", "typing")
        name, typing = strict.public_id(body, "conversation"), strict.flag(body, "typing")
        team = guest_of(claims).teams.get(name)
        if team is None:
            BUDGETS.misses.count(claims.subject)
            raise ConversationNotFound
        data = {"conversation": name, "by": {"kind": "customer"}, "typing": typing}
        return [make(team_topic(team), "typing", data, conversation=name, matters=False)]


def files_of(body: dict[str, Any]) -> tuple[str, ...]:
    """Read "files", the names of up to five files, each once; none where the field is absent. Raises BadField."""
    return strict.public_ids(body, "files", most=MOST_FILES)


def meant_by(body: dict[str, Any]) -> str:
    """Read "meant", the answer to whether what is in doubt is "public" or "secret"; empty before anybody asked. Raises BadField."""
    meant = body.get("meant", "")
    if meant not in ("", "public", "secret"):
        raise BadField(field="meant")
    return str(meant)


def sent_body(written: conversations.Written) -> Mapping[str, Any]:
    """Write what a sender is told about a stored message; "folded" says that the same words were waiting already."""
    if written.entry is None:
        raise RuntimeError("a stored message always has an entry")
    said = for_its_sender(written.conversation, written.entry)
    body = {"conversation": written.conversation, "seq": said["seq"], "at": said["at"], "entry": said}
    return {**body, "folded": True} if written.is_folded else body


def _asks(claims: Claims) -> int:
    guest = guest_of(claims)
    BUDGETS.misses.check(_name(guest.customer_id))
    BUDGETS.misses.check(claims.subject)
    return guest.customer_id


def _name(customer_id: int) -> str:
    return f"customer:{customer_id}"


def _see(asked: list[tuple[str, conversations.Sighting]]) -> list[bool | Refusal]:
    return carry_out_for_the_welcome(asked, _mark)


def _receive(items: list[conversations.Message]) -> list[conversations.Written | Refusal]:
    outcomes = conversations.receive_many(items, at=clock.now())
    return [_counted(item.customer_id, outcome) for item, outcome in zip(items, outcomes, strict=True)]


def _mark(items: list[conversations.Sighting]) -> list[bool | Refusal]:
    outcomes = conversations.mark_seen_many(items)
    return [_counted(int(str(item.who)), outcome) for item, outcome in zip(items, outcomes, strict=True)]


def _counted(customer_id: int, outcome: Any) -> Any:
    if isinstance(outcome, ConversationNotFound):
        try:
            BUDGETS.misses.count(_name(customer_id))
        except TooFast as refusal:
            return refusal
    return outcome
