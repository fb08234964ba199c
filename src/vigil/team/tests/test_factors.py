"""Second factors: set up once, proved each time, lost now and then."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from pytest_django import Settings

from tests import cast
from vigil.audit.queries import list_records
from vigil.kernel.models import Letter
from vigil.kernel.post.templates import get_template
from vigil.team import commands, queries, rules
from vigil.team.errors import FactorKnown, FactorRefused, LastFactorStays, PasskeyRefused, TooManyTries
from vigil.team.models import Agent, Factor, RecoveryCode

pytestmark = pytest.mark.django_db
SECRET = b"twenty bytes of chan"


@pytest.fixture
def noor() -> int:
    return cast.open_the_desk().noor.agent_id


def code_of(minutes: float, secret: bytes = SECRET) -> str:
    return rules.code_at(secret, int(cast.later(minutes).timestamp()) // 30)


def with_app(agent_id: int) -> tuple[str, ...]:
    return commands.add_codes(agent_id=agent_id, session_id=0, secret=SECRET, code=code_of(0), at=cast.later(0))


def with_passkey(agent_id: int, *, credential: bytes = b"one", counter: int = 0) -> tuple[str, ...]:
    return commands.add_passkey(
        agent_id=agent_id, session_id=0, credential=credential, secret=b"public", counter=counter, name=" My key ", at=cast.later(0)
    )


def actions() -> list[str]:
    return [record.action for record in list_records(limit=50).rows]


def test_an_app_is_taken_only_once_it_shows_a_right_code(noor: int) -> None:
    with pytest.raises(FactorRefused):
        commands.add_codes(agent_id=noor, session_id=0, secret=SECRET, code="000000", at=cast.later())
    assert not queries.get_agent(noor).has_second_factor
    codes = with_app(noor)
    assert len(set(codes)) == 10
    assert queries.get_agent(noor).has_second_factor
    assert [(factor.kind, factor.used_at) for factor in queries.list_factors(noor)] == [("codes", None)]
    with pytest.raises(FactorKnown):
        commands.add_codes(agent_id=noor, session_id=0, secret=SECRET, code=code_of(2), at=cast.later(2))
    (added,) = list_records(action="team.factor_added").rows
    assert (added.actor, added.subject, added.details) == (f"agent:{noor}", f"agent:{noor}", {"factor": "codes"})


def test_a73_neither_the_apps_secret_nor_a_recovery_code_stands_in_the_database(noor: int) -> None:
    codes = with_app(noor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT f::text FROM team_factor f UNION ALL SELECT r::text FROM team_recoverycode r")
        rows = "\n".join(row for (row,) in cursor.fetchall())
    for told in (
        SECRET.hex(),
        SECRET.decode(),
        rules.key_to_type(SECRET).replace(" ", ""),
        *codes,
        *(code.replace("-", "") for code in codes),
    ):
        assert told.lower() not in rows.lower()


def test_a58_a_code_is_taken_once_and_none_that_lies_before_it(noor: int) -> None:
    with_app(noor)
    with pytest.raises(FactorRefused):
        commands.prove_by_code(agent_id=noor, code=code_of(0), at=cast.later(0))
    commands.prove_by_code(agent_id=noor, code=code_of(1), at=cast.later(1))
    for used in (code_of(1), code_of(0.5)):
        with pytest.raises(FactorRefused):
            commands.prove_by_code(agent_id=noor, code=used, at=cast.later(1))
    assert actions().count("team.signed_in") == 1
    assert actions().count("team.factor_refused") == 3


def test_a58_guesses_are_counted_and_end_even_the_right_code(noor: int) -> None:
    with_app(noor)
    for _ in range(10):
        with pytest.raises(FactorRefused):
            commands.prove_by_code(agent_id=noor, code="000000", at=cast.later(1))
    with pytest.raises(TooManyTries):
        commands.prove_by_code(agent_id=noor, code=code_of(1), at=cast.later(1))
    with pytest.raises(TooManyTries):
        commands.prove_by_recovery_code(agent_id=noor, code="whatever", at=cast.later(1))
    assert "team.factor_throttled" in actions()
    commands.prove_by_code(agent_id=noor, code=code_of(17), at=cast.later(17))


def test_a_recovery_code_works_once_however_it_is_typed_and_for_its_owner_alone(noor: int) -> None:
    codes = with_app(noor)
    olek = Agent.objects.get(email="olek@vigil.example").id
    with pytest.raises(FactorRefused):
        commands.prove_by_recovery_code(agent_id=olek, code=codes[0], at=cast.later())
    commands.prove_by_recovery_code(agent_id=noor, code=f" {codes[0].upper().replace('-', ' ')}", at=cast.later())
    assert queries.count_recovery_codes(noor) == 9
    with pytest.raises(FactorRefused):
        commands.prove_by_recovery_code(agent_id=noor, code=codes[0], at=cast.later())
    fresh = commands.renew_recovery_codes(agent_id=noor, at=cast.later())
    with pytest.raises(FactorRefused):
        commands.prove_by_recovery_code(agent_id=noor, code=codes[1], at=cast.later())
    commands.prove_by_recovery_code(agent_id=noor, code=fresh[0], at=cast.later())


def test_a_passkey_whose_count_goes_back_was_copied_and_is_refused(noor: int) -> None:
    with_passkey(noor, counter=5)
    commands.prove_by_passkey(agent_id=noor, credential=b"one", counter=6, at=cast.later())
    for counter in (6, 5, 0):
        with pytest.raises(PasskeyRefused):
            commands.prove_by_passkey(agent_id=noor, credential=b"one", counter=counter, at=cast.later())
    with_passkey(noor, credential=b"two")
    for _ in range(2):
        commands.prove_by_passkey(agent_id=noor, credential=b"two", counter=0, at=cast.later())
    with pytest.raises(FactorKnown):
        with_passkey(noor, credential=b"two")


def test_nobody_proves_anything_with_a_factor_of_somebody_else(noor: int) -> None:
    with_passkey(noor)
    olek = Agent.objects.get(email="olek@vigil.example").id
    with pytest.raises(PasskeyRefused):
        commands.prove_by_passkey(agent_id=olek, credential=b"one", counter=0, at=cast.later())
    commands.remove_factor(agent_id=olek, factor_id=queries.list_factors(noor)[0].id, at=cast.later())
    assert len(queries.list_factors(noor)) == 1


def test_the_last_factor_stays_where_one_is_asked_for_and_takes_the_codes_along_elsewhere(noor: int, settings: Settings) -> None:
    with_app(noor)
    with_passkey(noor)
    first, second = queries.list_factors(noor)
    settings.VIGIL_SECOND_FACTOR = True
    commands.remove_factor(agent_id=noor, factor_id=first.id, at=cast.later())
    with pytest.raises(LastFactorStays):
        commands.remove_factor(agent_id=noor, factor_id=second.id, at=cast.later())
    settings.VIGIL_SECOND_FACTOR = False
    commands.remove_factor(agent_id=noor, factor_id=second.id, at=cast.later())
    assert not queries.get_agent(noor).has_second_factor
    assert queries.count_recovery_codes(noor) == 0


def test_lost_factors_are_reset_every_session_ends_and_their_owner_is_told(noor: int) -> None:
    with_app(noor)
    epoch = queries.get_agent(noor).session_epoch
    assert commands.reset_factors(agent_id=noor, actor="agent:7", at=cast.later())
    assert not commands.reset_factors(agent_id=noor, actor="agent:7", at=cast.later())
    assert (queries.get_agent(noor).has_second_factor, queries.get_agent(noor).session_epoch) == (False, epoch + 1)
    assert not Factor.objects.exists()
    assert not RecoveryCode.objects.exists()
    letter = Letter.objects.latest("id")
    written = get_template(letter.template).render(letter.args, "en")
    assert letter.to == "noor@vigil.example"
    assert "All second factors of your account" in written.text
    assert [record.actor for record in list_records(action="team.factors_reset").rows] == ["agent:7"]


@pytest.mark.parametrize("language", ["en", "zh-Hans", "ru", "tr"])
def test_every_change_is_told_by_letter_in_the_owners_language(noor: int, language: str) -> None:
    Agent.objects.filter(id=noor).update(ui_language=language)
    with_app(noor)
    letter = Letter.objects.latest("id")
    written = get_template(letter.template).render(letter.args, letter.language)
    assert letter.language == language
    assert "MEXC" in written.text
    assert "Noor" in written.text


def test_the_second_step_is_worth_nothing_once_the_account_has_changed(noor: int) -> None:
    with_app(noor)
    admitted = commands.sign_in(commands.Entrant("noor@vigil.example", cast.PASSWORD, "192.0.2.1"), at=cast.later())
    assert admitted.must_prove
    assert queries.is_account_as_it_was(noor, admitted.state)
    commands.end_sessions(agent_id=noor, actor="system", at=cast.later())
    assert not queries.is_account_as_it_was(noor, admitted.state)


def at_once(deed: Callable[[], object]) -> int:
    """Let two do the same at the same time; count those who were let through."""
    outcomes: list[bool] = []
    barrier = threading.Barrier(2)

    def run() -> None:
        barrier.wait()
        try:
            deed()
            outcomes.append(True)
        except FactorRefused:
            outcomes.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(outcomes)


@pytest.mark.django_db(transaction=True)
def test_a33_of_two_who_use_the_same_code_at_once_one_comes_in() -> None:
    noor = cast.open_the_desk().noor.agent_id
    codes = with_app(noor)
    assert at_once(lambda: commands.prove_by_code(agent_id=noor, code=code_of(1), at=cast.later(1))) == 1
    assert at_once(lambda: commands.prove_by_recovery_code(agent_id=noor, code=codes[0], at=cast.later(1))) == 1
