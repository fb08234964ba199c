"""Settings as people write them, and the one spelling in which they are kept."""

import pytest

from vigil.kernel.environment import BadSetting, env_hosts, env_networks, env_origin


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://support.example", "https://support.example"),
        ("https://support.example/", "https://support.example"),
        ("https://Support.Example:443", "https://support.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("", "http://default"),
    ],
)
def test_an_address_is_kept_as_browsers_write_an_origin(monkeypatch: pytest.MonkeyPatch, written: str, kept: str) -> None:
    monkeypatch.setenv("HERE", written)
    assert env_origin("HERE", "http://default") == kept


@pytest.mark.parametrize(
    "written",
    [
        "notaurl",
        "support.example",
        "ftp://support.example",
        "https://",
        "https://support example",
        "https://b\u00fccher.example",
        "https://support.example/desk",
        "https://support.example?a",
        "https://support.example:99999",
        "https://hush@support.example",
    ],
)
def test_what_is_no_address_is_refused_by_name_and_not_quoted(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("HERE", written)
    with pytest.raises(BadSetting, match=r"^HERE takes an address") as refused:
        env_origin("HERE", "")
    assert "hush" not in str(refused.value)


def test_hosts_are_names_without_scheme_and_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", "support.example, *, .example, 127.0.0.1, [::1]")
    assert env_hosts("HOSTS", ()) == ("support.example", "*", ".example", "127.0.0.1", "[::1]")
    for wrong in ("https://support.example", "support.example:8000", "a b", "support.example/desk", "::1"):
        monkeypatch.setenv("HOSTS", wrong)
        with pytest.raises(BadSetting, match=r"^HOSTS takes host names"):
            env_hosts("HOSTS", ())


def test_networks_are_addresses_and_first_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETS", "10.0.0.4,10.1.0.0/16,fd00::/8")
    assert env_networks("NETS") == ("10.0.0.4", "10.1.0.0/16", "fd00::/8")
    for wrong in ("hello", "*", "10.0.0.1/8", "10.0.0"):
        monkeypatch.setenv("NETS", wrong)
        with pytest.raises(BadSetting, match=r"^NETS takes addresses and networks"):
            env_networks("NETS")
