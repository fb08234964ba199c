"""Pushes: sealed as the standard's own example is, signed so that a stranger can check it, and only to services we know."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.push import Browser
from vigil.kernel import push

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOSTS = ("fcm.googleapis.com", ".push.services.mozilla.com")
# RFC 8291, section 5 and appendix A.
WORDS = b"When I grow up, I want to be a watermelon"
KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
OWN = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def plain(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_words_are_sealed_as_in_the_standard_s_own_example() -> None:
    assert push.encrypt(WORDS, key=KEY, auth=AUTH, padded_to=0, own=plain(OWN), salt=plain(SALT)) == plain(SEALED)


@given(st.binary(max_size=900))
def test_whatever_is_sealed_for_a_browser_it_can_read_and_its_length_says_nothing(words: bytes) -> None:
    browser = Browser()
    sealed = push.encrypt(words, key=browser.key, auth=browser.auth)
    assert browser.read(sealed) == words
    assert len(sealed) == len(push.encrypt(b"", key=browser.key, auth=browser.auth))


@pytest.mark.parametrize(
    ("key", "auth"),
    [("", ""), (KEY, ""), (KEY[:-4], AUTH), ("not base64!", AUTH), ("A" * 87, AUTH), (KEY, AUTH + "AAAA"), ("é" * 87, AUTH)],
)
def test_what_is_no_key_is_refused(key: str, auth: str) -> None:
    with pytest.raises(push.NotAKey):
        push.encrypt(WORDS, key=key, auth=auth)


def test_the_word_on_who_we_are_is_for_one_service_for_half_a_day_and_can_be_checked_by_anybody() -> None:
    private = push.make_key()
    header = push.authorization("https://fcm.googleapis.com/fcm/send/abc", private, contact="support@vigil.example", at=NOON)
    token, _, shown = header.removeprefix("vapid t=").partition(", k=")
    said, _, signature = token.rpartition(".")
    head, claims = (json.loads(plain(part)) for part in said.split("."))
    assert head == {"typ": "JWT", "alg": "ES256"}
    assert claims == {
        "aud": "https://fcm.googleapis.com",
        "exp": int((NOON + timedelta(hours=12)).timestamp()),
        "sub": "mailto:support@vigil.example",
    }
    assert shown == push.public_key(private)
    half = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), plain(shown))
    pair = plain(signature)
    der = encode_dss_signature(int.from_bytes(pair[:32]), int.from_bytes(pair[32:]))
    half.verify(der, said.encode(), ec.ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        half.verify(der, said.encode() + b"x", ec.ECDSA(SHA256()))


@pytest.mark.parametrize("endpoint", ["https://fcm.googleapis.com/fcm/send/a:b-c", "https://updates.push.services.mozilla.com/wpush/v2/x"])
def test_the_services_of_the_browsers_are_known(endpoint: str) -> None:
    push.judge_endpoint(endpoint, HOSTS)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evil-push.services.mozilla.com.example/x",
        "https://push.services.mozilla.com.evil/x",
        "https://xfcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://localhost/x",
        "https://fcm.googleapis.com\\@127.0.0.1/x",
        "https://fcm.googleapis.com /x",
        "https://fcm.googleapis.com/\r\nX: y",
        "https://fcm.googleapis.com/\u2028",
        "https://ｆcm.googleapis.com/x",
        "file:///etc/passwd",
        "https://fcm.googleapis.com:x/",
        "https://fcm.googleapis.com/" + "x" * 1000,
    ],
)
def test_v47_an_endpoint_anywhere_else_is_refused_before_anything_is_looked_up(endpoint: str) -> None:
    with pytest.raises(push.BadEndpoint):
        push.judge_endpoint(endpoint, HOSTS)
