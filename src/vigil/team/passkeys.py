"""Passkeys, as WebAuthn has them: what a browser is asked, and whether its answer holds. The library judges, and keeps nothing."""

import ipaddress
import logging
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac
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
    user = PublicKeyCredentialUserEntity(id=_handle_of(agent_id), name=email, display_name=name)
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


def ask_for_anybody(site: Site) -> Asked:
    """Ask a browser for any passkey that it holds for us, and its device for its owner's finger, face or PIN."""
    options, state = _server(site).authenticate_begin(user_verification=UserVerificationRequirement.REQUIRED)
    return Asked(dict(options), dict(state))


def credential_of(answer: Mapping[str, Any]) -> bytes:
    """Read which passkey an answer says it is from; nothing is proved by that. Raises PasskeyRefused."""
    try:
        return bytes(AuthenticationResponse.from_dict(answer).raw_id)
    except _NONSENSE:
        raise PasskeyRefused from None


def read_entry(site: Site, state: Mapping[str, Any], answer: Mapping[str, Any], *, agent_id: int, known: bytes) -> Answered:
    """Judge the answer to `ask_for_anybody`; it has to name the agent whose passkey it is. Raises PasskeyRefused."""
    held = read_proof(site, state, answer, [known])
    named = AuthenticationResponse.from_dict(answer).response.user_handle
    if named is None or not constant_time_compare(bytes(named), _handle_of(agent_id)):
        raise PasskeyRefused
    return held


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


def _handle_of(agent_id: int) -> bytes:
    return salted_hmac("vigil.passkey", str(agent_id), algorithm="sha256").digest()


def _server(site: Site) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=site.host, name=site.brand), verify_origin=lambda origin: origin == site.origin)
