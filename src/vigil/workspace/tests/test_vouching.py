import base64

import pytest
from django.conf import LazySettings

from vigil.kernel.environment import BadSetting
from vigil.workspace.vouching import find_key, parse_keys

SECRET = "a secret of more than thirty-two letters"
PUBLIC = base64.urlsafe_b64encode(bytes(range(32))).decode()


def test_a_secret_and_a_public_key_each_have_their_algorithm() -> None:
    keys = parse_keys(f"one={SECRET}, two=ed25519:{PUBLIC}\nthree=ed25519:{PUBLIC.rstrip('=')}")
    assert {site: key.algorithm for site, key in keys.items()} == {"one": "HS256", "two": "EdDSA", "three": "EdDSA"}
    assert keys["two"].value == keys["three"].value == bytes(range(32))


def test_nothing_given_vouches_for_nobody() -> None:
    assert parse_keys("") == {}


@pytest.mark.parametrize(
    "raw", ["one", "one=", f"={SECRET}", "one=short", "one=ed25519:AAAA", "one=ed25519:%", f"one={SECRET},one={SECRET}"]
)
def test_nonsense_is_refused_without_quoting_it(raw: str) -> None:
    with pytest.raises(BadSetting, match="VIGIL_SITE_SECRETS") as caught:
        parse_keys(raw)
    assert SECRET not in str(caught.value)
    assert "short" not in str(caught.value).replace("shorter", "")


def test_a_key_never_shows_its_value() -> None:
    assert SECRET not in repr(parse_keys(f"one={SECRET}"))


def test_the_demo_has_a_secret_and_production_has_none_of_itself(settings: LazySettings) -> None:
    assert find_key("site_demo") is not None
    settings.PRODUCTION = True
    assert find_key("site_demo") is None
    settings.VIGIL_SITE_SECRETS = f"site_demo={SECRET}"
    found = find_key("site_demo")
    assert found is not None
    assert found.value == SECRET.encode()
