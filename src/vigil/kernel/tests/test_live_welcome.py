"""Who may signal: asked of the database once in five seconds, and never believed for longer."""

import asyncio
from collections.abc import Sequence

from vigil.kernel.live.welcome import Welcome


class Database:
    def __init__(self) -> None:
        self.gone: set[str] = set()
        self.asked = 0
        self.at = 100.0

    async def unwelcome(self, subjects: Sequence[str]) -> list[str]:
        self.asked += 1
        return [subject for subject in subjects if subject in self.gone]

    def tell(self, subject: str = "guest:ada") -> bool:
        return asyncio.run(self.welcome.is_so(subject))

    @property
    def welcome(self) -> Welcome:
        self._welcome = getattr(self, "_welcome", None) or Welcome(self.unwelcome, capacity=2, monotonic=lambda: self.at)
        return self._welcome


def test_v43_an_answer_is_believed_for_five_seconds_and_no_longer() -> None:
    database = Database()
    assert [database.tell() for _ in range(5)] == [True] * 5
    assert database.asked == 1
    database.gone.add("guest:ada")
    database.at += 4.9
    assert database.tell()
    database.at += 0.1
    assert not database.tell()
    assert not database.tell(), "a no is never remembered as a yes"
    assert database.asked == 3


def test_v43_after_a_restart_everybody_is_asked_about_anew() -> None:
    database = Database()
    database.gone.add("agent:5:2")
    assert not database.tell("agent:5:2")


def test_no_more_is_remembered_than_fits() -> None:
    database = Database()
    for name in ("guest:ada", "guest:wei", "guest:irina", "guest:wei", "guest:ada"):
        assert database.tell(name)
    assert database.asked == 4
