"""Somebody else's site: pages of another origin that hold our chat."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import uuid4

import jwt

from tests.houses import free_port, patient_profile
from vigil.kernel import clock

SITE = "exchange"
# The page names somebody; a chat that never answers is a failure and no wait without end.
NAME_SOMEBODY = """Promise.race([Vigil.identify(() => word()),
    new Promise((_, fail) => { setTimeout(fail, 15000, new Error("the chat did not say whether somebody was named")); })])"""
SECRET = "a secret that the exchange and we have agreed on"


class Site:
    """One site on localhost, which to a browser is another place than 127.0.0.1; `pages` may be changed at any moment."""

    def __init__(self, port: int) -> None:
        self.url = f"http://localhost:{port}"
        self.pages: dict[str, str] = {}
        self.headers: dict[str, str] = {}

    def holds(
        self, house_url: str, *, body: str = "", attributes: str = "", script: str = "", loader: str = "loader.js", more: str = ""
    ) -> None:
        """Put our line on the front page, and on a second one."""
        line = f'<script src="{house_url}/widget/{loader}" data-site="{SITE}" {attributes} async></script>'
        page = f'<!doctype html><html lang="en"><title>Exchange</title>{more}<body>{body}{line}<script>{script}</script></body></html>'
        self.pages = {"/": page, "/second": page}


@contextmanager
def standing() -> Iterator[Site]:
    """Let a site stand, strict about everything that is neither its own nor, as its page says, ours."""
    site = Site(free_port())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = site.pages.get(self.path.partition("?")[0])
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            for name, value in site.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write((page or "").encode())

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", int(site.url.rpartition(":")[2])), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def settings_for(site: Site, folder: Path, *more_origins: str) -> Mapping[str, str]:
    """Write a profile that has this site on its list; what a house needs to know of it."""
    origins = json.dumps([site.url, *more_origins])
    entry = f'\n[[sites]]\nkey = "{SITE}"\nname = "Exchange"\norigins = {origins}\n'
    return {"VIGIL_PROFILE": str(patient_profile(folder, entry)), "VIGIL_SITE_SECRETS": f"{SITE}={SECRET}"}


def word(uid: str = "70012345", name: str = "Ada Byron") -> str:
    """Write the exchange's word on who somebody is."""
    exp = int((clock.now() + timedelta(minutes=5)).timestamp())
    return jwt.encode({"aud": SITE, "sub": uid, "name": name, "exp": exp, "jti": str(uuid4())}, SECRET, algorithm="HS256")
