"""Every way a conversation may change. Each command has one form; the hot ones a *many* form that the single one calls."""

from vigil.conversations.commands.blocking import block_customer
from vigil.conversations.commands.change import (
    Assign,
    Move,
    SetPriority,
    SetStatus,
    SetTopic,
    Step,
    assign,
    change_many,
    move,
    set_priority,
    set_status,
    set_topic,
)
from vigil.conversations.commands.claiming import claim
from vigil.conversations.commands.departing import TakenBack, let_depart, take_back
from vigil.conversations.commands.ending import LONGEST_COMMENT, Rating, end_conversation, rate_conversation
from vigil.conversations.commands.following import follow
from vigil.conversations.commands.giving_back import give_back_all, give_back_silent
from vigil.conversations.commands.handing import hand_over
from vigil.conversations.commands.linking import link
from vigil.conversations.commands.marking import mark_unclear
from vigil.conversations.commands.merging import merge, undo_merge
from vigil.conversations.commands.opening import Opening, open_conversation
from vigil.conversations.commands.receive import Message, receive_many, receive_message
from vigil.conversations.commands.reply import Words, note, reply, reply_many
from vigil.conversations.commands.seen import Sighting, mark_seen, mark_seen_many
from vigil.conversations.commands.tagging import tag
from vigil.conversations.commands.telling import note_shown, tell_of_answer
from vigil.conversations.commands.timeline import Written
from vigil.conversations.commands.waking import wake_snoozed
from vigil.conversations.commands.withdrawing import withdraw_reply

__all__ = [
    "LONGEST_COMMENT",
    "Assign",
    "Message",
    "Move",
    "Opening",
    "Rating",
    "SetPriority",
    "SetStatus",
    "SetTopic",
    "Sighting",
    "Step",
    "TakenBack",
    "Words",
    "Written",
    "assign",
    "block_customer",
    "change_many",
    "claim",
    "end_conversation",
    "follow",
    "give_back_all",
    "give_back_silent",
    "hand_over",
    "let_depart",
    "link",
    "mark_seen",
    "mark_seen_many",
    "mark_unclear",
    "merge",
    "move",
    "note",
    "note_shown",
    "open_conversation",
    "rate_conversation",
    "receive_many",
    "receive_message",
    "reply",
    "reply_many",
    "set_priority",
    "set_status",
    "set_topic",
    "tag",
    "take_back",
    "tell_of_answer",
    "undo_merge",
    "wake_snoozed",
    "withdraw_reply",
]
