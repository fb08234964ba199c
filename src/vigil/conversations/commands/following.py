"""An agent keeps an eye on what is not theirs."""

from datetime import datetime

from django.db import connection, transaction

from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.events import ConversationFollowed
from vigil.conversations.sight import visible_to
from vigil.kernel.events import publish
from vigil.workspace.sight import Sight

# Nobody who writes there stands in the way, and whoever follows twice at once does so once.
_FOLLOW = """
INSERT INTO conversations_participant AS p (conversation_id, kind, agent_id, delivered_seq, read_seq, follows)
SELECT id, 'agent', %(by)s, 0, 0, %(follows)s FROM conversations_conversation WHERE public_id = %(name)s AND {visible}
ON CONFLICT (conversation_id, kind, agent_id) DO UPDATE SET follows = EXCLUDED.follows
RETURNING conversation_id
"""


def follow(*, conversation: str, sight: Sight, follows: bool, at: datetime) -> None:
    """Let an agent follow a conversation in sight, or stop. May be repeated. Raises ConversationNotFound."""
    rule, values = visible_to(sight)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FOLLOW.format(visible=rule), {**values, "by": sight.agent_id, "follows": follows, "name": conversation})
        found = cursor.fetchone()
        if found is None:
            raise ConversationNotFound
        publish(ConversationFollowed(found[0], sight.agent_id, follows, at))
