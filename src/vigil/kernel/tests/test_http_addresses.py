import re

import pytest

from vigil.kernel.http.addresses import is_name_inside, is_odd_spelling, is_public
from vigil.kernel.http.errors import OutboundRefused
from vigil.kernel.http.targets import AllowList, Target, parse_url

NOTHING = AllowList()


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "192.0.1.1", "2606:4700::1111", "2a00:1450::1"],
)
def test_a_machine_on_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("0.0.0.0", id="this host"),  # noqa: S104 - an address to refuse; nothing is bound
        pytest.param("0.1.2.3", id="this network"),
        pytest.param("10.0.0.1", id="private 10"),
        pytest.param("100.64.0.1", id="carrier's NAT, first"),
        pytest.param("100.127.255.255", id="carrier's NAT, last"),
        pytest.param("127.0.0.1", id="loopback"),
        pytest.param("127.255.255.254", id="loopback, far end"),
        pytest.param("168.63.129.16", id="Azure's inside"),
        pytest.param("169.254.169.254", id="cloud metadata"),
        pytest.param("172.16.0.1", id="private 172, first"),
        pytest.param("172.31.255.255", id="private 172, last"),
        pytest.param("192.0.0.192", id="protocol assignments"),
        pytest.param("192.0.2.1", id="documentation 1"),
        pytest.param("192.88.99.1", id="6to4 relay"),
        pytest.param("192.168.1.1", id="private 192"),
        pytest.param("198.18.0.1", id="benchmarks"),
        pytest.param("198.51.100.7", id="documentation 2"),
        pytest.param("203.0.113.9", id="documentation 3"),
        pytest.param("224.0.0.1", id="multicast"),
        pytest.param("240.0.0.1", id="reserved"),
        pytest.param("255.255.255.255", id="broadcast"),
        pytest.param("::", id="v6 nowhere"),
        pytest.param("::1", id="v6 loopback"),
        pytest.param("::ffff:8.8.8.8", id="v4 mapped"),
        pytest.param("::ffff:127.0.0.1", id="v4 loopback mapped"),
        pytest.param("::8.8.8.8", id="v4 compatible"),
        pytest.param("64:ff9b::8.8.8.8", id="NAT64"),
        pytest.param("64:ff9b:1::1", id="local NAT64"),
        pytest.param("100::1", id="discard"),
        pytest.param("2001::1", id="Teredo"),
        pytest.param("2001:2::1", id="v6 benchmarks"),
        pytest.param("2001:db8::1", id="v6 documentation"),
        pytest.param("2002:7f00:1::", id="6to4"),
        pytest.param("2002:a00:1::", id="6to4 of a private network"),
        pytest.param("2002:a9fe:a9fe::", id="6to4 of a cloud's own"),
        pytest.param("2002:808:808::", id="6to4 of anybody"),
        pytest.param("3fff::1", id="v6 documentation, new"),
        pytest.param("fc00::1", id="unique local"),
        pytest.param("fd12::1", id="unique local, drawn"),
        pytest.param("fe80::1", id="v6 link-local"),
        pytest.param("fe80::1%eth0", id="v6 link-local with zone"),
        pytest.param("2606:4700::1111%eth0", id="public with zone"),
        pytest.param("fec0::1", id="site-local"),
        pytest.param("ff02::1", id="v6 multicast"),
        pytest.param("0x7f.1", id="not an address"),
        pytest.param("example.com", id="a name"),
        pytest.param("", id="nothing"),
    ],
)
def test_v47_an_address_that_is_not_on_the_internet_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "name",
    [
        "localhost",
        "localhost.",
        "LOCALHOST",
        "a.localhost",
        "db",
        "metadata.google.internal",
        "metadata.google.internal.",
        "nas.local",
        "x.home.arpa",
    ],
)
def test_v47_a_name_that_can_only_be_near_us_is_inside(name: str) -> None:
    assert is_name_inside(name)


@pytest.mark.parametrize("name", ["example.com", "local.example.com", "internal.io", "mylocal.net"])
def test_an_ordinary_name_is_not_inside(name: str) -> None:
    assert not is_name_inside(name)


@pytest.mark.parametrize(
    "host", ["0x7f.1", "2130706433", "0177.0.0.1", "127.1", "0x7f000001", "127.0.0.1.", "1.2.3.4.5", "a.0x", "08.8.8.8"]
)
def test_v47_an_odd_spelling_of_an_address_is_recognised(host: str) -> None:
    assert is_odd_spelling(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "example.com", "1.example.com", "::1", "0x.example"])
