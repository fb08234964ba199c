"""What the doctor sees of a house from its own keyboard."""

import pytest
from django.conf import LazySettings

from tests import cast
from vigil.config.cli.doctor import doctor, ground, house
from vigil.team import commands as team
from vigil.topics.queries import topics
from vigil.workspace.profile import profile


def test_every_package_that_is_declared_can_be_imported_here() -> None:
    assert ground.packages() is None


@pytest.mark.parametrize("lost", ["nonesuch-package>=1", "Nonesuch_Package[extra]<2; python_version > '3'"])
def test_a_package_that_is_missing_is_named_with_the_remedy_and_ends_the_look(monkeypatch: pytest.MonkeyPatch, lost: str) -> None:
    monkeypatch.setattr(ground, "requires", lambda _: ["Django>=5", lost, "redis>=8; extra == 'scale'"])
    complaint = ground.packages()
    assert complaint is not None
    assert complaint.wrong.lower().replace("_", "-") == "nonesuch-package cannot be imported"
    assert "requirements.txt" in complaint.remedy
    assert complaint.ends


def test_a_package_that_is_there_and_broken_is_named_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(ground, "requires", lambda _: ["Django>=5"])
    monkeypatch.setattr(ground, "import_module", fail)
    complaint = ground.packages()
    assert complaint is not None
    assert complaint.wrong == "Django cannot be imported"


def test_a_name_that_nobody_reads_is_named_with_the_one_that_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    for known in ("VIGIL_PORT", "VIGIL_SECRET_KEY_FILE", "VIGIL_LIFELINE"):
        monkeypatch.setenv(known, "1")
    assert ground.strangers() is None
    monkeypatch.setenv("VIGIL_TRUSTED_PROXY", "10.0.0.4")
    monkeypatch.setenv("VIGIL_COLOUR", "blue")
    complaint = ground.strangers()
    assert complaint is not None
    assert complaint.wrong == "nobody reads VIGIL_COLOUR, VIGIL_TRUSTED_PROXY"
    assert complaint.remedy.startswith("say VIGIL_TRUSTED_PROXIES for VIGIL_TRUSTED_PROXY;")


@pytest.mark.django_db
def test_a_house_without_queues_or_people_is_not_well() -> None:
    queues, people = house.queues(), house.people()
    assert queues is not None
    assert people is not None
    assert "emea-general" in queues.wrong
    assert "vigil prepare" in queues.remedy
    assert "vigil agents hire" in people.remedy
    team.ensure_teams_of_the_profile()
    cast.open_the_desk()
    assert (house.queues(), house.people()) == (None, None)


def test_what_stands_on_a_bad_profile_is_not_looked_at(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    looks = [("profile", ground.profile), ("topics", ground.topics), ("queues", house.queues)]
    monkeypatch.setitem(doctor.__globals__, "_EXAMINATIONS", looks)
    settings.VIGIL_PROFILE = "/nonesuch.toml"
    _forget_what_was_read()
    assert doctor([]) == 1
    _forget_what_was_read()
    first, remedy = capsys.readouterr().out.splitlines()
    assert first.startswith("  WRONG  profile: /nonesuch.toml")
    assert "VIGIL_PROFILE" in remedy


def _forget_what_was_read() -> None:
    profile.cache_clear()
    topics.cache_clear()
