"""A real installation's first day: prepared, met by a customer, and its first agent let in, without any demo."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.faults import wire
from tests.houses import House, drop_database, make_database

HOST = "support.example"


@pytest.fixture
def real_house(tmp_path: Path) -> Iterator[House]:
    """A production with nothing in it; only what its operator has to give is given."""
    house = House(var=tmp_path, database_url=make_database())
    house.settings = {
        "VIGIL_MODE": "production",
        "VIGIL_SECRET_KEY": "5k0Wq9yTzR7uVb2XmJ4cLd8NfHs1GpAe",
        "VIGIL_BASE_URL": f"https://{HOST}",
        "VIGIL_SMTP_URL": "smtps://127.0.0.1:1",
        "VIGIL_ALLOWED_HOSTS": "",
        "VIGIL_FAULTS": "",
        "VIGIL_PSEUDO_LOCALES": "",
    }
    yield house
    house.stop()
    drop_database(house.database_url)


async def _begin(house: House) -> wire.Answer:
    async def post(path: str, body: dict[str, Any], **more: str) -> wire.Answer:
        return await wire.ask(house.port, "POST", path, body, headers={"origin": f"https://{HOST}", **more}, host=HOST)

    arrived = await post("/widget/api/session", {"site": "site_demo", "language": "ja", "zone": "Asia/Tokyo"})
    assert arrived.status in {200, 201}, arrived
    words = {"key": str(uuid4()), "text": "Good morning", "language": "ja"}
    return await post("/widget/api/conversations", words, authorization=f"Bearer {arrived.json()['live']}")


def test_before_it_is_prepared_every_command_says_so_in_a_sentence(real_house: House) -> None:
    for words in (["agents"], ["agents", "off", "noor@vigil.example"], ["verify-audit"], ["dead-letters"]):
        ended = real_house.type_in(*words)
        assert ended.returncode == 1, words
        assert ended.stderr == "vigil: the database is not prepared for this version; run `vigil prepare`\n", words


def test_an_anchor_that_is_none_is_a_sentence(real_house: House) -> None:
    for anchor in ("nonsense", "5:abc", f"{'9' * 5000}:{'0' * 64}"):
        ended = real_house.type_in("verify-audit", anchor)
        assert (ended.returncode, ended.stderr.count("\n")) == (2, 1), ended.stderr
        assert "is no anchor; one is NUMBER:HASH" in ended.stderr
    assert "NUMBER:HASH" in real_house.type_in("verify-audit", "--help").stdout


def test_a_real_installation_is_prepared_hires_and_hears_its_first_customer(real_house: House) -> None:
    prepared = real_house.type_in("prepare")
    assert prepared.returncode == 0, prepared.stderr
    assert "21 queues ready" in prepared.stdout
    assert "nobody works here yet" in prepared.stdout
    assert "WRONG  people: nobody works here yet\n         run `vigil agents hire " in real_house.asks_the_doctor().stdout
    real_house.start()
    begun = asyncio.run(_begin(real_house))
    assert begun.status == 201, begun
    hired = real_house.type_in("agents", "hire", "yuki@support.example", "Yuki Tan", "--team", "apac", "--language", "ja")
    link = re.search(rf"^  (https://{HOST}/\S+)$", hired.stdout, re.MULTILINE)
    assert link is not None, hired.stdout + hired.stderr
    page = asyncio.run(wire.ask(real_house.port, "GET", urlsplit(link[1]).path, host=HOST))
    assert page.status == 200, page
    assert real_house.type_in("agents").stdout.startswith("yuki@support.example")
    assert "well   people" in real_house.asks_the_doctor().stdout
    assert real_house.type_in("verify-audit").stdout.startswith("1 record, unbroken")
