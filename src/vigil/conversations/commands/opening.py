"""A conversation begins."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from vigil.conversations.commands.receive import Message, change_of, screen_message
from vigil.conversations.commands.timeline import FOLDED_WITHIN, Written, apply
from vigil.conversations.events import ConversationOpened
from vigil.conversations.models import Conversation, Entry
from vigil.identifiers import read_facts
from vigil.kernel.events import publish
from vigil.languages.rules import guess_language, is_latin
from vigil.safety.findings import Screened
from vigil.team import queries as team
from vigil.topics.queries import guess_topic
from vigil.workspace.profile import profile


@dataclass(frozen=True, slots=True)
class Opening:
    """The first words of a customer; `queue` is a queue's key, found by the language when empty.

    Without a `topic` it is heard in the words; an empty one was chosen to be none. Where `hears_language`, so is the language, and
    `language` is what is likely. `no_facts` are values in the words that are no facts of the case, as she has said. What `folds`
    begins nothing new where the same words began a conversation that still waits for its first answer. `meant` is as in a Message.
    """

    customer_id: int
    channel: str
    language: str
    key: UUID
    text: str
    queue: str = ""
    topic: str | None = None
    files: tuple[str, ...] = ()
    files_of: str = ""
    folds: bool = False
    hears_language: bool = False
    no_facts: tuple[str, ...] = ()
    meant: str | None = None


def open_conversation(opening: Opening, *, at: datetime) -> Written:
    """Begin a conversation with its first message; the same key again returns the one that was begun.

    Raises what screening refuses, KeyReused for other words under the same key, FileNotFound, FileNotReady, QueueMissing.
    """
    # Once, outside any transaction, and refused early: nothing begins with words that cannot be stored.
    screened = screen_message(_first_words(opening, ""))
    opening = _heard(opening, screened)
    no_facts = _no_facts(opening, screened)
    try:
        with transaction.atomic():
            begun = _find(opening) or _find_alike(opening, screened, at) or _begin(opening, at)
            return apply(change_of(_first_words(opening, begun, no_facts), screened, at=at), at=at)
    except IntegrityError:
        # Another request with the same key was a moment faster; its conversation is the answer.
        other = _find(opening)
        if other is None:
            raise
        return apply(change_of(_first_words(opening, other, no_facts), screened, at=at), at=at)


def _heard(opening: Opening, screened: Screened | None) -> Opening:
    """Say what nobody has chosen by what the screened words say."""
    words = screened.text if screened else ""
    language, topic = opening.language, opening.topic
    # One word in Latin letters ("test", "USDT") is not enough to lead a conversation in another language.
    if opening.hears_language and (len(words.split()) > 1 or not is_latin(words)):
        heard = guess_language(words, likely=language)
        language = heard if heard in profile().languages else language
    if topic is None:
        guess = guess_topic(words, language)
        topic = guess.key if guess else ""
    return replace(opening, language=language, topic=topic)


def _no_facts(opening: Opening, screened: Screened | None) -> tuple[tuple[int, int], ...]:
    if not opening.no_facts or screened is None:
        return ()
    return tuple((fact.start, fact.end) for fact in read_facts(screened.text) if fact.value in opening.no_facts)


def _find(opening: Opening) -> str | None:
    found = Conversation.objects.filter(customer_id=opening.customer_id, opening_key=opening.key).only("public_id").first()
    return found.public_id if found else None


def _find_alike(opening: Opening, screened: Screened | None, at: datetime) -> str | None:
    if not opening.folds or opening.files or screened is None or screened.findings:
        return None
    # One tab of a browser at a time: fifty that say the same at once begin one conversation.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"conversations opening {opening.customer_id}"])
    # The second entry of a conversation is its first message.
    alike = Entry.objects.filter(seq=2, kind="message", text=screened.text, created_at__gt=at - FOLDED_WITHIN)
    found = alike.filter(
        conversation__customer_id=opening.customer_id,
        conversation__channel=opening.channel,
        conversation__status="open",
        conversation__waiting_since=F("created_at"),
    )
    return found.order_by("-id").values_list("conversation__public_id", flat=True).first()


def _first_words(opening: Opening, conversation: str, no_facts: tuple[tuple[int, int], ...] = ()) -> Message:
    words = (opening.customer_id, opening.key, opening.text, opening.language)
    return Message(conversation, *words, files=opening.files, files_of=opening.files_of, no_facts=no_facts, meant=opening.meant)


def _begin(opening: Opening, at: datetime) -> str:
    queue = team.get_queue(opening.queue or profile().queue_for(opening.language))
    row = Conversation.objects.create(
        channel=opening.channel,
        customer_id=opening.customer_id,
        team_id=queue.team_id,
        queue_id=queue.id,
        language=opening.language,
        topic=opening.topic or "",
        opening_key=opening.key,
        last_seq=1,
        created_at=at,
        last_activity_at=at,
    )
    Entry.objects.create(conversation=row, seq=1, kind="opened", author_kind="system", data={"channel": opening.channel}, created_at=at)
    publish(ConversationOpened(row.id, at))
    return row.public_id
