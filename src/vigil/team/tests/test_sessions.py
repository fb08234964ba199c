"""In which browsers somebody is signed in, and how each of them ends."""

import pytest
from django.contrib.sessions.models import Session

from tests import cast
from vigil.audit.queries import list_records
from vigil.kernel import clock
from vigil.kernel.database.plain import ask_all
from vigil.team import commands, queries
from vigil.team.backends import SessionStore
from vigil.team.models import AgentSession

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def noor() -> int:
    return cast.open_the_desk().noor.agent_id


def sits_down(agent_id: int, *, address: str = "192.0.2.7") -> int:
    store = SessionStore()
    store["kept"] = True
    store.save()
    return commands.begin_session(commands.Browser(str(store.session_key), FIREFOX, address), agent_id=agent_id, at=clock.now())


def session(agent_id: int, browser: int) -> tuple[int, int, int]:
    return agent_id, queries.get_agent(agent_id).session_epoch, browser


def over(*sessions: tuple[int, int, int]) -> set[tuple[int, int, int]]:
    (found,) = ask_all(queries.unwelcome_agents_asked(sessions))
    return set(found)


def test_of_a_browser_its_family_and_address_are_kept_and_shown(noor: int) -> None:
    browser = sits_down(noor)
    (row,) = queries.list_sessions(noor, at=clock.now())
    assert (row.id, row.browser, row.address) == (browser, "Firefox, Linux", "192.0.2.7")
    sits_down(noor, address="nonsense")
    assert queries.list_sessions(noor, at=clock.now())[0].address == ""


def test_a30_v43_one_browser_is_ended_with_its_tokens_and_the_others_go_on(noor: int) -> None:
    first, second = sits_down(noor), sits_down(noor)
    assert over(session(noor, first), session(noor, second), session(noor, 0)) == set()
    assert commands.end_session(agent_id=noor, session_id=first, actor="system", at=clock.now())
    assert not commands.end_session(agent_id=noor, session_id=first, actor="system", at=clock.now())
    assert over(session(noor, first), session(noor, second), session(noor, 0)) == {session(noor, first)}
    assert Session.objects.count() == 1
    (record,) = list_records(action="team.session_ended").rows
    assert record.details == {"session": first}


def test_all_others_are_ended_but_the_one_that_asks(noor: int) -> None:
    own, *others = (sits_down(noor) for _ in range(3))
    assert commands.end_other_sessions(agent_id=noor, but=own, at=clock.now()) == 2
    assert over(*(session(noor, each) for each in (own, *others))) == {session(noor, each) for each in others}


def test_a25_nobody_ends_a_session_of_somebody_else_by_its_number(noor: int) -> None:
    browser = sits_down(noor)
    olek = queries.find_agent_id("olek@vigil.example")
    assert olek is not None
    assert not commands.end_session(agent_id=olek, session_id=browser, actor=f"agent:{olek}", at=clock.now())
    assert over(session(noor, browser), session(olek, browser)) == {session(olek, browser)}


def test_ending_everything_ends_every_browser(noor: int) -> None:
    browser = sits_down(noor)
    before = session(noor, browser)
    commands.end_sessions(agent_id=noor, actor="system", at=clock.now())
    assert over(before, session(noor, browser)) == {before, session(noor, browser)}
    assert not AgentSession.objects.exists()
    assert not Session.objects.exists()


def test_sessions_that_expired_are_forgotten(noor: int) -> None:
    sits_down(noor)
    kept = sits_down(noor)
    key = AgentSession.objects.earliest("id").key
    Session.objects.filter(session_key=key).update(expire_date=cast.NIGHT)
    assert [row.id for row in queries.list_sessions(noor, at=clock.now())] == [kept]
    assert commands.clear_sessions(before=clock.now()) == 1
    assert (AgentSession.objects.get().id, Session.objects.count()) == (kept, 1)
