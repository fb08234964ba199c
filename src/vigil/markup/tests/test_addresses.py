"""Where a link may lead, and that nobody is led elsewhere than they read."""

import pytest

from vigil.markup.addresses import judge
from vigil.markup.tests.test_reading import html

GOOD = "https://www.mexc.com/help"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://files.example/x",
        "//evil.example/x",
        "/desk/sign-out",
        "mailto:a@mail.example",
        "https://mexc.com@evil.example/",
        "https://a:b@evil.example/",
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://mexc.com\\@evil.example/",
        "https://me\u200bxc.com/",
        "https://evil.example/\u202emoc.cxem",
        "https://evil.example:99999/",
        "https://-evil.example/",
        "https://evil..example/",
        "https://",
        "https://evil.example/" + "x" * 1000,
        "https://evil.example/⟦hidden:card⟧",
    ],
)
def test_a05_a09_an_address_nobody_should_follow_is_no_link(address: str) -> None:
    assert judge(address) is None
    for written in (f"[words]({address})", f"[words](<{address}>)", f"[words]({address} 'title')"):
        assert "words</a>" not in html(written)


def test_a_link_s_real_host_stands_behind_its_words() -> None:
    shown = html("[this page](https://help.example:8443/fees?a=1&b=2#top)")
    assert 'href="https://help.example:8443/fees?a=1&amp;b=2#top" target="_blank" rel="noopener noreferrer nofollow">this page</a>' in shown
    assert shown.endswith('</a> <span class="host">(help.example:8443)</span></p>')


@pytest.mark.parametrize(
    "words",
    [
        "mexc.com",
        "https://www.mexc.com/login",
        "go to MEXC.COM now",
        "mexc。com",
        "mexc\u2024com",
        "me\u200bxc.com",
        "mехс.com",
        "ｍｅｘｃ．ｃｏｍ",
        "",
        " ",
        "\u200b",
    ],
)
def test_a09_words_that_name_another_place_give_way_to_the_address(words: str) -> None:
    shown = html(f"[{words}](https://evil.example/x)")
    assert ">https://evil.example/x</a>" in shown
    assert "mexc" not in shown.lower()


@pytest.mark.parametrize("words", ["mexc.com", "www.mexc.com", "our page", "帮助中心", "**help**"])
def test_words_that_name_the_place_or_none_stay(words: str) -> None:
    assert f"{html(words)[3:-4] if '*' in words else words}</a>" in html(f"[{words}]({GOOD})")


def test_a09_a_name_in_other_letters_is_shown_as_the_network_knows_it() -> None:
    shown = html("[our page](https://mехс.com/x)")
    assert 'href="https://xn--' in shown
    assert "mехс" not in shown


@pytest.mark.parametrize(
    ("written", "linked"),
    [
        ("see https://mexc.com/a_b/_x_.", "https://mexc.com/a_b/_x"),
        ("(https://mexc.com/a(b))", "https://mexc.com/a(b)"),
        ("请看https://mexc.com/fee。谢谢", "https://mexc.com/fee"),
        ("**https://mexc.com/x**", "https://mexc.com/x"),
        ("https://mexc.com/a?b=c&d=e, and", "https://mexc.com/a?b=c&amp;d=e"),
    ],
)
def test_a_bare_address_is_a_link_to_itself(written: str, linked: str) -> None:
    assert f'<a href="{linked}"' in html(written)


@pytest.mark.parametrize(
    "written", ["https://mexc.com@evil.example/x", "https://mexc.coм", "xhttps://mexc.com", "https://user:x@evil.example"]
)
def test_a09_a_bare_address_that_would_be_cut_into_another_one_is_no_link(written: str) -> None:
    assert "<a " not in html(written)
