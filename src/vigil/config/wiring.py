"""The one table of who listens: per event, reactions in the same transaction (now, together) and jobs after it (later)."""

from vigil.conversations import events as conversations
from vigil.conversations import jobs as timeline_jobs
from vigil.conversations import reactions as timeline
from vigil.customers import events as customers
from vigil.drafts import events as drafts
from vigil.drafts import reactions as their_drafts
from vigil.files import events as files
from vigil.files import jobs as files_jobs
from vigil.kernel.events import Event, Listeners, wire
from vigil.mentions import events as mentions
from vigil.mentions import reactions as their_mentions
from vigil.nudges import reactions as their_nudges
from vigil.search import reactions as the_index
from vigil.team import events as team
from vigil.team import jobs as team_jobs

TABLE: dict[type[Event], Listeners] = {
    conversations.TimelinesGrew: Listeners(now=[timeline.wake_the_readers]),
    conversations.Seen: Listeners(now=[timeline.tell_the_other_side, their_mentions.read_the_mentions]),
    conversations.ConversationOpened: Listeners(),
    conversations.MessageReceived: Listeners(),
    conversations.ReplySent: Listeners(together=[timeline.tell_of_the_answers_later, their_drafts.forget_the_drafts]),
    conversations.ReplyHeld: Listeners(now=[timeline.let_it_depart_then, their_drafts.forget_what_waits]),
    conversations.ReplyTurnedBack: Listeners(now=[their_drafts.give_the_words_back]),
    conversations.NoteKept: Listeners(now=[their_mentions.note_the_mentions], together=[their_drafts.forget_the_drafts]),
    conversations.ConversationTagged: Listeners(),
    conversations.ConversationFollowed: Listeners(),
    conversations.ConversationsLinked: Listeners(),
    conversations.ConversationsMerged: Listeners(),
    conversations.CustomerBlocked: Listeners(),
    conversations.ReplyMarked: Listeners(),
    conversations.ReplyWithdrawn: Listeners(now=[the_index.forget_what_was_withdrawn]),
    conversations.ConversationAssigned: Listeners(now=[their_nudges.nudge_the_assigned]),
    conversations.StatusChanged: Listeners(),
    conversations.ConversationRated: Listeners(),
    mentions.AgentMentioned: Listeners(now=[their_mentions.tell_the_mentioned, their_nudges.nudge_the_mentioned]),
    mentions.MentionsRead: Listeners(now=[their_mentions.tell_their_other_desks]),
    drafts.DraftChanged: Listeners(now=[their_drafts.tell_their_desks]),
    team.AgentSwitchedOff: Listeners(
        now=[their_drafts.forget_their_drafts, the_index.forget_their_searches], later=[timeline_jobs.give_back]
    ),
    team.DeskFellSilent: Listeners(later=[timeline_jobs.give_back_silent]),
    team.PasswordResetAsked: Listeners(later=[team_jobs.send_reset_letter]),
    files.FileReceived: Listeners(later=[files_jobs.check_file]),
    files.FileReady: Listeners(),
    files.FileRefused: Listeners(),
    customers.CustomerRenamed: Listeners(now=[the_index.read_their_conversations_anew]),
    customers.ResumeTokenReplayed: Listeners(now=[timeline.warn_the_owner]),
}


def connect() -> None:
    """Hand the table to the ground; called once at start-up."""
    wire(TABLE)
