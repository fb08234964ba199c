"""Everything an agent does at the desk, each a small coroutine; what takes a hand comes in the order a hand would do it."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from uuid import uuid4

from bench.client.desk import Desk
from bench.phrases import AGENT, LANGUAGES, say

Deed = Callable[[Desk], Awaitable[None]]
_TOPIC = "deposit-not-credited"
_PERSONAL = re.compile(r"/personal\?key=([^\"&]+)")
_PLACES = ("mine", "team", "followed", "done")


def _at(name: str, part: str = "") -> str:
    return f"/desk/conversations/{name}/{part}".rstrip("/")


async def open_chat(desk: Desk) -> None:
    """Go to another of the four chats."""
    name = desk.chance.choice([each for each in desk.chats if each != desk.open])
    await desk.fetch("open a conversation", _at(name))
    desk.follow(name)


async def list_place(desk: Desk) -> None:
    """Look at a list."""
    await desk.fetch("a list", f"/desk/{desk.chance.choice(_PLACES)}")


async def answer(desk: Desk) -> None:
    """Begin an answer, whose draft is kept, look how it will read, send it, and now and then take it back."""
    name = _open(desk)
    words = _words(desk)
    await desk.tell("by itself", "signal", {"conversation": name, "typing": True}, name)
    await _draft(desk, name, words, "reply")
    if desk.chance.random() < 0.3:
        await desk.submit("preview", _at(name, "preview"), text=words)
    sent = await desk.tell("reply", "send", {"conversation": name, "key": str(uuid4()), "kind": "reply", "text": words})
    await _draft(desk, name, "", "reply")
    if sent.status == 201:
        desk.said[name] = json.loads(sent.body)["seq"]
    if sent.status == 201 and desk.chance.random() < 0.3:
        await desk.submit("withdraw", _at(name, "withdrawal"), seq=str(desk.said.pop(name)))


async def note(desk: Desk) -> None:
    """Write a note that names a colleague."""
    name = _open(desk)
    await desk.fetch("whom a note may name", _at(name, "people"))
    text = f"@Agent {desk.colleague} {_words(desk)}"
    await desk.tell("note", "send", {"conversation": name, "key": str(uuid4()), "kind": "note", "text": text})


async def insert(desk: Desk) -> None:
    """Open what may be inserted."""
    await desk.fetch("macros", _at(_open(desk), "macros"))


async def assign(desk: Desk) -> None:
    """Give a chat back to its queue, and take it again."""
    name = _open(desk)
    await desk.submit("assign", _at(name, "assignment"), agent="", seen=str(desk.id))
    await desk.submit("assign", _at(name, "assignment"), agent=str(desk.id), seen="")


async def hand_over(desk: Desk) -> None:
    """Hand a chat to a colleague with a note, who gives it back."""
    name = _open(desk)
    fields = {"agent": str(desk.colleague), "note": _words(desk), "key": str(uuid4()), "seen": str(desk.id)}
    await desk.submit("hand over", _at(name, "handover"), **fields)
    await desk.submit("assign", _at(name, "assignment"), agent=str(desk.id), seen=str(desk.colleague))


async def wait_for_them(desk: Desk) -> None:
    """Say that it is the customer's turn, and open it again."""
    await desk.submit("status", _at(_open(desk), "status"), status="waiting")
    await desk.submit("status", _at(_open(desk), "status"), status="open")


async def snooze(desk: Desk) -> None:
    """Let a conversation sleep until tomorrow, and wake it."""
    await desk.submit("snooze", _at(desk.spares[0], "snooze"), until="tomorrow")
    await desk.submit("status", _at(desk.spares[0], "status"), status="open")


async def resolve(desk: Desk) -> None:
    """Resolve a conversation with its topic, and open it again."""
    await desk.fetch("ask for the topic", _at(desk.spares[0], "resolving"))
    await desk.submit("resolve", _at(desk.spares[0], "status"), status="resolved", topic=_TOPIC)
    await desk.submit("status", _at(desk.spares[0], "status"), status="open")


async def tag(desk: Desk) -> None:
    """Put a tag on a chat, and take it off."""
    name = _open(desk)
    await desk.fetch("tags to choose", _at(name, "tagging"))
    for on in ("yes", "no"):
        await desk.submit("tag", _at(name, "tags"), tag=f"shift-{desk.number % 5}", on=on)


