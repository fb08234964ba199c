"""The door for a passkey alone: one answer, one sentence for whatever is wrong, and nobody's name told."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestedCredentialData, AuthenticatorData, CollectedClientData

from tests import cast
from vigil.audit.queries import list_records
from vigil.kernel import clock
from vigil.team import commands as team
from vigil.team import passkeys

HOST = {"host": "localhost"}
HERE = "http://localhost"
Flag = AuthenticatorData.FLAG
PRESENT, VERIFIED = AuthenticatorData.FLAG.USER_PRESENT, AuthenticatorData.FLAG.USER_VERIFIED


class Key:
    """A passkey of Noor's, on a device that has asked for her finger."""

    def __init__(self, desk: cast.Desk) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        public = ES256.from_cryptography_key(self.private.public_key())  # type: ignore[no-untyped-call]  # the library has no types there
        secret = bytes(AttestedCredentialData.create(Aaguid.NONE, b"noors", public))
        self.owner = passkeys._handle_of(desk.noor.agent_id)
        noor = desk.noor.agent_id
        team.add_passkey(agent_id=noor, session_id=0, credential=b"noors", secret=secret, counter=0, name="", at=clock.now())

    def answers(self, asked: dict[str, Any], *, flags: Flag = PRESENT | VERIFIED, origin: str = HERE, **other: bytes) -> str:
        said = CollectedClientData.create("webauthn.get", asked["publicKey"]["challenge"], origin)
        proof = AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flags, 0)
        signature = self.private.sign(bytes(proof) + said.hash, ec.ECDSA(hashes.SHA256()))
        name = websafe_encode(other.get("name", b"noors"))
        response = {"clientDataJSON": said, "authenticatorData": proof, "signature": other.get("signature", signature)}
        response["userHandle"] = other.get("owner", self.owner)
        told = {what: websafe_encode(bytes(value)) for what, value in response.items() if value}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}, "response": told})


@pytest.fixture
def key(desk: cast.Desk) -> Key:
    return Key(desk)


def ask(client: Client) -> tuple[dict[str, Any], str]:
    told = client.get("/desk/sign-in/question", headers=HOST).json()
    return told["options"], told["state"]


def enter(client: Client, answer: str, state: str) -> Any:
    return client.post("/desk/sign-in/passkey", {"answer": answer, "state": state, "next": "/desk/mine"}, headers=HOST)


def test_a58_a_passkey_that_has_asked_for_its_owner_opens_the_desk_and_counts_for_both_factors(key: Key, client: Client) -> None:
    options, state = ask(client)
    assert options["publicKey"]["userVerification"] == "required"
    assert "allowCredentials" not in options["publicKey"], "a question names nobody's passkeys"
    answer = enter(client, key.answers(options), state)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/mine")
    assert client.get("/desk/mine", headers=HOST).status_code == 200
    assert client.session["factor"]
    (record,) = list_records(action="team.signed_in").rows
    assert record.details == {"factor": "passkey"}


def test_a58_one_answer_opens_the_desk_once_and_no_question_waits_for_long(key: Key, client: Client) -> None:
    options, state = ask(client)
    assert enter(client, key.answers(options), state).status_code == 302
    client.post("/desk/sign-out", headers=HOST)
    assert enter(client, key.answers(options), state).status_code == 422
    options, state = ask(client)
    later = clock.now() + timedelta(minutes=6)
    with clock.set_to(lambda: later):
        assert enter(client, key.answers(options), state).status_code == 422


def test_a58_whatever_is_wrong_is_said_in_one_sentence_and_told_to_the_audit(key: Key, client: Client, desk: cast.Desk) -> None:
    wrong: list[dict[str, Any]] = [
        {"flags": PRESENT},
        {"flags": VERIFIED},
        {"origin": "https://evil.example"},
        {"name": b"nobodys"},
        {"signature": b"forged"},
        {"owner": b"somebody else"},
        {"owner": b""},
    ]
    pages = set()
    for each in wrong:
        options, state = ask(client)
        answer = enter(client, key.answers(options, **each), state)
        assert answer.status_code == 422, each
        pages.add(answer.content.decode().split('id="says"', 1)[1].split("</p>", 1)[0])
    options, _ = ask(client)
    _, other = ask(client)
    for answer, state in ((key.answers(options), other), (key.answers(options), "forged"), ("{" * 30_000, other + "x"), ("[]", "")):
        assert enter(client, answer, state).status_code == 422
    assert len(pages) == 1
    assert client.get("/desk/team", headers=HOST).status_code == 302
    refused = list_records(action="team.sign_in_refused").rows
    assert {(record.actor, record.subject) for record in refused} == {("system", "team")}
    assert len(refused) >= len(wrong)


def test_a58_whoever_was_removed_comes_in_no_more(key: Key, client: Client, desk: cast.Desk) -> None:
    team.switch_off(agent_id=desk.noor.agent_id, actor="system", at=clock.now())
    options, state = ask(client)
    assert enter(client, key.answers(options), state).status_code == 422


def test_a58_one_address_tries_no_more_than_fifty_times(key: Key, client: Client) -> None:
    for number in range(50):
        enter(client, "{}", f"forged {number}")
    options, state = ask(client)
    answer = enter(client, key.answers(options), state)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_a_desk_that_has_no_name_asks_for_no_passkey(desk: cast.Desk, client: Client) -> None:
    assert b"/desk/sign-in/passkey" not in client.get("/desk/sign-in", headers={"host": "127.0.0.1"}).content
    assert client.get("/desk/sign-in/question", headers={"host": "127.0.0.1"}).status_code == 422
    assert b"/desk/sign-in/passkey" in client.get("/desk/sign-in", headers=HOST).content
