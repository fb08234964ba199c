"""When that happened, do this here."""

from vigil.conversations.events import ReplyWithdrawn
from vigil.customers.events import CustomerRenamed
from vigil.search import commands as search
from vigil.team.events import AgentSwitchedOff


def forget_what_was_withdrawn(event: ReplyWithdrawn) -> None:
    """Let nobody find a conversation by words that were taken back, from this moment on."""
    search.forget_words(event.conversation_id)


def read_their_conversations_anew(event: CustomerRenamed) -> None:
    """Have a customer's conversations found by the name and the address that they have now."""
    search.note_due(event.customer_id)


def forget_their_searches(event: AgentSwitchedOff) -> None:
    """Forget what somebody searched for who does not work here any more."""
    search.forget_all_of(event.agent_id)
