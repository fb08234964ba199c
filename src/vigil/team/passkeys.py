"""Passkeys, as WebAuthn has them: what a browser is asked, and whether its answer holds. The library judges, and keeps nothing."""

import ipaddress
import logging
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import salted_hmac
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from vigil.team.errors import PasskeyRefused

_log = logging.getLogger(__name__)
# What a browser may hand over of ours; real answers have some hundred letters, with an attestation some thousand.
LONGEST_ANSWER = 20_000


@dataclass(frozen=True, slots=True)
class Site:
    """Where the page stands: the host a passkey is bound to, the origin the browser must name, and the brand it shows."""

    host: str
    origin: str
    brand: str

    @property
    def takes_passkeys(self) -> bool:
        """Say whether browsers make passkeys here: for a name, and not for an address of numbers."""
        try:
            ipaddress.ip_address(self.host.strip("[]"))
        except ValueError:
            return bool(self.host)
        return False


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page hands to the browser, and what the server must remember until the answer comes."""

    options: Mapping[str, Any]
    state: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answered:
    """Which passkey it was, its public half, and up to what it has counted."""

    credential: bytes
    secret: bytes
    counter: int


def ask_for_new(site: Site, *, agent_id: int, email: str, name: str, known: Iterable[bytes]) -> Asked:
    """Ask a browser for a new passkey, but for none that is known already; `known` are public halves."""
    handle = salted_hmac("vigil.passkey", str(agent_id), algorithm="sha256").digest()
    user = PublicKeyCredentialUserEntity(id=handle, name=email, display_name=name)
    options, state = _server(site).register_begin(
        user,
        [AttestedCredentialData(each) for each in known],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return Asked(dict(options), dict(state))


def read_new(site: Site, state: Mapping[str, Any], answer: Mapping[str, Any]) -> Answered:
    """Judge the answer to `ask_for_new`. Raises PasskeyRefused."""
    try:
        found = _server(site).register_complete(state, answer)
        made = found.credential_data
        if made is None:
            raise PasskeyRefused
        return Answered(bytes(made.credential_id), bytes(made), found.counter)
    except _NONSENSE as error:
        _log.info("a new passkey was refused: %s", type(error).__name__)
        raise PasskeyRefused from None


def ask_for_proof(site: Site, known: Iterable[bytes]) -> Asked:
    """Ask a browser to prove that it holds one of the known passkeys."""
    options, state = _server(site).authenticate_begin(
        [AttestedCredentialData(each) for each in known], user_verification=UserVerificationRequirement.PREFERRED
    )
    return Asked(dict(options), dict(state))


def read_proof(site: Site, state: Mapping[str, Any], answer: Mapping[str, Any], known: Iterable[bytes]) -> Answered:
    """Judge the answer to `ask_for_proof`. Raises PasskeyRefused."""
    try:
        held = _server(site).authenticate_complete(state, [AttestedCredentialData(each) for each in known], answer)
        counter = AuthenticationResponse.from_dict(answer).response.authenticator_data.counter
        return Answered(bytes(held.credential_id), bytes(held), counter)
    except _NONSENSE as error:
        _log.info("a passkey's proof was refused: %s", type(error).__name__)
        raise PasskeyRefused from None


# What the library says of answers that are wrong, forged, cut off or no answers at all.
_NONSENSE = (ValueError, KeyError, TypeError, AttributeError, IndexError, NotImplementedError, RecursionError, struct.error)


def _server(site: Site) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=site.host, name=site.brand), verify_origin=lambda origin: origin == site.origin)
