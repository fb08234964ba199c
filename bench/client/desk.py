"""An agent's desk as its page behaves: one stream that answers the beats, and questions about whatever moved."""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from bench.client.board import Board
from bench.client.browser import Answer, Browser
from bench.client.watching import Watch, watch

# The page's own patience, in seconds: js/list.js, strip.js, head.js, marks.js and presence.js.
_ROWS, _COUNTS, _STRIP, _HEAD, _MARKS, _CLOCKS, _PRESENCE = 0.25, 3.0, 0.25, 0.12, 0.4, 30.0, 15.0
_TURNS = {"assigned", "status", "priority", "topic", "queue", "withdrawn", "tagged", "blocked", "linked", "merged"}
_COUNTED = {"opened", "status", "assigned", "queue", "merged"}
_WORDS = {"message", "reply", "note"}
_FINE = {200, 201, 204, 302}


class Desk:
    """One of fifty: who sits here, which four chats are theirs, and which of them is open."""

    def __init__(self, number: int, one: dict[str, Any], port: int, board: Board) -> None:
        self.number, self.id, self.team, self.colleague = number, one["id"], one["team"], one["colleague"]
        self.chats: list[str] = one["chats"]
        self.spares: list[str] = one["spares"]
        self._listed = {*self.chats, *self.spares}
        self.last: dict[str, int] = dict.fromkeys(self._listed, one["entries"])
        self.open: str | None = None
        self.said: dict[str, int] = {}  # the newest own answer in each chat
        self.chance = random.Random(number)
        self.board, self.port = board, port
        self.browser = Browser(port, one["cookie"])
        self._tokens: dict[str, str] = {}
        self._stream: Watch | None = None
        self._moved: set[str] = set()
        self._soon: set[str] = set()
        self._work: set[asyncio.Task[None]] = set()
        self.is_over = False

    async def begin(self) -> None:
        """Load the desk and open its stream."""
        await self.browser.arrive("/desk/mine")
        self._do(self._listen())
        self._do(self._every(_CLOCKS, self._look_at_clocks))
        self._do(self._every(_PRESENCE, self._be_here))

    async def end(self) -> None:
        """Leave."""
        self.is_over = True
        if self._stream is not None:
            self._stream.cut()
        for task in self._work:
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)
        self.browser.leave()

    # -- What the agent does -------------------------------------------------------------------------------------------

    async def fetch(self, action: str, path: str) -> Answer:
        """Ask for a fragment, and keep how long that took."""
        return self._judged(action, await self.browser.fetch(path))

    async def submit(self, action: str, path: str, **fields: str) -> Answer:
        """Post a form, and keep how long that took."""
        return self._judged(action, await self.browser.submit(path, fields))

    async def tell(self, action: str, path: str, body: dict[str, Any], watched: str = "") -> Answer:
        """Post to the live tier, and keep how long that took; with a fresh token where the old one is over."""
        answer = await self.browser.tell(f"/live/{path}", await self.token(watched), body)
        if answer.status == 401:
            answer = await self.browser.tell(f"/live/{path}", await self.token(watched, fresh=True), body)
        return self._judged(action, answer)

    async def token(self, watched: str = "", *, fresh: bool = False) -> str:
        """Give a key to the live tier, from the pocket or a new one."""
        if fresh or watched not in self._tokens:
            path = "/desk/live-token" + (f"?{urlencode({'watch': watched})}" if watched else "")
            answer = self._judged("key to the live tier", await self.browser.ask("GET", path, {"Accept": "application/json"}))
            self._tokens[watched] = json.loads(answer.body)["token"]
        return self._tokens[watched]

    def follow(self, conversation: str) -> None:
        """Let the stream follow what has just been opened, as the page does: it begins anew behind the last entry shown."""
        self.open = conversation
        if self._stream is not None:
            self._stream.cut()
        self._later("marks", _MARKS, self._mark)
        self._do(self._be_here())

    def _judged(self, action: str, answer: Answer) -> Answer:
        self.board.note(action, answer.took)
        if answer.status not in _FINE:
            self.board.complain(f"{action}: {answer.status} {answer.body[:120]!r}")
        return answer

    # -- What the page does by itself ----------------------------------------------------------------------------------

    async def _listen(self) -> None:
        fresh = False
        while not self.is_over:
            where = {"watch": self.open, "after": self.last[self.open]} if self.open else {}
            token = await self.token(fresh=fresh)
            self._stream = await watch(self.port, self.number, token, f"?{urlencode(where)}" if where else "", self._take)
            fresh = await self._stream.ended == 401
            await asyncio.sleep(0 if fresh else self.chance.uniform(0, 0.02))

    def _take(self, event: str, data: Any, at: float) -> None:
        if event == "hello":
            self._do(self._catch_up())
        elif event == "beat":
            self._do(self._be_alive())
        elif event == "entry":
            self._take_entry(data, at)
        elif event == "draft" and data.get("turned"):
            self._touch(data["conversation"])
        elif event == "bye" and data["reason"] == "expired":
            self._tokens.pop("", None)
        elif event == "mentions":
            self._later("mentions", 0, lambda: self._ask("/desk/mentions?count"))

    def _take_entry(self, entry: dict[str, Any], at: float) -> None:
        name = entry["conversation"]
        self.board.hear(self.number, entry.get("text") or "", at)
        if entry["kind"] in _COUNTED:
            self._later("counts", _COUNTS, lambda: self._ask("/desk/nav?place=mine"))
        is_mine = (entry.get("state") or {}).get("assignee") == self.id
        if is_mine or name in self._listed:
            self._moved.add(name)
            self._later("rows", _ROWS, self._look_at_rows)
        if is_mine or name in self.chats:
            self._later("strip", _STRIP, lambda: self._ask("/desk/strip"))
        before, self.last[name] = self.last.get(name, 0), max(self.last.get(name, 0), entry["seq"])
        if name != self.open:
            return
        if entry["kind"] not in _WORDS:
            self._do(self._ask(f"/desk/conversations/{name}/entries?after={before}"))
        if entry["kind"] in _TURNS or any(each.isdigit() for each in entry.get("text") or ""):
            self._later("head", _HEAD, lambda: self._ask(f"/desk/conversations/{self.open}/head"))
        self._later("marks", _MARKS, self._mark)

    async def _catch_up(self) -> None:
        known = self.board.stored_so_far()
        await self._ask("/desk/rows?place=mine")
        await self._ask("/desk/strip")
        self.board.shown(self.number, known, time.monotonic())
        await self._ask("/desk/nav?place=mine")
        await self._ask("/desk/mentions?count")
        if self.open:
            await self._ask(f"/desk/conversations/{self.open}/marks")

    def _touch(self, name: str) -> None:
        self._moved.add(name)
        self._later("rows", _ROWS, self._look_at_rows)
        self._later("counts", _COUNTS, lambda: self._ask("/desk/nav?place=mine"))

    async def _look_at_rows(self) -> None:
        moved, self._moved = sorted(self._moved), set()
        await self._ask(f"/desk/rows?{urlencode({'place': 'mine', 'ids': ','.join(moved)})}")

    async def _look_at_clocks(self) -> None:
        self._moved |= {*self.chats}
        await self._look_at_rows()

    async def _mark(self) -> None:
        if self.open:
            at = self.last[self.open]
            await self.tell("by itself", "seen", {"conversation": self.open, "delivered": at, "read": at})

    async def _be_alive(self) -> None:
        await self.tell("by itself", "signal", {"alive": True})

    async def _be_here(self) -> None:
        if self.open:
            here = {"conversation": self.open, "here": True, "writes": False, "came": False}
            await self.tell("by itself", "signal", here, self.open)

    async def _ask(self, path: str) -> None:
        await self.fetch("by itself", path)

    async def _every(self, seconds: float, act: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(self.chance.uniform(0, seconds))
        while not self.is_over:
            await act()
            await asyncio.sleep(seconds)

    def _later(self, name: str, seconds: float, act: Callable[[], Awaitable[None]]) -> None:
        # Everything that happens within a moment is asked for once.
        if name in self._soon:
            return
        self._soon.add(name)

        async def one() -> None:
            await asyncio.sleep(seconds)
            self._soon.discard(name)
            await act()

        self._do(one())

    def _do(self, work: Any) -> None:
        if self.is_over:
            work.close()
            return
        task = asyncio.get_running_loop().create_task(work)
        self._work.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._work.discard(task)
        if not task.cancelled() and not self.is_over and (error := task.exception()) is not None:
            self.board.complain(repr(error)[:160])
