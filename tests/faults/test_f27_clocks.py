"""F27: the clock jumps an hour in either direction, and five zones change theirs: promises stay what they were, and nothing is negative."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests import cast
from vigil.conversations import queries as conversations
from vigil.conversations.rules import Draft, Promised, State, on_message
from vigil.kernel import clock
from vigil.kernel.live import tokens
from vigil.kernel.live.refusals import TokenExpired
from vigil.languages import formats
from vigil.team import queries as people

HOUR = timedelta(hours=1)
# Half an hour before the clocks change, in spring and in autumn of each zone.
NIGHTS = [
    ("Europe/Berlin", datetime(2026, 3, 29, 0, 30, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 8, 6, 30, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 14, 30, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 0, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 4, 5, 2, 30, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 9, 6, 3, 30, tzinfo=UTC)),
    ("Africa/Cairo", datetime(2026, 4, 23, 21, 30, tzinfo=UTC)),
    ("Africa/Cairo", datetime(2026, 10, 29, 20, 30, tzinfo=UTC)),
]


@pytest.fixture
def desk(db: None) -> cast.Desk:
    return cast.open_the_desk()


@pytest.fixture
def noor(desk: cast.Desk) -> Client:
    client = Client()
    client.force_login(people.get_user(desk.noor.agent_id))
    return client


@pytest.mark.parametrize(("zone", "night"), NIGHTS, ids=lambda value: str(value)[:16])
@pytest.mark.parametrize("minutes", [3, 60, 1440])
def test_f27_a_promise_is_that_many_minutes_in_every_night(zone: str, night: datetime, minutes: int) -> None:
    begun = State("open", 3, 1, 1, None, None, None, None, 1)
    at = night.astimezone(ZoneInfo(zone))
    owed = Promised(timedelta(minutes=minutes), timedelta(minutes=minutes))
    words = Draft("message", "customer", text=None, language="en", client_key=uuid4())
    decided = on_message(begun, words, secrets=(), promised=owed, at=at.astimezone(UTC))
    assert not hasattr(decided, "reason")
    due_at = decided.state.due_at
    assert due_at is not None
    assert (due_at - night).total_seconds() == minutes * 60


@pytest.mark.parametrize("jump", [-HOUR, HOUR], ids=["back", "forward"])
def test_f27_after_a_jump_the_timeline_goes_on_and_no_wait_is_negative(noor: Client, desk: cast.Desk, jump: timedelta) -> None:
    ada = cast.ada()
    with clock.set_to(lambda: cast.NIGHT):
        name = cast.opens(ada, at=clock.now())
    with clock.set_to(lambda: cast.NIGHT + jump):
        assert (written := cast.writes(ada, name, "Still here.", at=clock.now()).entry) is not None
        assert written.seq == 3
        row = conversations.find_conversation(name, desk.noor)
        assert row is not None
        # The promise given before the jump stands; it is neither renewed nor broken by writing again.
        assert row.waiting_since == cast.NIGHT
        # What stands between the tags: the strokes of an icon go to the left, too.
        shown = re.sub("<[^>]*>", "\n", noor.get("/desk/team").content.decode())
        assert not re.search(r"[-\u2212]\d+\s*(?:s|m|min|h)\b", shown), "a negative time is shown"
        cast.answers(desk.noor, name, "Here I am.", at=clock.now())
        cast.writes(ada, name, "Thank you.", at=clock.now())
        row = conversations.find_conversation(name, desk.noor)
        assert row is not None
        assert row.due_at is not None
        assert row.waiting_since is not None
        assert row.due_at > row.waiting_since


@pytest.mark.parametrize("language", ["en", "zh-Hans", "ru", "ja"])
def test_f27_a_duration_before_its_beginning_is_not_shown_as_negative(language: str) -> None:
    assert not re.search(r"[-\u2212]", formats.duration(-30, language)), formats.duration(-30, language)


def test_f27_a_token_neither_outlives_a_jump_forward_nor_is_made_longer_by_one_back() -> None:
    with clock.set_to(lambda: cast.NIGHT):
        token = tokens.mint(tokens.claims_for("guest:x", ["p:1"], "widget", at=clock.now()))
    with clock.set_to(lambda: cast.NIGHT + HOUR), pytest.raises(TokenExpired):
        tokens.read(token)
    with clock.set_to(lambda: cast.NIGHT - HOUR):
        assert tokens.read(token).expires_at == cast.NIGHT + tokens.LONGEST
        with pytest.raises(ValueError, match="ten minutes"):
            tokens.mint(tokens.claims_for("guest:x", ["p:1"], "widget", at=cast.NIGHT))
