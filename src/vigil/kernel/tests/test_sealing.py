"""What is sealed opens for its own purpose alone."""

import pytest
from pytest_django import Settings

from vigil.kernel.sealing import Unreadable, seal, unseal

SECRET = b"a secret of twenty b"


def test_what_was_sealed_comes_back_and_looks_like_nothing_meanwhile() -> None:
    sealed = seal(SECRET, purpose="test:1")
    assert SECRET not in sealed
    assert seal(SECRET, purpose="test:1") != sealed
    assert unseal(sealed, purpose="test:1") == SECRET


def test_nobody_elses_purpose_opens_it_and_nothing_changed_opens_at_all() -> None:
    sealed = seal(SECRET, purpose="test:1")
    for bad in (sealed[:-1], sealed[:20], b"", sealed[:-1] + bytes([sealed[-1] ^ 1])):
        with pytest.raises(Unreadable):
            unseal(bad, purpose="test:1")
    with pytest.raises(Unreadable):
        unseal(sealed, purpose="test:2")


def test_a_key_of_before_still_opens_what_it_sealed(settings: Settings) -> None:
    sealed, old = seal(SECRET, purpose="test:1"), settings.SECRET_KEY
    settings.SECRET_KEY = "another key of at least thirty-two letters"
    with pytest.raises(Unreadable):
        unseal(sealed, purpose="test:1")
    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal(sealed, purpose="test:1") == SECRET
