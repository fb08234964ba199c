"""The command line and the start-up checks."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings
from procrastinate.contrib.django import app

from tests.forking import run
from vigil.config import cli, recurring
from vigil.config.address import own_url
from vigil.config.checks import production_is_safe
from vigil.config.cli import check
from vigil.config.cli.supervise import announcement, find_hindrance


def test_the_help_groups_commands_as_run_check_and_measure(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if line.endswith(":")] == ["run:", "check:", "measure:"]
    for commands in cli.GROUPS.values():
        for command in commands:
            assert command.name in said


def test_asking_a_command_for_help_does_not_run_it(capsys: pytest.CaptureFixture[str]) -> None:
    for commands in cli.GROUPS.values():
        for command in commands:
            if command.name != "demo":
                assert cli.main([command.name, "--help"]) == 0
                assert capsys.readouterr().out == f"vigil {command.name}: {command.line}\n" + (
                    f"{command.usage}\n" if command.usage else ""
                )


def test_a_command_nobody_knows_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["fly"]) == 2
    assert "'fly'" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["run", "prepare", "serve", "work", "embed", "doctor", "check-languages", "collect-languages"])
def test_what_would_go_unread_is_refused_before_anything_is_done(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([word, "--foo"]) == 2
    assert "--foo" in capsys.readouterr().err


@pytest.fixture
def production(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> LazySettings:
    """A production that nothing is wrong with."""
    settings.VIGIL_MODE = "production"
    settings.SECRET_KEY = "5k0Wq9yTzR7uVb2XmJ4cLd8NfHs1GpAe"
    settings.VIGIL_BASE_URL = "https://support.example"
    settings.ALLOWED_HOSTS = ["support.example"]
    settings.VIGIL_SMTP_URL = "smtps://relay.example"
    settings.VIGIL_SECOND_FACTOR = True
    settings.VIGIL_TRUSTED_PROXIES = ("10.0.0.4", "fd00::/8")
    settings.VIGIL_OUTBOUND_ALLOW = ("10.20.0.0/16", "exchange.internal:8443")
    settings.VIGIL_PSEUDO_LOCALES = False
    monkeypatch.setenv("VIGIL_ALLOWED_HOSTS", "support.example")
    monkeypatch.delenv("VIGIL_FAULTS", raising=False)
    return settings


def test_a72_a_sound_production_starts(production: LazySettings) -> None:
    assert production_is_safe() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 40),
        ("SECRET_KEY", "abcdefgh" * 6),
        ("VIGIL_TRUSTED_PROXIES", ("10.0.0.4", "0.0.0.0/0")),
        ("VIGIL_TRUSTED_PROXIES", ("0.0.0.0/1", "128.0.0.0/1")),
        ("VIGIL_TRUSTED_PROXIES", ("::/0",)),
        ("VIGIL_TRUSTED_PROXIES", ("::ffff:0.0.0.0/96",)),
        ("VIGIL_TRUSTED_PROXIES", ("::/64",)),
        ("VIGIL_OUTBOUND_ALLOW", ("0.0.0.0/0",)),
        ("VIGIL_OUTBOUND_ALLOW", ("exchange.internal", "[::/0]:443")),
        ("VIGIL_PSEUDO_LOCALES", True),
        ("LOGGING", {"root": {"level": "DEBUG"}}),
        ("VIGIL_BASE_URL", "http://support.example"),
        ("ALLOWED_HOSTS", ["*"]),
        ("ALLOWED_HOSTS", [".example"]),
        ("DEBUG", True),
        ("VIGIL_SMTP_URL", ""),
        ("VIGIL_SECOND_FACTOR", False),
    ],
)
def test_a72_production_names_each_unsafe_setting_and_its_remedy(production: LazySettings, name: str, value: object) -> None:
    setattr(production, name, value)
    (error,) = production_is_safe()
    assert error.hint


def test_a72_production_refuses_armed_fault_points(production: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIL_FAULTS", "x=kill@1")
    (error,) = production_is_safe()
    assert "VIGIL_FAULTS" in error.msg


def test_a72_production_without_a_secret_key_says_what_to_set(tmp_path: Path) -> None:
    environment = {**os.environ, "VIGIL_MODE": "production", "VIGIL_VAR": str(tmp_path), "VIGIL_SECRET_KEY": ""}
    ended = subprocess.run(
        [sys.executable, "-m", "vigil.config.cli", "serve"], env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "VIGIL_SECRET_KEY is missing" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a72_unsafe_settings_are_told_in_sentences_one_a_line_with_the_remedy(tmp_path: Path) -> None:
    ended = _typed(
        "prepare", VIGIL_MODE="production", VIGIL_VAR=str(tmp_path), VIGIL_SECRET_KEY="x" * 40, DATABASE_URL="postgresql://db/vigil"
    )
    first, *others = ended.stderr.splitlines()
    assert (ended.returncode, first) == (1, "vigil: nothing starts with these settings:")
    assert "  VIGIL_BASE_URL is not https. Give the address customers use." in others
    assert all(line.startswith("  VIGIL_") for line in others)


def test_a_port_that_is_no_number_is_one_sentence(tmp_path: Path) -> None:
    for word in ("run", "serve", "prepare", "dead-letters"):
        ended = _typed(word, VIGIL_PORT="abc", VIGIL_VAR=str(tmp_path))
        assert (ended.returncode, ended.stderr) == (1, "vigil: VIGIL_PORT takes a whole number, not 'abc'\n"), word


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://vigil:hush@db.example:fivefourthreetwo/vigil"),
        ("DATABASE_URL", "postgresql://vigil:hush@[db/vigil"),
        ("VIGIL_BASE_URL", "https://[support.example"),
        ("VIGIL_BASE_URL", "notaurl"),
        ("VIGIL_BASE_URL", "https://vigil:hush@support.example"),
        ("VIGIL_BASE_URL", "https://support.example/desk"),
        ("VIGIL_ALLOWED_HOSTS", "https://support.example"),
        ("VIGIL_TRUSTED_PROXIES", "hello"),
        ("VIGIL_TRUSTED_PROXIES", "*"),
        ("VIGIL_OUTBOUND_ALLOW", "10.0.0.1/8"),
        ("VIGIL_OUTBOUND_ALLOW", "hello world"),
        ("VIGIL_FAULTS", "foo"),
        ("VIGIL_FAULTS", "nosuch.place=kill"),
        ("VIGIL_MAIL_FROM", "support"),
        ("VIGIL_SMTP_URL", "vigil:hush@relay.example"),
        ("REDIS_URL", "vigil:hush@bell.example"),
        ("VIGIL_LOG_LEVEL", "LOUD"),
    ],
)
def test_nonsense_is_refused_by_name_without_its_password(tmp_path: Path, name: str, value: str) -> None:
    ended = _typed("prepare", **{"VIGIL_VAR": str(tmp_path), name: value})
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"vigil: {name} takes ")
    assert ended.stderr.count("\n") == 1
    assert "hush" not in ended.stderr


def _typed(*words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    return run(words, environment={**os.environ, **settings})


@pytest.mark.parametrize(
    ("host", "met_at"),
    [
        ("127.0.0.1", "http://127.0.0.1:8123"),
        ("127.0.0.2", "http://127.0.0.2:8123"),
        ("0.0.0.0", "http://127.0.0.1:8123"),  # noqa: S104 - nothing is bound
        ("::", "http://[::1]:8123"),
        ("::1", "http://[::1]:8123"),
        ("desk.example", "http://desk.example:8123"),
    ],
)
def test_the_server_is_met_where_it_listens(monkeypatch: pytest.MonkeyPatch, host: str, met_at: str) -> None:
    monkeypatch.setenv("VIGIL_HOST", host)
    monkeypatch.setenv("VIGIL_PORT", "8123")
    assert own_url() == met_at


@pytest.mark.parametrize(("family", "host"), [(socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1")])
def test_a_port_that_is_taken_is_noticed_at_the_address_that_is_asked_for(family: socket.AddressFamily, host: str) -> None:
    if family == socket.AF_INET6 and not _has_ipv6():
        host, family = "127.0.0.3", socket.AF_INET  # a machine without IPv6 tries one more address of its own
    with socket.socket(family) as other:
        other.bind((host, 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"Port {port} is taken" in str(find_hindrance(host, port))
    assert find_hindrance(host, port) is None


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def test_an_address_of_another_machine_is_named() -> None:
    assert "VIGIL_HOST" in str(find_hindrance("192.0.2.1", 8000))


@pytest.mark.parametrize(("words", "code"), [(["retry", "999999"], 1), (["retry", "abc"], 2), (["again"], 2)])
def test_a_dead_letter_that_is_none_is_one_sentence(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], code: int
) -> None:
    monkeypatch.setattr(check, "set_up", lambda: None)
    assert cli.main(["dead-letters", *words]) == code
    assert capsys.readouterr().err.count("\n") == 1


def test_everything_by_the_clock_stands_on_one_page() -> None:
    known = {entry.task.name for entry in app.periodic_registry.periodic_tasks.values()}
    page = Path(recurring.__file__).read_text(encoding="utf-8")
    assert known >= {"team.clear_tries", "kernel.clear_letters", "kernel.requeue_stalled"}
    assert [name for name in known if f'"{name}"' not in page] == []


def test_only_a_demo_is_told_of_what_only_a_demo_has() -> None:
    demo, production = (announcement("https://support.example", mode=mode) for mode in ("demo", "production"))
    assert "https://support.example/desk/" in production
    assert "Ctrl-C" in production
    for word in ("https://support.example/\n", "vigil demo traffic", "Demo log-ins"):
        assert word in demo
        assert word not in production


@pytest.mark.parametrize("word", ["world", "traffic"])
def test_production_lets_no_demo_in(word: str) -> None:
    ended = _typed("demo", word, VIGIL_MODE="production")
    assert (ended.returncode, ended.stderr) == (1, "In production mode there is no demo.\n")


def test_demo_customers_are_told_of_through_a_pipe_at_once_and_go_in_order_when_the_terminal_closes() -> None:
    nowhere = {"VIGIL_BASE_URL": "http://127.0.0.1:9", "PYTHONUNBUFFERED": ""}
    traffic = subprocess.Popen(
        # With SIGINT ignored, as a shell starts what runs behind it.
        ["/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh", sys.executable, "-m", "vigil.config.cli", "demo", "traffic", "--rate", "600"],
        env={**os.environ, **nowhere},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert traffic.stdout is not None
    assert "comes in" in traffic.stdout.readline()
    assert traffic.poll() is None
    traffic.send_signal(signal.SIGHUP)
    said, _ = traffic.communicate(timeout=10)
    assert said.endswith("The customers have gone.\n")
    assert traffic.returncode == 0