def test_a_plain_host_is_no_odd_spelling(host: str) -> None:
    assert not is_odd_spelling(host)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "scheme"),
        ("hooks.example.com/x", "scheme"),
        ("ftp://example.com/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://example.com/", "scheme"),
        ("http:///x", "url"),
        ("http://user@example.com/", "userinfo"),
        ("http://user:pass@example.com/", "userinfo"),
        ("http://@example.com/", "userinfo"),
        ("http://example.com@10.0.0.1/", "userinfo"),
        ("http://example.com:22/", "port"),
        ("https://example.com:8443/", "port"),
        ("http://example.com:99999/", "port"),
        ("http://127.0.0.1/", "address_inside"),
        ("http://169.254.169.254/latest/meta-data", "address_inside"),
        ("http://[::1]/", "address_inside"),
        ("http://[::ffff:127.0.0.1]/", "address_inside"),
        ("http://[64:ff9b::7f00:1]/", "address_inside"),
        ("http://0x7f.1/", "address_spelling"),
        ("http://2130706433/", "address_spelling"),
        ("http://0177.0.0.1/", "url"),
        ("http://127.1/", "address_spelling"),
        ("http://127.0.0.1./", "address_spelling"),
        ("http://localhost/", "name_inside"),
        ("http://LOCALHOST/", "name_inside"),
        ("http://metadata.google.internal/", "name_inside"),
        ("http://database/", "name_inside"),
        ("http://exa mple.com/", "url"),
        ("http://example.com\\@10.0.0.1/", "url"),
        ("http://example.com/\r\nHost: evil", "url"),
        ("http://example.com/\u2028x", "url"),
        ("http://example.com/" + "a" * 3000, "url"),
        ("http://１２７.0.0.1/", "url"),
        ("http://ⓛocalhost/", "url"),
        ("http://exa%6dple.com/", "url"),
        ("http://[::1%25lo]/", "address_inside"),
        ("http://[::1/", "url"),
    ],
)
def test_v47_a_url_that_leads_inside_or_is_not_plain_is_refused_before_any_lookup(url: str, reason: str) -> None:
    with pytest.raises(OutboundRefused) as refused:
        parse_url(url, NOTHING)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.com", Target("https", "example.com", 443, "/")),
        ("HTTP://Example.COM/a?b=c#d", Target("http", "example.com", 80, "/a?b=c")),
        ("https://bücher.example/ü", Target("https", "xn--bcher-kva.example", 443, "/%C3%BC")),
        ("https://8.8.8.8/", Target("https", "8.8.8.8", 443, "/")),
    ],
)
def test_a_plain_url_is_read_into_its_canonical_spelling(url: str, target: Target) -> None:
    assert parse_url(url, NOTHING) == target


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("10.0.0.0/8", "http://10.1.2.3/"),
        ("127.0.0.1:8025", "http://127.0.0.1:8025/"),
        ("[fd00::5]:8443", "https://[fd00::5]:8443/"),
        ("[fd00::5]", "https://[fd00::5]/"),
        ("fd00::/8", "https://[fd00::5]/"),
        ("exchange.internal", "http://exchange.internal/"),
        ("Exchange.Internal:8080", "http://exchange.internal:8080/"),
    ],
)
def test_what_the_operator_opened_is_reached(entry: str, url: str) -> None:
    assert parse_url(url, AllowList.parse([entry]))


@pytest.mark.parametrize(
    "entry", ["10.0.0.1/8", "hello world", "http://exchange.internal", "*.internal", "10.0.0.1:0", "10.0.0.1:99999", "10.1"]
)
def test_what_could_open_nothing_is_no_entry(entry: str) -> None:
    with pytest.raises(ValueError, match=re.escape(entry)):
        AllowList.parse(["exchange.internal", entry])


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("127.0.0.1:8025", "http://127.0.0.1/"),
        ("127.0.0.1:8025", "http://127.0.0.2:8025/"),
        ("127.0.0.1:8025", "http://8.8.8.8:8025/"),
        ("10.0.0.0/8", "http://127.0.0.1/"),
        ("10.0.0.0/8", "http://10.1.2.3:22/"),
        ("10.0.0.0/8,127.0.0.1:22", "http://10.1.2.3:22/"),
        ("exchange.internal,127.0.0.1:22", "http://exchange.internal:22/"),
        ("exchange.internal", "http://other.internal/"),
        ("exchange.internal", "http://sub.exchange.internal/"),
    ],
)
def test_an_opening_reaches_no_further_than_it_says(entry: str, url: str) -> None:
    with pytest.raises(OutboundRefused):
        parse_url(url, AllowList.parse(entry.split(",")))
