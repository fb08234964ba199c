"""A33: close, reply, resolve, note, mark, rate and announce a file, all at the same moment, a hundred times over."""

import asyncio
import random
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from tests.faults.clients import Customer, new_key, token_of_agent
from tests.faults.history import Journal
from tests.houses import House
from tests.security.attackers import Browser

ROUNDS = 100
AT_ONCE = 4
_WORDS_LATER = {"message", "reply", "note"}
_TOLD = """
SELECT e.seq, e.kind, e.data FROM conversations_entry e JOIN conversations_conversation c ON c.id = e.conversation_id
 WHERE c.public_id = %s ORDER BY e.seq
"""
_STANDS = "SELECT id, status, last_seq FROM conversations_conversation WHERE public_id = %s"
_MARKS = "SELECT delivered_seq, read_seq FROM conversations_participant WHERE conversation_id = %s"


@pytest.fixture
def patient_house(make_house: Callable[..., House]) -> Iterator[House]:
    """A house that counts nobody's deeds: an agent of this test does more in a second than a person in an hour."""
    house = make_house(VIGIL_TRUSTED_PROXIES="127.0.0.1", VIGIL_TEST_BREAK="budgets")
    house.program = ("-m", "tests.faults.broken")
    house.start()
    yield house
    house.stop()


async def _all_at_once(ada: Customer, desk: Browser, staff: dict[str, str]) -> dict[str, int]:
    """Let everything happen at the same moment; give the status of each answer."""
    name, here = ada.conversation, f"/desk/conversations/{ada.conversation}"
    theirs, send = f"/widget/api/conversations/{name}", "/live/send"

    def words(kind: str = "") -> dict[str, Any]:
        return {"conversation": name, "key": new_key(ada.dice), "text": "At once.", **({"kind": kind} if kind else {})}

    deeds = {
        "message": lambda: ada.ask("POST", send, words()),
        "reply": lambda: ada.ask("POST", send, words("reply"), headers=staff),
        "note": lambda: ada.ask("POST", send, words("note"), headers=staff),
        "resolve": lambda: desk.post(f"{here}/status", {"status": "resolved"}),
        "close": lambda: desk.post(f"{here}/status", {"status": "closed"}),
        "end": lambda: ada.ask("POST", f"{theirs}/end", {}),
        "rate": lambda: ada.ask("POST", f"{theirs}/rating", {"key": new_key(ada.dice), "score": 4}),
        "file": lambda: ada.ask("POST", "/widget/api/files", {"name": "a.png", "type": "image/png", "size": 5}),
        "seen": lambda: ada.ask("POST", "/live/seen", {"conversation": name, "delivered": 99, "read": 99}),
        "seen by the team": lambda: ada.ask("POST", "/live/seen", {"conversation": name, "delivered": 99, "read": 99}, headers=staff),
        "priority": lambda: desk.post(f"{here}/priority", {"priority": "1"}),
    }
    order = ada.dice.sample(sorted(deeds), len(deeds))
    answers = await asyncio.gather(*(deeds[deed]() for deed in order))
    return {deed: answer.status for deed, answer in zip(order, answers, strict=True)}


def _judge(connection: psycopg.Connection[Any], name: str, answers: dict[str, int]) -> None:
    told = connection.execute(_TOLD, (name,)).fetchall()
    ((number, status, last_seq),) = connection.execute(_STANDS, (name,)).fetchall()
    assert [seq for seq, _, _ in told] == list(range(1, last_seq + 1)), "no number is left out and none is used twice"
    steps = [(data["from"], data["to"]) for _, kind, data in told if kind == "status"]
    # Each step begins where the one before it ended: nobody decided on a state that was no longer so.
    assert [before for before, _ in steps] == ["open", *(after for _, after in steps)][: len(steps)], steps
    assert status == (steps[-1][1] if steps else "open"), (steps, status)
    kinds = [kind for _, kind, _ in told]
    for deed in ("message", "reply", "note"):
        assert kinds.count(deed) - (deed == "message") == (answers[deed] == 201), (deed, answers, kinds)
    if status == "closed":
        closed_at = next(seq for seq, kind, data in told if kind == "status" and data["to"] == "closed")
        assert not [kind for seq, kind, _ in told if seq > closed_at and kind in _WORDS_LATER - {"note"}], kinds
    for delivered, read in connection.execute(_MARKS, (number,)).fetchall():
        assert read <= delivered <= last_seq


def test_a33_everything_at_once_a_hundred_times_leaves_one_consistent_state_without_a_gap(
    patient_house: House, tmp_path_factory: pytest.TempPathFactory
) -> None:
    journal = Journal(tmp_path_factory.mktemp("races") / "journal.jsonl", 1)
    outcomes: list[tuple[str, dict[str, int]]] = []

    async def run() -> None:
        desk, rounds = Browser(patient_house), iter(range(ROUNDS))
        await desk.sign_in()
        staff = {"authorization": f"Bearer {token_of_agent(patient_house)}"}

        async def one_after_the_other() -> None:
            for seed in rounds:
                ada = Customer(f"ada-{seed}", patient_house, journal, random.Random(seed))  # noqa: S311 (chance that a seed repeats)
                await ada.arrive()
                answers = await _all_at_once(ada, desk, staff)
                outcomes.append((ada.conversation, answers))

        await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))

    asyncio.run(run())
    assert len(outcomes) == ROUNDS
    allowed = {200, 201, 204, 302, 303, 409}
    odd = {(deed, status) for _, answers in outcomes for deed, status in answers.items() if status not in allowed}
    assert not odd, odd
    with psycopg.connect(patient_house.database_url) as connection:
        for name, answers in outcomes:
            _judge(connection, name, answers)
