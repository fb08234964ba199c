"""The desk's side of the live tier: who may listen to what, and what an agent may send up."""

from collections.abc import Sequence
from typing import Any

from vigil.conversations import commands as conversations
from vigil.conversations.commands import Sighting, Words, Written
from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.live import agent_topic, ahead_of_reader, customer_topic, for_its_agent, team_topic
from vigil.conversations.rights import carry_out_for_the_welcome
from vigil.files.rules.quotas import MOST_FILES
from vigil.kernel import clock
from vigil.kernel.database.plain import Connection
from vigil.kernel.errors import Refusal
from vigil.kernel.live import strict, tokens
from vigil.kernel.live.batch import Batch
from vigil.kernel.live.doors import Sent
from vigil.kernel.live.frames import Frame, make
from vigil.kernel.live.posts import MOST_BODY
from vigil.kernel.live.refusals import BadField
from vigil.kernel.live.tokens import Claims
from vigil.readings import commands as readings
from vigil.team.capabilities import Capability, NotAllowed, may
from vigil.team.queries import AgentRow
from vigil.workspace.sight import Sight

NAME = "desk"
# Whether somebody is here, writes a note, and has come just now and does not know yet who else is here.
_PRESENCE = ("here", "writes", "came")


def token_for(agent: AgentRow, sight: Sight, watched: dict[str, tuple[int, int]], *, browser: int = 0) -> str:
    """Sign what an agent may hear for ten minutes; `watched` are conversations in sight, each with the ids of its customer and its team.

    The token itself proves which customer a conversation belongs to, so that a signal needs no look into the database.
    """
    topics = [agent_topic(agent.id), *(team_topic(team_id) for team_id in sight.team_ids)]
    detail = {
        "agent": agent.id,
        "role": sight.role,
        "teams": list(sight.team_ids),
        "name": agent.name,
        "zone": agent.zone,
        "public_name": agent.public_name,
        "watch": {name: list(ids) for name, ids in watched.items()},
    }
    claims = tokens.claims_for(subject_of(agent, browser), topics, NAME, at=clock.now(), language=agent.ui_language, detail=detail)
    return tokens.mint(claims)


def subject_of(agent: AgentRow, browser: int) -> str:
    """Name an agent's session in one browser; whoever ends it ends the streams of this name."""
    return f"agent:{agent.id}:{agent.session_epoch}:{browser}" if browser else f"agent:{agent.id}:{agent.session_epoch}"


def may_follow(connection: Connection, claims: Claims, conversation: str) -> bool:
    """Say whether an agent's stream may tell what was said in a conversation; it counts as opening it."""
    return readings.follow(connection, conversation=conversation, sight=_sight(claims), at=clock.now())


class DeskDoor:
    """Takes replies, notes, marks, typing and presence from agents, judged by the teams their token was signed for."""

    name = NAME

    def __init__(self) -> None:
        self.sending: Batch[tuple[Words, str], tuple[Written, str]] = Batch(_reply, name="desk-sends")
        self.seeing: Batch[tuple[str, Sighting], bool] = Batch(_see, name="desk-marks")

    def read_send(self, claims: Claims, body: dict[str, Any]) -> tuple[Words, str]:
        """Read a reply or a note."""
        strict.only(body, "conversation", "key", "text", "kind", "files", "seen")
        if not may(str(claims.detail["role"]), Capability.WORK):
            raise NotAllowed
        kind = body.get("kind", "reply")
        if kind not in ("reply", "note"):
            raise BadField(field="kind")
        files = strict.public_ids(body, "files", most=MOST_FILES)
        words = Words(
            strict.public_id(body, "conversation"),
            _sight(claims),
            strict.sending_key(body),
            strict.text(body, "text", least=0 if files else 1, most=MOST_BODY),
            "note" if kind == "note" else "reply",
            by=claims.subject,
            zone=str(claims.detail.get("zone", "")),
            files=files,
            files_of=claims.subject,
            may_undo=True,
            seen=strict.whole(body, "seen") if "seen" in body else None,
        )
        return words, str(claims.detail["name"])

    def render(self, claims: Claims, result: tuple[Written, str]) -> Sent:
        """Tell the agent under which number the words stand, or until when they wait."""
        written, name = result
        if written.waiting is not None:
            departure = {"id": written.waiting.public_id, "at": written.waiting.goes_at.isoformat()}
            return Sent({"conversation": written.conversation, "departure": departure}, is_new=True)
        if written.entry is None:
            raise ConversationNotFound
        said = for_its_agent(written.conversation, written.entry, name)
        body = {"conversation": written.conversation, "seq": said["seq"], "at": said["at"], "entry": said}
        return Sent(body, is_new=not written.is_repeat)

    def news(self, claims: Claims, result: tuple[Written, str]) -> Sequence[Frame]:
        """Write what was stored as the stream shows it, for those who listen here."""
        return ahead_of_reader(result[0], name=result[1], public_name=str(claims.detail["public_name"]))

    def read_seen(self, claims: Claims, body: dict[str, Any]) -> tuple[str, Sighting]:
        """Read how far the agent has come."""
        strict.only(body, "conversation", "delivered", "read")
        conversation = strict.public_id(body, "conversation")
        delivered, read = (strict.whole(body, name, default=0) for name in ("delivered", "read"))
        return claims.subject, Sighting(conversation, _sight(claims), delivered, read)

    def read_signal(self, claims: Claims, body: dict[str, Any]) -> Sequence[Frame]:
        """Tell the customer that somebody writes, and the team who it is; or the team alone who is here, and writes a note.

        Raises ConversationNotFound for what is not watched.
        """
        if "alive" in body:
            # An answer to the beat of the stream: it came, and that is all.
            strict.only(body, "alive")
            strict.flag(body, "alive")
            return []
        strict.only(body, "conversation", "typing", *_PRESENCE)
        conversation = strict.public_id(body, "conversation")
        if conversation not in claims.detail["watch"]:
            raise ConversationNotFound
        customer_id, team_id = claims.detail["watch"][conversation]
        own = {"kind": "agent", "id": claims.detail["agent"], "name": claims.detail["name"]}
        if "typing" not in body:
            said = {"conversation": conversation, "by": own, **{name: strict.flag(body, name) for name in _PRESENCE}}
            return [make(team_topic(team_id), "presence", said, conversation=conversation, matters=False)]
        strict.only(body, "conversation", "typing")
        typing = strict.flag(body, "typing")
        public = {"kind": "agent", "name": claims.detail["public_name"]}
        topics = [(customer_topic(customer_id), public), (team_topic(team_id), own)]
        return [
            make(topic, "typing", {"conversation": conversation, "by": by, "typing": typing}, conversation=conversation, matters=False)
            for topic, by in topics
        ]


def _sight(claims: Claims) -> Sight:
    detail = claims.detail
    return Sight(detail["agent"], detail["role"], tuple(detail["teams"]))


def _see(asked: list[tuple[str, Sighting]]) -> list[bool | Refusal]:
    return carry_out_for_the_welcome(asked, conversations.mark_seen_many)


def _reply(items: list[tuple[Words, str]]) -> list[tuple[Written, str] | Refusal]:
    outcomes = conversations.reply_many([words for words, _ in items], at=clock.now())
    return [outcome if isinstance(outcome, Refusal) else (outcome, name) for outcome, (_, name) in zip(outcomes, items, strict=True)]
