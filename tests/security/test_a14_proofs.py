"""In a flood everybody pays with a little work, and a proof buys one deed."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from typing import cast as cast_to

import altcha
import pytest
from django.http import HttpResponse

from tests import cast
from tests.security.test_widget_doors import SITE, Browser, arrived, error
from vigil.customers.models import Customer
from vigil.faces.widget import budgets, proof
from vigil.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rush(monkeypatch: pytest.MonkeyPatch) -> budgets.Budgets:
    """A house where one guest a minute is a crowd already, and whose puzzles are easy."""
    monkeypatch.setattr(budgets, "_OF_ADDRESS", 1)
    monkeypatch.setattr(budgets, "_OF_SITE", 1)
    monkeypatch.setattr(proof, "_ROUNDS", 1)
    fresh = budgets.Budgets(lambda: 1.0)
    for module in ("live", "views.session", "views.conversations"):
        monkeypatch.setattr(f"vigil.faces.widget.{module}.BUDGETS", fresh)
    cast.open_the_desk()
    return fresh


def knock(shown: str | None = None) -> HttpResponse:
    more = {} if shown is None else {"HTTP_X_VIGIL_PROOF": shown}
    return Browser().post("session", {"site": SITE, "language": "en", "zone": ""}, **more)


def challenge(answer: HttpResponse) -> dict[str, Any]:
    assert error(answer) == (429, "challenge_required")
    return cast_to("dict[str, Any]", json.loads(answer.content)["challenge"])


def solve(asked: dict[str, Any]) -> str:
    one = altcha.Challenge.from_dict(asked)
    solution = altcha.solve_challenge(one)
    assert solution is not None
    return altcha.Payload(one, solution).to_base64()


def rewritten(shown: str, change: Callable[[dict[str, Any]], object]) -> str:
    payload = json.loads(base64.b64decode(shown))
    change(payload)
    return base64.b64encode(json.dumps(payload).encode()).decode()


def test_a14_nobody_is_asked_before_there_is_a_crowd() -> None:
    assert knock().status_code == 200


def test_a14_in_a_flood_a_proof_lets_one_in() -> None:
    knock()
    answer = knock()
    assert answer.headers["Retry-After"] == "1"
    assert knock(solve(challenge(answer))).status_code == 200
    assert Customer.objects.count() == 2


def test_a14_a_proof_works_once() -> None:
    knock()
    shown = solve(challenge(knock()))
    assert [knock(shown).status_code for _ in range(3)] == [200, 400, 400]


def test_a14_a_proof_for_one_deed_buys_no_other() -> None:
    ada = arrived()
    mallory = Browser()
    shown = solve(challenge(knock()))
    mallory.token = ada.token
    mallory.arrive()
    ada.begin()
    bearer = f"Bearer {mallory.live}"
    body = {"key": "4d1f6b7e-53a8-4a5c-9a53-6f0d5c1f2a10", "text": "Hello"}
    assert error(mallory.post("conversations", body, bearer, HTTP_X_VIGIL_PROOF=shown)) == (400, "challenge_invalid")
    asked = challenge(mallory.post("conversations", body, bearer))
    assert error(knock(solve(asked))) == (400, "challenge_invalid")
    assert mallory.post("conversations", body, bearer, HTTP_X_VIGIL_PROOF=solve(asked)).status_code == 201


def test_a14_a_proof_is_of_one_guest() -> None:
    now = clock.now()
    asked = proof.make(deed="begin", site=SITE, guest="a", at=now)
    with pytest.raises(proof.ChallengeInvalid):
        proof.check(solve(asked), deed="begin", site=SITE, guest="b", at=now)
    with pytest.raises(proof.ChallengeInvalid):
        proof.check(solve(asked), deed="begin", site="another", guest="a", at=now)


def test_a14_a_proof_made_an_hour_ago_is_worth_nothing() -> None:
    then = clock.now() - timedelta(hours=1)
    shown = solve(proof.make(deed="arrive", site=SITE, guest="", at=then))
    assert error(knock(shown)) == (400, "challenge_invalid")
    soon = solve(proof.make(deed="arrive", site=SITE, guest="", at=clock.now()))
    with pytest.raises(proof.ChallengeInvalid):
        proof.check(soon, deed="arrive", site=SITE, guest="", at=clock.now() + proof.LONGEST)


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "expiry": lambda it: it["challenge"]["parameters"].update(expiresAt=it["challenge"]["parameters"]["expiresAt"] + 3600),
    "no expiry": lambda it: it["challenge"]["parameters"].pop("expiresAt"),
    "salt": lambda it: it["challenge"]["parameters"].update(salt="00" * 16),
    "nonce": lambda it: it["challenge"]["parameters"].update(nonce="00" * 16),
    "deed": lambda it: it["challenge"]["parameters"]["data"].update(deed="begin"),
    "no deed": lambda it: it["challenge"]["parameters"].pop("data"),
    "cost": lambda it: it["challenge"]["parameters"].update(cost=2),
    "prefix": lambda it: it["challenge"]["parameters"].update(keyPrefix=""),
    "algorithm": lambda it: it["challenge"]["parameters"].update(algorithm="SHA-256"),
    "signature": lambda it: it["challenge"].update(signature="0" * 64),
    "no signature": lambda it: it["challenge"].pop("signature"),
    "solution": lambda it: it["solution"].update(counter=it["solution"]["counter"] + 1),
    "key": lambda it: it["solution"].update(derivedKey="00" * 32),
    "no solution": lambda it: it.pop("solution"),
    "nothing": lambda it: it.clear(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a14_nothing_of_a_challenge_can_be_altered(change: Callable[[dict[str, Any]], object]) -> None:
    knock()
    assert error(knock(rewritten(solve(challenge(knock())), change))) == (400, "challenge_invalid")
    assert Customer.objects.count() == 1


@pytest.mark.parametrize("shown", ["", "x", "e30=", "bnVsbA==", "W10=", "\xff", "A" * 5000])
def test_a14_what_is_no_proof_is_refused(shown: str) -> None:
    assert error(knock(shown)) == (400, "challenge_invalid")


def test_a14_even_proofs_have_a_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    statuses = [knock("x").status_code for _ in range(602)]
    assert statuses == [400] * 600 + [429] * 2


def test_a_rush_at_a_site_lasts_ten_minutes_and_no_longer() -> None:
    at = [1.0]
    one = budgets.Rush(lambda: at[0])
    assert [one.is_on(address=str(place), site=SITE) for place in range(3)] == [False, True, True]
    assert not one.is_on(address="far", site="another")
    at[0] += 599
    assert one.is_on(address="later", site=SITE)
    at[0] += 2
    assert not one.is_on(address="calm", site=SITE)
