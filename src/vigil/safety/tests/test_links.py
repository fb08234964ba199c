"""Where a link leads, judged by its name: what is ours, what pretends to be, and what nobody can know."""

import time

import pytest

from vigil.safety.links.brands import brands, lures
from vigil.safety.links.hosts import NoHost, read_host
from vigil.safety.links.judging import REASONS, Official, judge_link
from vigil.safety.links.nearness import slips

OURS = Official("Zentrix", frozenset({"zentrix.com", "zen.tr"}), ("zentrix",))
SHORT = Official("Mexo", frozenset({"mexo.com"}), ("mexo",))


@pytest.mark.parametrize(
    "url",
    [
        "zentrix.com",
        "https://www.zentrix.com/support?x=1#y",
        "HTTPS://ZENTRIX.COM:443",
        "hxxps://zentrix[.]com/",
        "ｚｅｎｔｒｉｘ。ｃｏｍ",
        "help.zen.tr.",
        "https:\\\\zentrix.com\\a",
        "https://binance.com@zentrix.com/",
    ],
)
def test_what_a_browser_would_open_as_ours_is_official(url: str) -> None:
    assert judge_link(url, OURS).verdict == "official"


@pytest.mark.parametrize(
    ("url", "imitates", "reason", "verdict"),
    [
        ("zentrix.vip", "Zentrix", "other_suffix", "suspicious"),
        ("zentrix-support.com", "Zentrix", "brand_inside", "suspicious"),
        ("loginzentrix.com", "Zentrix", "brand_inside", "suspicious"),
        ("zentrlx.com", "Zentrix", "look_alike", "fraud"),
        ("zentrrix.com", "Zentrix", "near", "fraud"),
        ("zenttix.com", "Zentrix", "near", "fraud"),
        ("zеntrix.com", "Zentrix", "confusable", "fraud"),
        ("xn--zntrix-bva.com", "Zentrix", "confusable", "fraud"),
        ("zentrix.com.verify-login.xyz", "Zentrix", "domain_inside", "fraud"),
        ("zentrix.com-account.ru", "Zentrix", "domain_inside", "fraud"),
        ("zentrix.pages.dev", "Zentrix", "other_suffix", "suspicious"),
        ("zentrix.secure-pay.xyz", "Zentrix", "in_subdomain", "suspicious"),
        ("https://zentrix.com@evil.example/", "Zentrix", "userinfo", "fraud"),
        ("zentrix.com\u200b.evil.ru", "Zentrix", "domain_inside", "fraud"),
        ("binnance-airdrop.com", "Binance", "near", "suspicious"),
        ("c0inbase-help.net", "Coinbase", "look_alike", "suspicious"),
        ("okx-bonus.live", "OKX", "brand_inside", "suspicious"),
        ("0kx-wallet.com", "OKX", "look_alike", "suspicious"),
        ("kucoin.cricket", "KuCoin", "other_suffix", "suspicious"),
        ("gemini-giveaway.blogspot.com", "Gemini", "brand_inside", "suspicious"),
    ],
)
def test_who_is_imitated_is_named_with_the_reason(url: str, imitates: str, reason: str, verdict: str) -> None:
    judged = judge_link(url, OURS)
    assert (judged.imitates, judged.verdict) == (imitates, verdict)
    assert reason in judged.reasons
    assert set(judged.reasons) <= set(REASONS)


@pytest.mark.parametrize(
    "url",
    ["example.org", "zent.com", "index.com", "gemini.google.com", "capgemini.com", "budget.com", "stormexchange.io", "babybitten.org"],
)
def test_a_name_that_only_shares_letters_is_unknown_and_never_called_safe(url: str) -> None:
    assert judge_link(url, OURS) == judge_link(url, SHORT)
    assert (judge_link(url, OURS).verdict, judge_link(url, OURS).imitates) == ("unknown", None)


@pytest.mark.parametrize(("url", "is_near"), [("mxeo.com", True), ("mexxo.com", True), ("mexa-login.com", True), ("mexa.com", False)])
def test_a_slip_in_a_name_of_four_letters_counts_where_it_can_be_no_word(url: str, is_near: bool) -> None:
    assert ("near" in judge_link(url, SHORT).reasons) == is_near


@pytest.mark.parametrize(
    ("url", "reason", "verdict"),
    [
        ("http://127.0.0.1/", "number", "suspicious"),
        ("http://0x7f.1/", "encoded", "suspicious"),
        ("http://2130706433", "number", "suspicious"),
        ("http://[::1]:80/", "number", "suspicious"),
        ("https://user@example.org", "userinfo", "suspicious"),
        ("bit.ly/abc", "shortener", "unknown"),
        ("https://binance.com/en", "site_of", "unknown"),
        ("https://sites.google.com/view/x", "platform", "unknown"),
        ("xn--bcher-kva.example", "punycode", "unknown"),
    ],
)
def test_a_host_without_a_likeness_is_told_with_what_it_is(url: str, reason: str, verdict: str) -> None:
    judged = judge_link(url, OURS)
    assert (judged.verdict, judged.imitates) == (verdict, None)
    assert reason in judged.reasons


@pytest.mark.parametrize("url", ["", "not a host", "http://", "localhost", "javascript:alert(1)", "a" * 300 + ".com", "http://999.1.1.1"])
def test_what_no_browser_could_open_has_no_host(url: str) -> None:
    assert judge_link(url, OURS).reasons == ("no_host",)
    with pytest.raises(NoHost):
        read_host(url)


def test_a_host_is_read_in_its_parts() -> None:
    host = read_host("https://a.b.example.co.uk/x")
    assert (host.before, host.name, host.suffix, host.registrable) == (("a", "b"), "example", "co.uk", "example.co.uk")
    assert read_host("x.pages.dev").platform == "pages.dev"


def test_slips_are_counted_up_to_the_most_that_is_asked() -> None:
    assert [slips("kraken", other, 2) for other in ("kraken", "krakne", "karken", "krakens", "raken", "kaken0", "other")] == [
        0,
        1,
        1,
        1,
        1,
        2,
        3,
    ]


def test_nobodys_own_domain_is_taken_for_an_imitation() -> None:
    wrong = [domain for brand in brands() for domain in brand.domains if judge_link(domain, OURS).imitates]
    assert wrong == []


def test_no_url_costs_more_than_a_moment() -> None:
    hostile = [
        "login" * 12 + ".com",
        "-".join(["binance"] * 8) + ".com",
        "a." * 120 + "com",
        "http://" + "@" * 4000,
        "xn--" + "a" * 59 + ".com",
    ]
    judge_link("warm.example", OURS)
    began = time.thread_time()
    for url in hostile:
        judge_link(url, OURS)
    assert time.thread_time() - began < 0.5
    assert [lures().only("login2x" * 5), lures().only("login" * 12 + "!")] == [True, False]
