"""/healthz: whether this process can do its work."""

import asyncio
from typing import Any

from vigil.kernel import clock
from vigil.kernel.database.plain import Connection
from vigil.kernel.errors import Refusal
from vigil.kernel.live.frames import as_json
from vigil.kernel.live.http import Receive, Scope, Send, respond
from vigil.kernel.live.tier import Tier

_FRESH = 1.0
# Seconds; with what a page has waited before it asks, whoever wants a page is answered within two.
_PATIENCE = 1.2


def _answers(connection: Connection) -> bool:
    connection.execute("SELECT 1")
    return True


class Health:
    """Asks the database at most once a second, however often it is asked itself."""

    def __init__(self, tier: Tier) -> None:
        self._tier = tier
        self._asked_at = float("-inf")
        self._database = False
        self._asking = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 200, or 503 when the database is gone or the timeline has not been found yet."""
        sound = await self.database_answers() and self._tier.is_ready
        await respond(send, 200 if sound else 503, as_json(self._report(sound)))

    async def database_answers(self) -> bool:
        """Say whether the database answered within 1.2 s, now or during the last second."""
        async with self._asking:
            if clock.monotonic() - self._asked_at >= _FRESH:
                self._database = await self._ask()
                self._asked_at = clock.monotonic()
        return self._database

    async def _ask(self) -> bool:
        try:
            return await asyncio.wait_for(self._tier.readers.run(_answers), _PATIENCE)
        except (Refusal, TimeoutError):
            return False

    def _report(self, sound: bool) -> dict[str, Any]:
        lag = self._tier.tail.lag()
        return {
            "status": "ok" if sound else "unavailable",
            "database": self._database,
            "bell": self._tier.listener.is_up,
            "read_seconds_ago": None if lag is None else round(lag, 1),
            "streams": self._tier.hub.report()["streams"],
        }
