"""Who is told while the desk is shut: the browser that asked for it, through a push service, and without anybody's words."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import cast
from tests.fakes import push as fake
from vigil.conversations import commands as conversations
from vigil.kernel import clock, push, sealing
from vigil.kernel.jobs import GiveUp, TryLater
from vigil.kernel.push import PushFailed
from vigil.nudges import commands as nudges
from vigil.nudges.errors import PushServiceUnknown
from vigil.nudges.jobs import nudge
from vigil.team import commands as team
from vigil.team import queries as people

FORM = {"email": "noor@vigil.example", "password": cast.PASSWORD, "next": "/desk/mine"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[fake.Service]:
    with fake.serving(tmp_path_factory.mktemp("push")) as one:
        yield one


@pytest.fixture
def opened(service: fake.Service, settings: LazySettings) -> fake.Service:
    """The service as one that this installation knows and may call."""
    settings.VIGIL_PUSH_HOSTS = ("127.0.0.1",)
    settings.VIGIL_OUTBOUND_ALLOW = (f"127.0.0.1:{service.port}",)
    return service


@pytest.fixture
def hers(desk: cast.Desk, client: Client) -> Client:
    client.post("/desk/sign-in", FORM)
    return client


@pytest.fixture
def noors_browser(opened: fake.Service, hers: Client) -> fake.Browser:
    """Noor's browser, which asked to be told."""
    browser = fake.Browser()
    assert asks(hers, opened.endpoint("noor"), browser).status_code == 204
    return browser


def asks(client: Client, endpoint: str, browser: fake.Browser) -> Any:
    return client.post("/desk/account/nudges", {"endpoint": endpoint, "key": browser.key, "auth": browser.auth})


def mentions(desk: cast.Desk, text: str = "@Noor Haddad, her secret is 4471.") -> str:
    """Let Sol name Noor in a note."""
    name = cast.opens(cast.ada(), "My card was stolen.")
    conversations.reply(conversations.Words(name, desk.sol, uuid4(), text, "note"), at=cast.later(1))
    return name


def works() -> int:
    """Do what the worker would; tell how many jobs there were."""
    waiting = list(ProcrastinateJob.objects.filter(task_name="nudges.nudge", status="todo").order_by("id"))
    ProcrastinateJob.objects.filter(id__in=[each.id for each in waiting]).delete()
    for job in waiting:
        nudge.run(**job.args)
    return len(waiting)


def test_whoever_is_mentioned_is_told_in_their_language_and_without_anybody_s_words(
    desk: cast.Desk, opened: fake.Service, noors_browser: fake.Browser
) -> None:
    before = len(opened.heard)
    team.choose_interface(agent_id=desk.noor.agent_id, ui_language="ru")
    name = mentions(desk)
    assert works() == 1
    (heard,) = opened.heard[before:]
    assert heard["path"] == "/push/noor"
    assert (heard["headers"]["ttl"], heard["headers"]["content-encoding"]) == ("3600", "aes128gcm")
    said = json.loads(noors_browser.read(heard["body"]))
    assert said == {
        "title": "MEXC",
        "body": "Коллега упомянул вас в заметке.",
        "lang": "ru",
        "url": f"/desk/conversations/{name}",
        "tag": f"mentioned:{name}",
    }
    for words in ("Ada", "stolen", "4471", "Noor", "Sol"):
        assert words.encode() not in heard["body"]
        assert words not in json.dumps(said)


def test_whoever_is_given_a_conversation_is_told_and_nobody_of_what_they_take_themselves(
    desk: cast.Desk, opened: fake.Service, noors_browser: fake.Browser
) -> None:
    before = len(opened.heard)
    name = cast.opens(cast.ada())
    conversations.assign(conversation=name, sight=desk.noor, agent_id=desk.noor.agent_id, at=cast.later(1))
    conversations.assign(conversation=name, sight=desk.noor, agent_id=None, at=cast.later(2))
    assert works() == 0
    conversations.assign(conversation=name, sight=desk.sol, agent_id=desk.noor.agent_id, at=cast.later(3))
    conversations.assign(conversation=name, sight=desk.sol, agent_id=desk.sol.agent_id, at=cast.later(4))
    note = conversations.Words(name, desk.sol, uuid4(), "Please go on.", "note")
    conversations.hand_over(note, to=desk.noor.agent_id, at=cast.later(5))
    assert works() == 2
    told = [json.loads(noors_browser.read(each["body"]))["body"] for each in opened.heard[before:]]
    assert told == ["A colleague gave you a conversation."] * 2


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_does_not_listen_any_more_is_forgotten(
    desk: cast.Desk, hers: Client, opened: fake.Service, noors_browser: fake.Browser, status: int
) -> None:
    opened.will_answer(status)
    mentions(desk)
    assert works() == 1
    mentions(desk)
    assert works() == 0
    assert "data-on" not in hers.get("/desk/account").content.decode()


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((500, {}), PushFailed),
        ((429, {"Retry_After": "30"}), TryLater),
        ((429, {"Retry_After": "999999"}), PushFailed),
        ((503, {"Retry_After": "soon"}), PushFailed),
        ((400, {}), GiveUp),
        ((403, {}), GiveUp),
        ((301, {"Location": "http://127.0.0.1/"}), GiveUp),
    ],
)
def test_what_fails_is_tried_again_and_what_cannot_work_is_a_dead_letter(
    desk: cast.Desk, opened: fake.Service, noors_browser: fake.Browser, answer: tuple[int, dict[str, str]], outcome: type[Exception]
) -> None:
    opened.will_answer(answer[0], **answer[1])
    mentions(desk)
    with pytest.raises(outcome) as failure:
        works()
    assert "127.0.0.1" not in str(failure.value)


