"""The server: uvicorn, made in code, with an orderly end."""

import asyncio
import socket
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

import uvicorn

from vigil.kernel.web.connection import Connection


class Server(uvicorn.Server):
    """Ends in order: streams are told first, running requests are finished, and after 3 s whoever is left is cut."""

    def __init__(self, config: uvicorn.Config, drain: Callable[[], None], patience: float) -> None:
        super().__init__(config)
        self._drain = drain
        self._sweep_every = patience / 10
        self._sweeper: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._sweeper = asyncio.create_task(self._sweep())

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._drain()
        # Two turns of the loop, so that the farewells are written before idle connections are closed.
        await asyncio.sleep(0.02)
        await super().shutdown(sockets)
        if self._sweeper is not None:
            self._sweeper.cancel()

    async def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._sweep_every)
            at = loop.time()
            for connection in tuple(self.server_state.connections):
                cast(Connection, connection).sweep(at)


def make_server(
    application: Callable[..., Any],
    *,
    drain: Callable[[], None],
    host: str = "127.0.0.1",
    port: int = 8000,
    patience: float = 30.0,
    trusted_proxies: Sequence[str] = (),
) -> Server:
    """Make a server; `run()` serves until SIGTERM or SIGINT.

    `patience` is how many seconds a client may take to send its headers, to make progress with its body, or to take
    what it is sent. X-Forwarded-For and -Proto are believed only from `trusted_proxies`.
    """
    config = uvicorn.Config(
        cast(Any, application),
        host=host,
        port=port,
        loop="auto",
        http=cast(Any, partial(Connection, patience=patience)),
        ws="none",
        interface="asgi3",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=list(trusted_proxies),
        backlog=4096,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
    )
    return Server(config, drain, patience)
