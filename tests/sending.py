"""How tests send files into a house that runs: begun as a face would, then over its real doors."""

import json
import time
from typing import Any

import httpx

from tests.houses import House

_BEGIN = """
import json, sys
import django
django.setup()
from vigil.customers import commands as customers
from vigil.files.http.begin import begin
from vigil.files.rules.quotas import KNOWN
from vigil.kernel import clock
guest = customers.arrive(site_key="site_demo", language="en", zone="", at=clock.now())
bodies = json.loads(sys.argv[1])
print(json.dumps([begin(body, owner=f"guest:{guest.session}", quota=KNOWN, at=clock.now()) for body in bodies]))
"""
_TYPE = "application/offset+octet-stream"


def begin(house: House, files: dict[str, int]) -> list[dict[str, Any]]:
    """Begin an upload for each name and size, all of one guest who has just arrived."""
    bodies = [{"name": name, "type": "", "size": size} for name, size in files.items()]
    begun: list[dict[str, Any]] = json.loads(house.runs(_BEGIN, json.dumps(bodies)))
    return begun


def ask(house: House, upload: dict[str, Any], method: str = "GET", **named: Any) -> httpx.Response:
    """Ask the door of an upload, with its grant."""
    headers = {"authorization": f"Bearer {upload['grant']}", **named.pop("headers", {})}
    return httpx.request(method, house.url + upload["address"], headers=headers, **named)


def send(house: House, upload: dict[str, Any], data: Any, offset: int = 0) -> httpx.Response:
    """Send a part."""
    return ask(house, upload, "PATCH", content=data, headers={"upload-offset": str(offset), "content-type": _TYPE})


def until_settled(house: House, upload: dict[str, Any], seconds: float = 20) -> dict[str, Any]:
    """Wait for the verdict."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        told: dict[str, Any] = ask(house, upload).json()
        if told["state"] in {"ready", "refused"}:
            return told
        time.sleep(0.1)
    raise AssertionError(f"no verdict: {told}\n" + (house.var / "worker.log").read_text(errors="replace")[-2000:])
