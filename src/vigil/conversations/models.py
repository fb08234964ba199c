from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KeyTransform

from vigil.kernel.ids import new_public_id
from vigil.kernel.text import MaskedTextField


class Status(models.TextChoices):
    OPEN = "open"
    WAITING = "waiting"  # for the customer
    SNOOZED = "snoozed"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Kind(models.TextChoices):
    """What an entry says happened."""

    OPENED = "opened"
    MESSAGE = "message"  # the customer's words
    REPLY = "reply"  # an agent's words to the customer
    NOTE = "note"  # an agent's words to the team
    SECRET_REMOVED = "secret_removed"
    ASSIGNED = "assigned"
    STATUS = "status"
    PRIORITY = "priority"
    QUEUE = "queue"
    TOPIC = "topic"
    KEY_REPLAYED = "key_replayed"  # somebody showed a dead resume token
    RATED = "rated"  # how the customer found it, with a comment or without
    TAGGED = "tagged"  # or not any more
    WITHDRAWN = "withdrawn"  # an agent took a reply back; its words are gone
    BLOCKED = "blocked"  # nothing is taken from its customer any more, or it is again
    LINKED = "linked"  # with another conversation, or not any more
    MERGED = "merged"  # into another of the same customer, with another, or apart again
    UNCLEAR = "unclear"  # the team found a reply not clear to its customer, or does not any more
    CLAIMED = "claimed"  # its guest has logged in and taken it along


class Author(models.TextChoices):
    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"


# What is not done yet is listed, whosever turn it is: nobody who waits may drop out of sight.
_NOT_DONE = Q(status__in=("open", "waiting", "snoozed"))
_DONE = Q(status__in=("resolved", "closed"))
# A chat that may go on now: its customer waits for us, or it is their turn. What sleeps does not go on.
_CHATS = Q(channel="chat", status__in=("open", "waiting"))