async def arrange(desk: Desk) -> None:
    """Change how urgent a chat is, and what it is about."""
    name = _open(desk)
    await desk.submit("priority", _at(name, "priority"), priority=str(desk.chance.randrange(2, 5)))
    await desk.submit("topic", _at(name, "topic"), topic=desk.chance.choice((_TOPIC, "deposit-memo")))


async def follow(desk: Desk) -> None:
    """Follow a chat, and stop."""
    for follows in ("yes", "no"):
        await desk.submit("follow", _at(_open(desk), "following"), follows=follows)


async def link(desk: Desk) -> None:
    """Link two conversations, and remove the link."""
    for on in ("yes", "no"):
        await desk.submit("link", _at(_open(desk), "links"), other=desk.spares[1], on=on)


async def merge(desk: Desk) -> None:
    """Merge two conversations of one person after a look at what that does, and undo it."""
    into, other = desk.spares
    await desk.fetch("what a merge would do", _at(into, "merging"))
    await desk.submit("merge", _at(into, "merge"), other=other)
    await desk.submit("undo a merge", _at(into, "parting"), other=other)


async def mark_unclear(desk: Desk) -> None:
    """Mark an answer as not clear to its customer, and take that back."""
    name = _open(desk)
    if name in desk.said:
        for on in ("yes", "no"):
            await desk.submit("mark as unclear", _at(name, "unclear"), seq=str(desk.said[name]), on=on)


async def block(desk: Desk) -> None:
    """Block a customer, and take that back."""
    for reason in ("spam", ""):
        await desk.submit("block", _at(desk.spares[0], "block"), reason=reason)


async def reveal(desk: Desk) -> None:
    """Ask for what is masked of a customer, and say why."""
    head = await desk.fetch("head and facts", _at(desk.spares[0], "head"))
    found = _PERSONAL.search(head.text)
    if found is None:
        desk.board.complain("nothing masked to reveal")
        return
    await desk.fetch("ask to reveal", f"{_at(desk.spares[0], 'personal')}?key={found[1]}")
    await desk.submit("reveal", _at(desk.spares[0], "personal"), key=found[1], reason="identity", words="")


async def search(desk: Desk) -> None:
    """Type into the one box, then search in the place."""
    for words in ("with", "withdr", "withdrawal"):
        await desk.submit("the one box", "/desk/search/box", words=words)
        await asyncio.sleep(0.3)
    await desk.submit("search", "/desk/search", words=desk.chance.choice(("withdrawal", "提现", "status:open from:me", "arrived network")))


async def look(desk: Desk) -> None:
    """Open the menu, read further up, and see who has named one."""
    name = _open(desk)
    await desk.fetch("menu", _at(name, "menu"))
    await desk.fetch("earlier entries", f"{_at(name, 'entries')}?before={max(2, desk.last[name] - 100)}")
    await desk.fetch("mentions", "/desk/mentions")


async def be_busy(desk: Desk) -> None:
    """Say that one is busy, and available again; look at the own profile."""
    for how in ("busy", "available"):
        await desk.submit("availability", "/desk/availability", availability=how, next="/desk/mine")
    await desk.fetch("own profile", "/desk/account")


# How often each comes in a round: most of a shift is reading and answering.
ROUND: tuple[Deed, ...] = (
    *(open_chat,) * 12,
    *(answer,) * 8,
    *(list_place,) * 3,
    *(note, insert, search) * 2,
    *(assign, hand_over, wait_for_them, snooze, resolve, tag, arrange, follow),
    *(link, merge, mark_unclear, block, reveal, look, be_busy),
)


async def _draft(desk: Desk, name: str, text: str, kind: str) -> None:
    standing = json.loads((await desk.fetch("draft", _at(name, "draft"))).body)
    await desk.submit("draft", _at(name, "draft"), text=text, kind=kind, base=standing["version"])


def _open(desk: Desk) -> str:
    return desk.open or desk.chats[0]


def _words(desk: Desk) -> str:
    return f"{say(AGENT, desk.chance.choice(LANGUAGES), desk.chance)} {uuid4().hex[:6]}"
