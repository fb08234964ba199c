"""Customers who write so many messages whenever they are told to."""

import asyncio
import json
import sys
from secrets import token_hex
from typing import Any
from uuid import uuid4

from bench.client.browser import Browser
from bench.client.people import guest_token

_RUN = token_hex(3)


async def chatter(plan: dict[str, Any]) -> dict[str, Any]:
    """Send as many as each step says, the guests taking turns; after each step tell how many were sent in all and wait for a line."""
    loop = asyncio.get_running_loop()
    browser = Browser(plan["port"], "none=0")
    tokens = [guest_token(one) for one in plan["guests"]]
    sent = 0
    for step in plan["steps"]:
        for _ in range(step):
            one = plan["guests"][sent % len(tokens)]
            body = {"conversation": one["conversation"], "key": str(uuid4()), "text": f"Is there any news of my deposit? {_RUN} {sent}"}
            answer = await browser.tell("/live/send", tokens[sent % len(tokens)], body)
            if answer.status != 201:
                raise RuntimeError(f"a message was answered with {answer.status}: {answer.text}")
            sent += 1
            await asyncio.sleep(1 / plan["rate"])
        print(json.dumps({"sent": sent}), flush=True)
        await loop.run_in_executor(None, sys.stdin.readline)
    browser.leave()
    return {"sent": sent}
