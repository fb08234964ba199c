"""The macros and the scripts of the live traffic: complete in eleven languages, short, and refused when they are not."""

import re
import shutil
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from vigil.demo.world.loader import HERE, WorldError, load_world
from vigil.demo.world.schema import LANGUAGES, Macro, Script
from vigil.safety.links.judging import Official, judge_link
from vigil.safety.replies.judging import judge_reply

WORLD = load_world()
LONGEST_TEXT = 520
LONGEST_TITLE = 60
LONGEST_BUBBLE = 240
HALF_WIDTH_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff])[,;:?!](?=[\u4e00-\u9fff])")


def _copy_with(folder: Path, name: str, before: str, after: str) -> Path:
    """Copy the world and change the first such spot of one file."""
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_macro_would_be_stopped_at_the_desk(language: str) -> None:
    official = Official("Brand", frozenset({"brand.example"}), ("brand",))
    texts = [macro.texts[language] for macro in WORLD.macros]
    stopped = [
        verdict
        for text in texts
        for verdict in judge_reply(text, language, partial(judge_link, official=official))
        if verdict.action == "block"
    ]
    assert stopped == []


def test_there_are_twenty_macros_in_eleven_languages() -> None:
    assert len(WORLD.macros) == 20
    assert all(set(macro.texts) == set(macro.titles) == set(LANGUAGES) for macro in WORLD.macros)


@pytest.mark.parametrize("macro", WORLD.macros, ids=lambda macro: macro.key)
def test_a_macro_is_short_and_its_title_fits_a_list(macro: Macro) -> None:
    assert max(map(len, macro.texts.values())) <= LONGEST_TEXT
    assert max(map(len, macro.titles.values())) <= LONGEST_TITLE


@pytest.mark.parametrize("macro", WORLD.macros, ids=lambda macro: macro.key)
def test_no_two_languages_say_a_macro_in_the_same_words(macro: Macro) -> None:
    assert len(set(macro.texts.values())) == len(LANGUAGES)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "ja"])
def test_macros_use_full_width_marks_between_han_characters(language: str) -> None:
    assert not [macro.key for macro in WORLD.macros if HALF_WIDTH_BETWEEN_HAN.search(macro.texts[language])]


def test_a_title_missing_in_one_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="greet is not written in exactly the eleven languages"):
        load_world(_copy_with(tmp_path / "world", "macros.toml", 'tr = "Karşılama"\n', ""))


def test_a_variable_that_one_language_forgot_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="does not use exactly its variables"):
        load_world(_copy_with(tmp_path / "world", "macros.toml", "Merhaba {{customer.name}}", "Merhaba"))


def test_a_macro_of_a_team_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="'moon', which does not exist"):
        load_world(_copy_with(tmp_path / "world", "macros.toml", 'key = "greet"\n', 'key = "greet"\nteam = "moon"\n'))


def test_every_language_has_eight_scripts_on_eight_topics() -> None:
    assert Counter(script.language for script in WORLD.scripts) == dict.fromkeys(LANGUAGES, 8)
    assert len({(script.language, script.topic) for script in WORLD.scripts}) == len(WORLD.scripts)


@pytest.mark.parametrize("script", WORLD.scripts, ids=lambda script: script.key)
def test_a_customer_of_the_live_traffic_types_short_bubbles(script: Script) -> None:
    assert max(map(len, (*script.opening, *script.follow_ups, script.thanks))) <= LONGEST_BUBBLE


def test_a_script_in_another_language_s_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="stands in another language's file"):
        load_world(_copy_with(tmp_path / "world", "traffic/tr.toml", 'language = "tr"', 'language = "vi"'))


def test_a_script_with_nothing_to_go_on_with_is_refused(tmp_path: Path) -> None:
    script = re.search(r"follow_ups = \[.*?\]\n", (HERE / "traffic" / "tr.toml").read_text(encoding="utf-8"), re.DOTALL)
    assert script is not None
    with pytest.raises(WorldError, match="lacks a beginning or its three to five lines"):
        load_world(_copy_with(tmp_path / "world", "traffic/tr.toml", script.group(0), 'follow_ups = ["ok"]\n'))
