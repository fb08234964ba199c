"""The official channels: what the file may say, and what follows for a link."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vigil.trust.checking import check_link
from vigil.trust.registry import BadRegistry, Registry, read_registry, understand

TODAY = date(2026, 11, 1)
SITE = {"kind": "site", "value": "zentrix.com", "scope": "everything", "owner": "web", "from": date(2020, 1, 1)}
OLD = {**SITE, "value": "zentrix.net", "until": date(2024, 1, 1)}
X = {"kind": "x", "value": "@Zentrix_News", "scope": "announcements", "owner": "press", "from": date(2020, 1, 1)}
NOWHERE = {"kind": "whatsapp", "none": True, "owner": "support", "from": date(2020, 1, 1)}


def registry(*entries: dict[str, Any]) -> Registry:
    return understand({"brand": {"name": "Zentrix", "hue": 1}, "official": list(entries), "sites": []})


def told(url: str, on: date = TODAY) -> tuple[str, str | None, str]:
    judged = check_link(url, registry(SITE, OLD, X, NOWHERE), on)
    return judged.verdict, judged.imitates, judged.reasons[0] if judged.reasons else ""


def test_an_entry_counts_from_its_first_day_to_the_day_before_its_last() -> None:
    assert told("zentrix.net", date(2023, 12, 31))[0] == "official"
    assert told("zentrix.net", date(2024, 1, 1)) == ("suspicious", "Zentrix", "other_suffix")
    assert told("zentrix.com", date(2019, 12, 31))[0] != "official"


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("https://x.com/zentrix_news/status/7", ("official", None, "official")),
        ("twitter.com/@Zentrix_News", ("official", None, "official")),
        ("https://x.com/Zentrix_Support", ("suspicious", "Zentrix", "brand_inside")),
        ("https://x.com/zentr1x_news", ("suspicious", "Zentrix", "look_alike")),
        ("t.me/s/zentrix", ("suspicious", "Zentrix", "other_suffix")),
        ("wa.me/zentrix-help", ("fraud", "Zentrix", "none_there")),
        ("https://x.com/somebody", ("unknown", None, "")),
        ("https://x.com/", ("unknown", None, "")),
        ("https://example.org/zentrix_news", ("unknown", None, "")),
    ],
)
def test_an_account_is_judged_by_its_name_on_its_platform(url: str, answer: tuple[str, str | None, str]) -> None:
    assert told(url) == answer


def test_an_address_is_found_however_it_is_written() -> None:
    read = registry(SITE, X, {**X, "kind": "phone", "value": "+44 20 7946 0958"})
    assert read.find("x", "ZENTRIX_NEWS", TODAY) is read.entries[1]
    assert read.find("phone", "+44 (20) 7946-0958", TODAY) is read.entries[2]
    assert read.find("telegram", "zentrix_news", TODAY) is None
    assert read.says_none("phone", TODAY) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "pigeon"},
        {"scope": "anything"},
        {"owner": ""},
        {"from": "2020-01-01"},
        {"until": date(2019, 1, 1)},
        {"value": "https://zentrix.com/x"},
        {"value": "127.0.0.1"},
        {"value": "localhost"},
        {"note": "more"},
        {"none": True},
    ],
)
def test_an_entry_that_says_something_else_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadRegistry, match="official 1"):
        registry({**SITE, **wrong})


def test_a_channel_and_the_word_that_there_is_none_cannot_both_hold() -> None:
    with pytest.raises(BadRegistry, match="none there"):
        registry({**X, "kind": "whatsapp", "value": "447"}, NOWHERE)
    assert registry({**X, "kind": "whatsapp", "value": "447", "until": date(2021, 1, 1)}, {**NOWHERE, "from": date(2021, 1, 1)})


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_text("[brand", encoding="utf-8")
    for name in ("odd.toml", "nowhere.toml"):
        with pytest.raises(BadRegistry, match=name):
            read_registry(tmp_path / name)
    with pytest.raises(BadRegistry, match="no name"):
        understand({"official": []})


def test_the_profile_that_comes_along_has_a_registry() -> None:
    profile = Path(__file__).parents[2] / "workspace" / "profiles" / "mexc.toml"
    assert {entry.kind for entry in read_registry(profile).entries} >= {"site", "mail_domain", "telegram", "whatsapp"}
