"""The search over HTTP, as the place and the one box ask, with a real session, in worlds of three sizes."""

import http.client
import json
import re
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from typing import Any
from urllib.parse import urlencode

from bench.figures import Figure, at_most, note
from bench.measures.pages import SIZES
from bench.place import Place

# What people look for: words that every eleventh conversation holds, in several scripts; words that none holds; a person, a
# transaction by its beginning, and the same narrowed down.
WORDS = {
    "a word of an alphabet": ("arrived", "withdrawal", "вывод", "deposito", "hesabima", "rut tien"),
    "two characters": ("提现", "到账", "網路", "出金", "출금"),
    "two words": ("wrong network", "ошибке сеть", "充值 到账"),
    "a person": ("customer 4711", "customer 31337"),
    "a transaction": (),
    "nothing": ("zanzibar", "abracadabra arrived", "deadbeef00"),
    "with filters": (
        "arrived status:open",
        "提现 from:me",
        "withdrawal lang:en time:30d",
        "status:open from:nobody",
        "network before:2025-06-01",
    ),
    "best first": ("arrived network", "提现"),
}
IN_BOX = ("arri", "custo", "提现", "withdraw", "a1979a", "вывод")


def measure(place: Place, *, full: bool) -> list[Figure]:
    """Measure each kind of question, and the box, in every world there is; the million with `full` or where it is written."""
    figures: list[Figure] = []
    for size in SIZES:
        if size == "1m" and not full and not place.has("bench_1m"):
            figures.append(note("1m", "not measured: no such world yet; --full writes it"))
            continue
        database = place.world(size)
        read, seconds = place.run(database, "-m", "bench.filling").split()
        if float(read) > 1000:
            figures.append(note(f"  read into the index at {size}, at full speed", f"{float(read) / float(seconds):,.0f} conversations/s"))
        figures += _ask_all(place, database, size, times=60 if full else 25)
    return figures


def _ask_all(place: Place, database: str, size: str, *, times: int) -> list[Figure]:
    inside = json.loads(place.run(database, "-m", "bench.inside").splitlines()[-1])
    (total, index), *_ = place.ask(
        "SELECT pg_size_pretty(pg_total_relation_size('search_document')), pg_size_pretty(pg_relation_size('search_by_lexeme'))", database
    )
    with place.serving(database) as serving:
        asker = _Asker(serving.port, inside["cookie"])
        took = {kind: asker.ask("/desk/search", _questions(place, database, kind), times) for kind in WORDS}
        box = asker.ask("/desk/search/box", IN_BOX, times * 2)
    every = sorted(each for kind in took.values() for each in kind)
    return [
        at_most(f"search at {size}, every kind of question: p95", _at(every, 95), 100, "ms"),
        at_most(f"the one box at {size}, while one types: p95", _at(sorted(box), 95), 100, "ms"),
        *(note(f"  {kind}: p50 · p95", f"{_at(sorted(each), 50):.1f} · {_at(sorted(each), 95):.1f} ms") for kind, each in took.items()),
        note("  documents with their index · the index alone", f"{total} · {index}"),
    ]


def _questions(place: Place, database: str, kind: str) -> Sequence[str]:
    if kind != "a transaction":
        return WORDS[kind]
    said = place.ask("SELECT text FROM conversations_entry WHERE text ~ '[0-9a-f]{64}' ORDER BY id DESC LIMIT 20", database)
    hashes = [found[0] for (text,) in said if (found := re.search("[0-9a-f]{64}", text))]
    return [each if place_of % 2 else each[:8] for place_of, each in enumerate(hashes)]


def _at(ranked: Sequence[float], part: int) -> float:
    return ranked[len(ranked) * part // 100]


class _Asker:
    """An agent's browser, which posts what is searched for."""

    def __init__(self, port: int, cookie: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers: dict[str, str] = {"Cookie": cookie, "Accept-Language": "en", "HX-Request": "true"}
        page, answer = self._send("GET", "/desk/search", "")
        self._token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        self._headers["Cookie"] += "; " + answer.getheader("Set-Cookie", "").partition(";")[0]
        self._headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{port}"}

    def ask(self, path: str, questions: Sequence[str], times: int) -> list[float]:
        """Ask each in turn, so many times in all; gives milliseconds. What is asked first of all does not count."""
        asked: Iterator[str] = islice(cycle(questions), len(questions) + times)
        return [self._ask(path, question) for question in asked][len(questions) :]

    def _ask(self, path: str, question: str) -> float:
        body = urlencode({"words": question, "csrfmiddlewaretoken": self._token})
        begun = time.perf_counter()
        self._send("POST", path, body)
        return (time.perf_counter() - begun) * 1000

    def _send(self, method: str, path: str, body: str) -> tuple[str, Any]:
        self._connection.request(method, path, body=body, headers=self._headers)
        answer = self._connection.getresponse()
        page = answer.read().decode()
        _before, alert, said = page.partition('role="alert"')
        if answer.status != 200 or alert:
            raise RuntimeError(f"{path} answered {answer.status} to {body[:60]}: {said[:400]}")
        return page, answer
