"""What attackers do that no library would let them: raw bytes, odd headers, a browser's cookies by hand."""

import asyncio
import contextlib
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests import cast
from tests.faults import wire
from tests.houses import House

_FORM_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


async def shout(port: int, raw: bytes, *, within: float = 5.0, then_close: bool = False) -> bytes:
    """Write bytes as they are and read whatever comes until the server hangs up; raises TimeoutError when it does not."""
    reader, writer = await wire.connect(port)
    try:
        writer.write(raw)
        if then_close:
            writer.write_eof()
        answer = b""
        with contextlib.suppress(ConnectionError):
            async with asyncio.timeout(within):
                while piece := await reader.read(65536):
                    answer += piece
        return answer
    finally:
        writer.close()


def status_of(answer: bytes) -> int:
    """Read the status of a raw answer; 0 when there was none."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


@dataclass
class Browser:
    """An agent's browser: cookies, and the token of the last form."""

    house: House
    cookies: dict[str, str] = field(default_factory=dict)
    form_token: str = ""

    async def get(self, path: str, **headers: str) -> wire.Answer:
        answer = await wire.ask(self.house.port, "GET", path, headers={**self._cookie(), **headers})
        self._keep(answer)
        found = _FORM_TOKEN.search(answer.body)
        if found:
            self.form_token = found.group(1).decode()
        return answer

    async def post(
        self, path: str, values: dict[str, str] | None = None, *, with_token: bool = True, headers: dict[str, str] | None = None
    ) -> wire.Answer:
        own = {"content-type": "application/x-www-form-urlencoded", **self._cookie(), **(headers or {})}
        token = {"csrfmiddlewaretoken": self.form_token} if with_token else {}
        answer = await wire.ask(self.house.port, "POST", path, urlencode({**token, **(values or {})}).encode(), headers=own)
        self._keep(answer)
        return answer

    async def sign_in(self, email: str = "noor@vigil.example") -> None:
        """Come in through the form."""
        await self.get("/desk/sign-in")
        answer = await self.post("/desk/sign-in", {"email": email, "password": cast.PASSWORD, "next": "/desk/"})
        assert answer.status == 302, answer
        assert (await self.get("/desk/mine")).status == 200  # Its forms hold the token that goes with the new session.

    async def live_token(self, watch: str = "") -> str:
        """Fetch what opens the live tier."""
        answer = await self.get(f"/desk/live-token?watch={watch}", accept="application/json")
        assert answer.status == 200, answer
        return str(answer.json()["token"])

    def _cookie(self) -> dict[str, str]:
        return {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}

    def _keep(self, answer: wire.Answer) -> None:
        for name, value in answer.cookies:
            self.cookies[name] = value
