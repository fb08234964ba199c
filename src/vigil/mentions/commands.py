"""Every way mentions change."""

from django.db import connection

from vigil.kernel.database.plain import ask
from vigil.kernel.events import publish
from vigil.mentions.events import AgentMentioned, MentionsRead
from vigil.mentions.models import Mention
from vigil.mentions.rules import named_in
from vigil.team import queries as team

_NOTE = """
SELECT c.public_id, c.team_id, e.text FROM conversations_entry e JOIN conversations_conversation c ON c.id = e.conversation_id
 WHERE e.conversation_id = %(conversation)s AND e.seq = %(seq)s
"""
_READ = """
UPDATE mentions_mention SET is_read = TRUE WHERE agent_id = %s AND conversation_id = %s AND seq <= %s AND NOT is_read RETURNING id
"""


def note_mentions(*, conversation_id: int, seq: int, by_id: int) -> None:
    """Note whom a note names, among those who see its conversation, but for its author. May be repeated."""
    ((public_id, team_id, text),) = ask(_NOTE, {"conversation": conversation_id, "seq": seq})
    names = team.names_in_sight_of(team_id)
    named = [agent for agent in named_in(text, names) if agent != by_id]
    fresh = [Mention(conversation_id=conversation_id, seq=seq, agent_id=agent) for agent in named]
    Mention.objects.bulk_create(fresh, ignore_conflicts=True)
    for agent in named:
        publish(AgentMentioned(public_id, agent, by_id))


def read_mentions(*, conversation_id: int, agent_id: int, seq: int) -> None:
    """Note that an agent has read a conversation up to an entry. May be repeated."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [agent_id, conversation_id, seq])
        if cursor.fetchall():
            publish(MentionsRead(agent_id))