def _signs_out(desk: cast.Desk, hers: Client) -> None:
    hers.post("/desk/sign-out")


def _is_ended(desk: cast.Desk, hers: Client) -> None:
    team.end_sessions(agent_id=desk.noor.agent_id, actor="system", at=clock.now())


def _is_switched_off(desk: cast.Desk, hers: Client) -> None:
    team.switch_off(agent_id=desk.noor.agent_id, actor="system", at=clock.now())


def _turns_it_off(desk: cast.Desk, hers: Client) -> None:
    assert hers.post("/desk/account/nudges/end").status_code == 204


@pytest.mark.parametrize("ends", [_signs_out, _is_ended, _is_switched_off, _turns_it_off])
def test_a80_a_subscription_dies_with_its_session_or_when_it_is_turned_off(
    desk: cast.Desk, hers: Client, opened: fake.Service, noors_browser: fake.Browser, ends: Callable[[cast.Desk, Client], None]
) -> None:
    before = len(opened.heard)
    mentions(desk)
    ends(desk, hers)
    assert works() == 1, "what waited already is not sent any more, either"
    assert opened.heard[before:] == []


def test_v36_whoever_does_not_see_the_conversation_any_more_is_not_told(
    desk: cast.Desk, opened: fake.Service, noors_browser: fake.Browser
) -> None:
    before = len(opened.heard)
    name = mentions(desk)
    far = people.get_queue(desk.far_queue)
    conversations.move(conversation=name, sight=desk.sol, queue_id=far.id, at=cast.later(2))
    works()
    assert opened.heard[before:] == []


@pytest.mark.parametrize(
    "endpoint",
    ["https://evil.example/x", "http://169.254.169.254/latest/meta-data", "http://localhost:5432/", "https://fcm.googleapis.com/x", ""],
)
def test_v47_only_push_services_we_know_are_taken(hers: Client, opened: fake.Service, endpoint: str) -> None:
    answer = asks(hers, endpoint, fake.Browser())
    assert answer.status_code in {400, 422}
    assert "data-on" not in hers.get("/desk/account").content.decode()


def test_v47_a_service_that_is_not_known_any_more_is_not_called(
    desk: cast.Desk, opened: fake.Service, noors_browser: fake.Browser, settings: LazySettings
) -> None:
    before = len(opened.heard)
    mentions(desk)
    settings.VIGIL_PUSH_HOSTS = ("fcm.googleapis.com",)
    with pytest.raises(GiveUp):
        works()
    assert opened.heard[before:] == []


def test_in_production_a_service_is_spoken_to_by_tls_alone(hers: Client, opened: fake.Service, settings: LazySettings) -> None:
    settings.PRODUCTION = True
    assert asks(hers, opened.endpoint("noor"), fake.Browser()).status_code == 422


def test_a_browser_in_which_somebody_else_signs_in_is_told_of_them_alone(
    desk: cast.Desk, opened: fake.Service, noors_browser: fake.Browser
) -> None:
    sol = Client()
    sol.post("/desk/sign-in", {**FORM, "email": "sol@vigil.example"})
    assert asks(sol, opened.endpoint("noor"), noors_browser).status_code == 204
    mentions(desk)
    assert works() == 0


def test_the_page_says_whether_this_browser_is_told_and_the_key_stays_the_same(hers: Client, opened: fake.Service) -> None:
    page = hers.get("/desk/account").content.decode()
    key = page.split('data-key="')[1].split('"')[0]
    assert len(key) == 87
    assert " data-on" not in page
    asks(hers, opened.endpoint("noor"), fake.Browser())
    page = hers.get("/desk/account").content.decode()
    assert " data-on" in page
    assert f'data-key="{key}"' in page


def test_a73_the_private_half_of_the_key_is_sealed(hers: Client) -> None:
    key = nudges.ensure_own_key()
    assert nudges.ensure_own_key() == key
    (row,) = apps.get_model("nudges", "OwnKey").objects.all()
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(bytes(row.sealed), purpose="another")
    assert push.public_key(sealing.unseal(bytes(row.sealed), purpose="nudges.own_key")) == key


def test_the_worker_is_a_script_of_the_desk_alone(hers: Client) -> None:
    answer = hers.get("/desk/push-worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert b"showNotification" in answer.content


def test_nothing_can_be_asked_for_a_session_of_somebody_else(desk: cast.Desk, hers: Client, opened: fake.Service) -> None:
    (session,) = people.list_sessions(desk.noor.agent_id, at=clock.now())
    browser = fake.Browser()
    with pytest.raises(PushServiceUnknown):
        nudges.tell_browser(
            agent_id=desk.sol.agent_id,
            session_id=session.id,
            endpoint=opened.endpoint("x"),
            key=browser.key,
            auth=browser.auth,
            at=clock.now(),
        )
