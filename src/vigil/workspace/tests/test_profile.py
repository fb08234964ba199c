"""The brand's profile: what it tells, and every way in which a file is refused by name."""

from datetime import timedelta
from pathlib import Path

import pytest

from vigil.workspace.profile import BadProfile, Profile, read_profile

HOME = "https://support.example"
SOUND = """
[brand]
name = "Example"
hue = 200
number_prefix = "EX"
languages = ["en", "ko"]
default_language = "en"

[promises.chat]
first_answer_minutes = 3
next_answer_minutes = 5
[promises.ticket]
first_answer_minutes = 600
next_answer_minutes = 300

[intake]
default_queue = "general"
[intake.queues]
ko = "asia"

[personal]
masks_uid = false
usual_reveals = 30

[reading]
usual_an_hour = 60
most_an_hour = 240

[[teams]]
key = "day"
name = "Day"
queues = [{key = "general", name = "General"}, {key = "asia", name = "Asia"}]

[[sites]]
key = "site_one"
name = "One"
origins = ["self", "https://www.example"]
"""


def read(path: Path, text: str) -> Profile:
    (path / "profile.toml").write_text(text, encoding="utf-8")
    return read_profile(path / "profile.toml", own_origin=HOME)


def test_a_sound_profile_is_read(tmp_path: Path) -> None:
    profile = read(tmp_path, SOUND)
    assert (profile.name, profile.hue, profile.languages) == ("Example", 200, ("en", "ko"))
    assert profile.sites[0].origins == (HOME, "https://www.example")


def test_each_channel_has_its_promise_and_an_unknown_one_the_slowest(tmp_path: Path) -> None:
    profile = read(tmp_path, SOUND)
    assert profile.promise_for("chat").first_answer == timedelta(minutes=3)
    assert profile.promise_for("chat").next_answer == timedelta(minutes=5)
    assert profile.promise_for("pigeon") == profile.promise_for("ticket")


def test_each_language_waits_in_its_queue_and_others_in_the_general_one(tmp_path: Path) -> None:
    profile = read(tmp_path, SOUND)
    assert [profile.queue_for(language) for language in ("ko", "en", "xx")] == ["asia", "general", "general"]


def test_a_site_is_found_by_its_key_alone(tmp_path: Path) -> None:
    profile = read(tmp_path, SOUND)
    found = profile.find_site("site_one")
    assert found is not None
    assert found.name == "One"
    assert profile.find_site("SITE_ONE") is None


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("[brand]", "[brand", "Expected"),
        ("[intake]", "[mood]\nis = 1\n[intake]", r"\[the file\] takes exactly"),
        ("hue = 200\n", "", r"\[brand\] takes exactly"),
        ("hue = 200", "hue = 200\nshade = 2", r"\[brand\] takes exactly.*shade"),
        ("hue = 200", "hue = 361", "brand.hue takes a whole number from 0 to 360"),
        ("hue = 200", "hue = true", "brand.hue takes a whole number"),
        ('name = "Example"', "name = 7", "brand.name takes a text"),
        ('name = "Example"', 'name = ""', "brand.name takes a text"),
        ('["en", "ko"]', '"en"', "brand.languages takes a list"),
        ('["en", "ko"]', '["en", 5]', "brand.languages takes a text"),
        ('default_language = "en"', 'default_language = "ru"', "brand.default_language takes one of"),
        ("first_answer_minutes = 3\n", "", r"\[promises.chat\] takes exactly"),
        ("first_answer_minutes = 3\n", 'first_answer_minutes = "3"\n', "promises.chat.first_answer_minutes takes a whole number"),
        ("first_answer_minutes = 3\n", "first_answer_minutes = 0\n", "promises.chat.first_answer_minutes takes a whole number"),
        ('default_queue = "general"', "default_queue = 1", "intake.default_queue takes a text"),
        ('ko = "asia"', "ko = 1", "intake.queues.ko takes a text"),
        ('[intake.queues]\nko = "asia"', "queues = 3", r"\[intake.queues\] is a section"),
        ('ko = "asia"', 'ko = "africa"', r"\[intake\] names africa; no team in \[\[teams\]\] has such a queue"),
        ('key = "day"', 'key = "The Day"', "teams.key takes small letters, digits and hyphens"),
        ('name = "Day"', f'name = "{"D" * 81}"', "teams.name takes at most 80 letters"),
        ('{key = "asia", name = "Asia"}', '{key = "general", name = "Asia"}', r"\[\[teams\]\] has a key twice"),
        ('{key = "asia", name = "Asia"}', '{key = "asia"}', r"\[teams.queues\] takes exactly"),
        ('queues = [{key = "general", name = "General"}, {key = "asia", name = "Asia"}]', "queues = []", "teams.queues takes a list"),
        ("[[teams]]", "[teams]", r"\[\[teams\]\] names no team"),
        ('["self", "https://www.example"]', "[]", "sites.origins takes a list"),
        ('key = "site_one"\n', "", r"\[sites\] takes exactly"),
        ("[[sites]]", "[sites]", r"\[\[sites\]\] names no page"),
    ],
)
def test_a_careless_edit_is_refused_by_name(tmp_path: Path, before: str, after: str, complaint: str) -> None:
    assert before in SOUND
    with pytest.raises(BadProfile, match=complaint) as refused:
        read(tmp_path, SOUND.replace(before, after, 1))
    assert "profile.toml" in str(refused.value)


def test_no_promise_at_all_is_refused(tmp_path: Path) -> None:
    head, _, rest = SOUND.partition("[promises.chat]")
    with pytest.raises(BadProfile, match=r"\[promises\] is empty"):
        read(tmp_path, f"{head}[promises]\n[intake]{rest.partition('[intake]')[2]}")


def test_a_key_that_two_sites_share_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadProfile, match="a key twice"):
        read(tmp_path, SOUND + SOUND[SOUND.index("[[sites]]") :])


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadProfile, match="No such file"):
        read_profile(tmp_path / "nowhere.toml", own_origin=HOME)
    (tmp_path / "odd.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadProfile, match=r"odd\.toml"):
        read_profile(tmp_path / "odd.toml", own_origin=HOME)


def test_the_profile_we_ship_is_sound() -> None:
    shipped = Path(__file__).parents[1] / "profiles"
    for path in shipped.glob("*.toml"):
        assert read_profile(path, own_origin=HOME).promises


@pytest.mark.parametrize(
    ("shape", "why"),
    [
        ('begins = "m"\nletters = "hex"\nleast = 16\nmost = 32', "begins takes 2 to 16"),
        ('begins = "mx0"\nletters = "any"\nleast = 16\nmost = 32', "letters takes one of"),
        ('begins = "mx0"\nletters = "hex"\nleast = 33\nmost = 32', "the smaller first"),
        ('begins = "mx0"\nletters = "hex"\nleast = 16', "takes exactly"),
    ],
)
def test_a_shape_of_access_keys_that_says_too_little_is_refused_by_name(tmp_path: Path, shape: str, why: str) -> None:
    with pytest.raises(BadProfile, match=why):
        read(tmp_path, f"{SOUND}\n[[access_keys]]\n{shape}\n")
