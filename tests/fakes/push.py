"""A push service and its browsers: `python -m tests.fakes.push JOURNAL` serves on a free port, which it prints first.

It takes what RFC 8030 has a server send, writes each request as a line of JSON into the journal, and answers as it was told:
what stands in JOURNAL.answers, a line of JSON {"status", "headers"} each, is used up one by one; then it answers 201.
"""

import base64
import json
import secrets
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.houses import ROOT


def _packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Browser:
    """What a browser keeps of a subscription: it alone reads what was sealed for it."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._point = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self._auth = secrets.token_bytes(16)
        self.key, self.auth = _packed(self._point), _packed(self._auth)

    def read(self, sealed: bytes) -> bytes:
        """Open one record, from its other end than the one that sealed it."""
        salt, (_size, length) = sealed[:16], struct.unpack("!IB", sealed[16:21])
        point, record = sealed[21 : 21 + length], sealed[21 + length :]
        peer = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        shared = self._private.exchange(ec.ECDH(), peer)
        seed = HKDF(SHA256(), 32, salt=self._auth, info=b"WebPush: info\0" + self._point + point).derive(shared)
        key = HKDF(SHA256(), 16, salt=salt, info=b"Content-Encoding: aes128gcm\0").derive(seed)
        nonce = HKDF(SHA256(), 12, salt=salt, info=b"Content-Encoding: nonce\0").derive(seed)
        return AESGCM(key).decrypt(nonce, record, None).rstrip(b"\0").removesuffix(b"\x02")


class Service:
    """The service as a test sees it."""

    def __init__(self, journal: Path, port: int) -> None:
        self._journal, self.port = journal, port

    def endpoint(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/push/{name}"

    def will_answer(self, status: int, **headers: str) -> None:
        """Answer the next request like that; said twice, the one behind it as well."""
        answers = Path(f"{self._journal}.answers")
        with answers.open("a") as file:
            file.write(json.dumps({"status": status, "headers": headers}) + "\n")

    @property
    def heard(self) -> list[dict[str, Any]]:
        """What came in, in order: path, headers and body."""
        lines = self._journal.read_text().splitlines() if self._journal.exists() else []
        return [{**each, "body": base64.b64decode(each["body"])} for each in map(json.loads, lines)]


@contextmanager
def serving(folder: Path) -> Iterator[Service]:
    """Run the service as a program of its own."""
    journal = folder / "push.jsonl"
    with subprocess.Popen([sys.executable, "-m", "tests.fakes.push", str(journal)], cwd=ROOT, stdout=subprocess.PIPE) as program:
        try:
            assert program.stdout is not None
            yield Service(journal, int(program.stdout.readline()))
        finally:
            program.terminate()


class _Handler(BaseHTTPRequestHandler):
    journal: Path

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        said = {"path": self.path, "headers": {name.lower(): value for name, value in self.headers.items()}}
        with self.journal.open("a") as file:
            file.write(json.dumps({**said, "body": base64.b64encode(body).decode()}) + "\n")
        answer = self._next()
        self.send_response(int(answer["status"]))
        for name, value in answer["headers"].items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _next(self) -> Mapping[str, Any]:
        answers = Path(f"{self.journal}.answers")
        first, _, rest = answers.read_text().partition("\n") if answers.exists() else ("", "", "")
        if not first:
            return {"status": 201, "headers": {}}
        answers.write_text(rest)
        found: Mapping[str, Any] = json.loads(first)
        return found

    def log_message(self, *_: object) -> None:
        return


if __name__ == "__main__":
    _Handler.journal = Path(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    print(server.server_address[1], flush=True)  # noqa: T201 (whoever starts the program reads it)
    server.serve_forever()