class Conversation(models.Model):
    """What lists sort and filter by; the story itself is the timeline of entries.

    `waiting_since` is the moment since which the customer waits for us, empty while it is their turn. `due_at` is the
    moment by which the next answer is promised. `snoozed_until` is when what sleeps wakes by itself; a message wakes it sooner.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    channel = models.CharField(max_length=16)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("team.Team", on_delete=models.PROTECT, related_name="+", db_index=False)
    queue = models.ForeignKey("team.Queue", on_delete=models.PROTECT, related_name="+", db_index=False)
    assignee = models.ForeignKey("team.Agent", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    snoozed_until = models.DateTimeField(null=True)
    priority = models.PositiveSmallIntegerField(default=3)  # 1 urgent, 2 high, 3 normal, 4 low
    language = models.CharField(max_length=12)
    topic = models.CharField(max_length=48, blank=True)
    tags = MaskedTextField(null=True)  # a line each; none at all is null
    preview = MaskedTextField(null=True)  # the beginning of the last words that the customer may see
    last_seq = models.PositiveIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    first_answered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    last_activity_at = models.DateTimeField()
    opening_key = models.UUIDField(null=True)
    # Where it goes on. Its entries stay where they are: the other one's thread shows them among its own.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    merged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_at=None)
                | (Q(merged_into__isnull=False, merged_at__isnull=False, status="closed") & ~Q(merged_into=F("id"))),
                name="merged_is_closed_and_elsewhere",
            ),
            models.UniqueConstraint(fields=("customer", "opening_key"), name="conversation_opens_once_a_key"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="conversation_status_is_known"),
            models.CheckConstraint(condition=Q(priority__range=(1, 4)), name="conversation_priority_is_known"),
            models.CheckConstraint(condition=Q(snoozed_until__isnull=True) | Q(status="snoozed"), name="only_what_is_snoozed_wakes"),
        )
        indexes = (
            # The desk's lists, and their counts from the index alone: what a team, a queue or an agent still has to
            # answer, what is due next first; and what a team has done.
            models.Index("team", F("due_at").asc(nulls_last=True), "id", name="due_by_team", condition=_NOT_DONE),
            models.Index("queue", F("due_at").asc(nulls_last=True), "id", name="due_by_queue", condition=_NOT_DONE, include=("team",)),
            models.Index(
                "assignee", F("due_at").asc(nulls_last=True), "id", name="due_by_assignee", condition=_NOT_DONE, include=("team",)
            ),
            models.Index(fields=("team", "-id"), name="done_by_team", condition=_DONE),
            models.Index(
                "team", F("due_at").asc(nulls_last=True), "id", name="chats_that_wait", condition=_CHATS & Q(waiting_since__isnull=False)
            ),
            models.Index(fields=("team", "-id"), name="chats_in_talk", condition=_CHATS & Q(waiting_since__isnull=True)),
            models.Index(fields=("customer", "-id"), name="conversations_of_customer"),
            models.Index(fields=("team", "-id"), name="tagged_by_team", condition=Q(tags__isnull=False)),
            models.Index(fields=("merged_into",), name="merged_with", condition=Q(merged_into__isnull=False)),
            models.Index(fields=("snoozed_until",), name="to_be_woken", condition=Q(snoozed_until__isnull=False)),
        )


class Link(models.Model):
    """Two conversations that belong together, of whatever customers; `one` is the older of the two."""

    one = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="link_is_one_row"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="link_has_one_direction"),
        )


class Entry(models.Model):
    """One thing that happened to a conversation; numbered without gaps, never moved, never deleted.

    A reply that was withdrawn keeps its number and its moment, and loses its words. One that was not clear keeps a mark beside them.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="entries", db_index=False)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    author_kind = models.CharField(max_length=8, choices=Author.choices)
    agent = models.ForeignKey("team.Agent", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    text = MaskedTextField(null=True)
    language = models.CharField(max_length=12, blank=True)
    data = models.JSONField(default=dict)
    client_key = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("conversation", "seq"), name="entry_number_is_unique"),
            models.UniqueConstraint(
                fields=("conversation", "client_key", "author_kind", "agent"),
                name="entry_is_sent_once",
                nulls_distinct=False,
                condition=Q(client_key__isnull=False),
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="entry_kind_is_known"),
            models.CheckConstraint(
                condition=Q(author_kind="agent", agent__isnull=False) | Q(~Q(author_kind="agent"), agent__isnull=True),
                name="entry_agent_is_named",
            ),
        )
        # Who may see a file is asked with each link to it; entries without files cost this index nothing.
        indexes = (GinIndex(KeyTransform("files", "data"), name="entry_by_file", condition=Q(data__has_key="files")),)


class Participant(models.Model):
    """How far one side has come: the last entry that reached it and the last it has seen.

    `told_seq` is the answer of which a letter told last, on the customer's side alone. An agent `follows` what is not theirs.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    kind = models.CharField(max_length=8, choices=Author.choices)
    agent = models.ForeignKey("team.Agent", on_delete=models.CASCADE, null=True, related_name="+")
    delivered_seq = models.PositiveIntegerField(default=0)
    read_seq = models.PositiveIntegerField(default=0)
    # With a default of the database's own: marks are raised by a statement that knows nothing of letters.
    told_seq = models.PositiveIntegerField(default=0, db_default=0)
    follows = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("conversation", "kind", "agent"), name="participant_is_one_row", nulls_distinct=False),
        )
        # Marks are as many as conversations; few of them are followed.
        indexes = (models.Index(fields=("agent", "conversation"), name="followed_by_agent", condition=Q(follows=True)),)


class Departure(models.Model):
    """An agent's answer that goes by post, while its author may undo it; `data` and `key` are those of the entry it becomes."""

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey("team.Agent", on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.UUIDField()
    text = MaskedTextField(null=True)
    language = models.CharField(max_length=12, blank=True)
    data = models.JSONField(default=dict)
    secrets = models.JSONField(default=list)
    goes_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("conversation", "agent", "key"), name="departure_is_held_once"),)
