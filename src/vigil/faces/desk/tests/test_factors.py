"""The second step at the door, and the pages of one's own second factors."""

import base64
import re
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestedCredentialData
from pytest_django import DjangoAssertNumQueries, Settings

from tests import cast
from vigil.faces.desk.tests.conftest import Enter
from vigil.kernel import clock
from vigil.team import commands as team
from vigil.team import queries as people
from vigil.team import rules

FORM = {"email": "noor@vigil.example", "password": cast.PASSWORD, "next": "/desk/mine"}
SECRET = b"twenty bytes of chan"
NOTHING_ELSE = ("/desk/", "/desk/team", "/desk/mine", "/desk/nav", "/desk/live-token", "/desk/rows")


def code_now(step: int = 0) -> str:
    return rules.code_at(SECRET, int(clock.now().timestamp()) // 30 + step)


@pytest.fixture
def codes(desk: cast.Desk) -> tuple[str, ...]:
    """Let Noor have an app, whose next code is the first she can use; give her recovery codes."""
    return team.add_codes(agent_id=desk.noor.agent_id, session_id=0, secret=SECRET, code=code_now(-1), at=clock.now())


def test_a58_the_password_alone_opens_nothing(desk: cast.Desk, codes: tuple[str, ...], client: Client) -> None:
    answer = client.post("/desk/sign-in", FORM)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/prove")
    for page in NOTHING_ELSE:
        assert client.get(page, headers={"accept": "application/json"}).status_code == 401, page
    assert client.post("/desk/prove", {"way": "code", "code": "000000"}).status_code == 403
    assert client.get("/desk/mine").status_code == 302
    answer = client.post("/desk/prove", {"way": "code", "code": code_now()})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/mine")
    assert client.get("/desk/mine").status_code == 200


def test_a58_the_second_step_alone_is_no_door(desk: cast.Desk, codes: tuple[str, ...], client: Client) -> None:
    assert client.get("/desk/prove")["Location"] == "/desk/sign-in"
    assert client.post("/desk/prove", {"way": "code", "code": code_now()})["Location"] == "/desk/sign-in"
    client.post("/desk/sign-in", FORM)
    later = clock.now() + timedelta(minutes=11)
    with clock.set_to(lambda: later):
        assert client.post("/desk/prove", {"way": "recovery", "code": codes[0]}).status_code == 410
    client.post("/desk/sign-in", FORM)
    team.end_sessions(agent_id=desk.noor.agent_id, actor="system", at=clock.now())
    assert client.post("/desk/prove", {"way": "recovery", "code": codes[0]}).status_code == 410


def test_a30_v42_the_session_gets_a_new_id_at_each_step(desk: cast.Desk, codes: tuple[str, ...], client: Client) -> None:
    client.get("/desk/sign-in")
    client.post("/desk/sign-in", FORM)
    half = client.cookies["vigil"].value
    client.post("/desk/prove", {"way": "recovery", "code": codes[0]})
    assert client.cookies["vigil"].value != half
    stranger = Client()
    stranger.cookies["vigil"] = half
    assert stranger.get("/desk/team").status_code == 302


def test_a58_a_session_from_before_the_factor_is_over(desk: cast.Desk, client: Client) -> None:
    client.post("/desk/sign-in", FORM)
    assert client.get("/desk/mine").status_code == 200
    team.add_codes(agent_id=desk.noor.agent_id, session_id=0, secret=SECRET, code=code_now(), at=clock.now())
    assert client.get("/desk/mine").status_code == 302


def test_a58_a_forced_session_without_its_factor_is_nobodys(desk: cast.Desk, codes: tuple[str, ...], enter: Enter) -> None:
    assert enter(desk.noor.agent_id).get("/desk/mine").status_code == 302


def test_a58_whoever_has_no_second_factor_sets_one_up_and_does_nothing_else(desk: cast.Desk, client: Client, settings: Settings) -> None:
    settings.VIGIL_SECOND_FACTOR = True
    client.post("/desk/sign-in", FORM)
    for page in NOTHING_ELSE:
        answer = client.get(page)
        assert (answer.status_code, answer["Location"]) == (302, "/desk/account/factors"), page
        part = client.get(page, headers={"HX-Request": "true"})
        assert (part.status_code, part["HX-Redirect"], part.content) == (403, "/desk/account/factors", b""), page
        told = client.get(page, headers={"accept": "application/json"})
        assert (told.status_code, told.json()["error"]) == (403, "second_factor_missing"), page
    assert "Set up your second factor" in client.get("/desk/account/factors").content.decode()
    secret = begin(client)
    answer = client.post("/desk/account/factors/app", {"code": rules.code_at(secret, int(clock.now().timestamp()) // 30)})
    assert len(set(re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", answer.content.decode()))) == 10
    assert client.get("/desk/team").status_code == 200


def begin(client: Client) -> bytes:
    """Open the page for an app; give the secret it shows."""
    page = client.get("/desk/account/factors/app")
    assert page.status_code == 200
    found = re.search(r'<code class="typed"[^>]*>([a-z2-7 ]+)</code>', page.content.decode())
    assert found
    return base64.b32decode(found[1].replace(" ", "").upper())


def test_the_secret_of_an_app_waits_sealed_and_stays_the_same_until_it_is_taken(desk: cast.Desk, client: Client) -> None:
    client.post("/desk/sign-in", FORM)
    secret = begin(client)
    assert begin(client) == secret
    assert secret.hex() not in str(dict(client.session))
    assert client.post("/desk/account/factors/app", {"code": "000000"}).status_code == 403
    assert begin(client) == secret


def test_a58_who_added_a_factor_stays_and_the_other_browsers_end(desk: cast.Desk, client: Client) -> None:
    other = Client()
    for each in (client, other):
        each.post("/desk/sign-in", FORM)
    secret = begin(client)
    client.post("/desk/account/factors/app", {"code": rules.code_at(secret, int(clock.now().timestamp()) // 30)})
    assert client.get("/desk/mine").status_code == 200
    assert other.get("/desk/mine").status_code == 302
    (left,) = people.list_sessions(desk.noor.agent_id, at=clock.now())
    assert left.id == client.session["browser"]


def test_a58_what_guards_an_account_is_changed_only_after_the_password(desk: cast.Desk, client: Client) -> None:
    client.post("/desk/sign-in", FORM)
    later = clock.now() + timedelta(minutes=16)
    with clock.set_to(lambda: later):
        answer = client.get("/desk/account/factors/app")
        assert answer["Location"] == "/desk/confirm?next=%2Fdesk%2Faccount%2Ffactors%2Fapp"
        assert client.post("/desk/account/factors/app", {"code": "000000"}).status_code == 302
        assert client.post("/desk/confirm", {"password": "not hers", "next": "/desk/"}).status_code == 403
        answer = client.post("/desk/confirm", {"password": cast.PASSWORD, "next": "/desk/account/factors/app"})
        assert answer["Location"] == "/desk/account/factors/app"
        assert client.get("/desk/account/factors/app").status_code == 200
        for _ in range(10):
            client.post("/desk/confirm", {"password": "not hers", "next": "/desk/"})
        assert client.post("/desk/confirm", {"password": cast.PASSWORD, "next": "/desk/"}).status_code == 429


def test_recovery_codes_are_shown_once(desk: cast.Desk, codes: tuple[str, ...], client: Client) -> None:
    client.post("/desk/sign-in", FORM)
    client.post("/desk/prove", {"way": "recovery", "code": codes[0]})
    page = client.get("/desk/account/factors").content.decode()
    assert "9 codes are left" in page
    assert not any(code in page for code in codes)
    fresh = client.post("/desk/account/recovery-codes").content.decode()
    assert len(re.findall(r"<code>", fresh)) == 10
    assert re.findall(r"<code>(.+?)</code>", fresh)[0] not in client.get("/desk/account/factors").content.decode()


@pytest.mark.parametrize("answer", ["", "null", "[]", "{}", '{"id":"AA","rawId":"AA","type":"public-key","response":{}}', "{" * 30_000])
def test_an_answer_that_is_no_passkeys_proves_nothing(desk: cast.Desk, codes: tuple[str, ...], client: Client, answer: str) -> None:
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())  # type: ignore[no-untyped-call]  # the library has no types there
    secret = bytes(AttestedCredentialData.create(Aaguid.NONE, b"x", public))
    team.add_passkey(agent_id=desk.noor.agent_id, session_id=0, credential=b"x", secret=secret, counter=0, name="", at=clock.now())
    client.post("/desk/sign-in", FORM, headers={"host": "localhost"})
    assert b"publicKey" in client.get("/desk/prove", headers={"host": "localhost"}).content
    assert client.post("/desk/prove", {"way": "passkey", "answer": answer}, headers={"host": "localhost"}).status_code == 422
    assert client.get("/desk/team").status_code == 302


def test_who_resets_the_factors_of_somebody_ends_their_pages(desk: cast.Desk, codes: tuple[str, ...], client: Client) -> None:
    client.post("/desk/sign-in", FORM)
    client.post("/desk/prove", {"way": "recovery", "code": codes[0]})
    assert client.get("/desk/mine").status_code == 200
    team.reset_factors(agent_id=desk.noor.agent_id, actor="system", at=clock.now())
    assert client.get("/desk/mine").status_code == 302
    assert client.post("/desk/sign-in", FORM)["Location"] == "/desk/mine"


def test_signing_out_ends_this_browser_and_leaves_the_others(desk: cast.Desk, client: Client) -> None:
    other = Client()
    for each in (client, other):
        each.post("/desk/sign-in", FORM)
    client.post("/desk/sign-out")
    assert client.get("/desk/mine").status_code == 302
    assert other.get("/desk/mine").status_code == 200
    assert len(people.list_sessions(desk.noor.agent_id, at=clock.now())) == 1


def test_a_list_costs_no_question_more_with_a_second_factor(
    desk: cast.Desk, codes: tuple[str, ...], client: Client, enter: Enter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.post("/desk/sign-in", FORM)
    client.post("/desk/prove", {"way": "recovery", "code": codes[0]})
    sol = enter(desk.sol.agent_id)
    with django_assert_max_num_queries(20) as without:
        assert sol.get("/desk/team").status_code == 200
    with django_assert_max_num_queries(len(without)):
        assert client.get("/desk/team").status_code == 200
    assert people.get_agent(desk.noor.agent_id).has_second_factor
