"""Our own transactional mail: links to a new password, word of an answer, records. One letter, one recipient.

Owns the way from "this person is to be told" to the relay's 250. A letter is stored with the caller's transaction and
holds a template's name and plain ids; words and secret links are made at delivery and are never stored by us. Without a
relay (VIGIL_SMTP_URL) a demo writes letters, links and all, to the folder `spool` under VIGIL_VAR; production never does.

It refuses to write on anybody's behalf: mail of a conversation is a channel's business.
"""

from vigil.kernel.post.commands import SentOutsideTransaction, clear, forget, send, try_again
from vigil.kernel.post.delivery import deliver
from vigil.kernel.post.errors import BadAddress, NotPlainArgs, NotSendable
from vigil.kernel.post.links import link
from vigil.kernel.post.queries import LetterRow, count_letters, get_letter, list_letters
from vigil.kernel.post.templates import NotWanted, Rendered, UnknownTemplate, register

__all__ = [
    "BadAddress",
    "LetterRow",
    "NotPlainArgs",
    "NotSendable",
    "NotWanted",
    "Rendered",
    "SentOutsideTransaction",
    "UnknownTemplate",
    "clear",
    "count_letters",
    "deliver",
    "forget",
    "get_letter",
    "link",
    "list_letters",
    "register",
    "send",
    "try_again",
]
