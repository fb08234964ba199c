"""Which language a reader means, however the wish is spelled."""

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from vigil.languages.table import (
    ELEVEN,
    LANGUAGES,
    PSEUDO_LANGUAGES,
    find_language,
    get_language,
    list_languages,
    negotiate,
)


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-hans", "zh-Hans"),
        ("zh_Hans_CN", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh_TW", "zh-Hant"),
        ("zh_TW.UTF-8", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-Hant-MY", "zh-Hant"),
        ("ZH-HANT", "zh-Hant"),
        ("yue", "zh-Hant"),
        ("pt-BR", "pt"),
        ("pt-PT", "pt"),
        ("es-419", "es"),
        ("in-ID", "id"),
        ("id", "id"),
        ("ru-RU", "ru"),
        ("ja-JP-u-ca-japanese", "ja"),
        (" ko ", "ko"),
        ("ca@valencia", None),
        ("de", None),
        ("", None),
        ("*", None),
        ("x", None),
        ("zh-CN; DROP TABLE", None),
        ("en" * 100, None),
        ("ー", None),
    ],
)
def test_a_language_is_found_in_every_spelling(spelling: str, code: str | None) -> None:
    found = find_language(spelling)
    assert (found.code if found else None) == code


def test_only_the_exact_code_gets_a_language() -> None:
    assert get_language("zh-Hans").own_name == "简体中文"
    with pytest.raises(KeyError):
        get_language("zh-CN")


def test_there_are_eleven_languages_and_django_knows_them_by_its_own_codes() -> None:
    assert len(ELEVEN) == 11
    assert LANGUAGES[1] == ("zh-hans", "简体中文")
    assert [each.locale_folder for each in ELEVEN][:3] == ["en", "zh_Hans", "zh_Hant"]


@override_settings(LANGUAGES=[*LANGUAGES])
def test_pseudo_locales_do_not_exist_where_settings_do_not_list_them() -> None:
    assert find_language("en-XA") == get_language("en")
    assert find_language("ar-XB") is None
    assert len(list_languages()) == 11


@override_settings(LANGUAGES=[*LANGUAGES, *PSEUDO_LANGUAGES])
def test_pseudo_locales_exist_where_settings_list_them() -> None:
    assert get_language("en-XA").locale_folder == "en_XA"
    assert get_language("ar-XB").direction == "rtl"
    assert len(list_languages()) == 13


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", "ru"),
        ("de-DE,de;q=0.9,tr;q=0.5,en;q=0.4", "tr"),
        ("en;q=0.3, ja;q=0.8", "ja"),
        ("zh-TW, zh;q=0.9", "zh-Hant"),
        ("fr, ko;q=0, en;q=0.1", "en"),
        ("ja;q=0.5, ko;q=0.5", "ja"),
        ("ko ; q = 0.7", "ko"),
        ("*", "en"),
        ("", "en"),
        ("ru;q=nan, ja;q=inf, ko;q=-1, vi;q=1e9, tr;q=0.2", "tr"),
        (";;;,,,=q", "en"),
        ("x" * 100_000 + ",ru", "en"),
        ("de," * 50_000 + "ru", "en"),
    ],
)
def test_the_best_wish_of_a_header_wins_and_a_hostile_one_costs_nothing(header: str, code: str) -> None:
    assert negotiate(header) == code


@given(st.text(max_size=700))
def test_no_header_raises(header: str) -> None:
    assert negotiate(header) in {each.code for each in list_languages()}
