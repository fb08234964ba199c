from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from pytest_django import Settings

from vigil.kernel.environment import BadSetting
from vigil.kernel.post import BadAddress, NotPlainArgs, NotSendable, Rendered, link
from vigil.kernel.post.compose import Envelope, compose
from vigil.kernel.post.rules import Arg, check_address, check_args, wait_after
from vigil.kernel.post.smtp import Relay, parse_relay

AT = datetime(2026, 2, 28, 23, 58, tzinfo=UTC)
ADA = Envelope("support@vigil.example", "ada@example.com", "<7c0@vigil.example>", "en")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("ada@example.com", "ada@example.com"),
        ("Ada.L+desk@Example.COM", "Ada.L+desk@example.com"),
        ("irina@почта.example", "irina@xn--80a1acny.example"),
        ("o'neil@example.co", "o'neil@example.co"),
    ],
)
def test_a_plain_address_is_written_to(written: str, address: str) -> None:
    assert check_address(written) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "@example.com",
        "ada@",
        "ada@localhost",
        "ada@127.0.0.1",
        "ada@[127.0.0.1]",
        "ada@exa mple.com",
        "ada@example..com",
        "ada@-example.com",
        ".ada@example.com",
        "ada.@example.com",
        "a..da@example.com",
        '"ada"@example.com',
        "Ada <ada@example.com>",
        "ada@example.com,mallory@example.com",
        "ada@example.com mallory@example.com",
        "ada@example.com\r\nBcc: mallory@example.com",
        "ada@example.com\n",
        "ada\r\n@example.com",
        "ada\x00@example.com",
        "ada\u2028@example.com",
        "ada@example.com\u2028",
        "ada@example.com\u2029",
        "ada@example.com\x85",
        "ada@mallory@example.com",
        "ада@example.com",
        "a" * 65 + "@example.com",
        "a@" + "b" * 64 + ".com",
        "a@" + "b." * 130 + "com",
        "ada>@example.com",
        "ada@example.com> NOTIFY=SUCCESS",
    ],
)
def test_v09_whatever_is_not_one_plain_address_is_refused(text: str) -> None:
    with pytest.raises(BadAddress):
        check_address(text)


@pytest.mark.parametrize(
    "line",
    ["a\r\nBcc: mallory@example.com", "a\nb", "a\rb", "a\x00b", "a\u2028b", "a\u2029b", "a\x85b", "=?utf-8?q?a=0D=0AX:y?=", "x" * 201],
)
def test_v09_a_subject_or_name_that_could_end_its_line_is_refused(line: str) -> None:
    with pytest.raises(NotSendable, match="subject"):
        Rendered(subject=line, text="")
    with pytest.raises(NotSendable, match="sender_name"):
        Rendered(subject="ok", text="", sender_name=line)


@pytest.mark.parametrize("args", [{}, {"agent": 5, "code": "sign_in", "id": "7c0-a"}])
def test_ids_and_codes_are_plain(args: dict[str, Arg]) -> None:
    check_args(args, "zh-Hans")


@pytest.mark.parametrize("value", ["two words", "https://vigil.example/in?t=abc", "a" * 49, "", "abandon\u3000ability", 1.5, None, [1]])
def test_what_could_be_words_or_a_secret_is_refused(value: Arg) -> None:
    with pytest.raises(NotPlainArgs, match=r"^name$"):
        check_args({"name": value}, "en")


def test_a_language_is_a_code() -> None:
    with pytest.raises(NotPlainArgs, match="language"):
        check_args({}, "en\r\nX: y")


@pytest.mark.parametrize(("attempts", "minutes"), [(0, 1), (1, 1), (2, 2), (3, 4), (8, 128), (9, 240), (10, 240), (1000, 240)])
def test_waits_double_from_a_minute_to_four_hours(attempts: int, minutes: int) -> None:
    assert wait_after(attempts) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("url", "is_production", "relay"),
    [
        ("smtp://mail.example", False, Relay("mail.example", 587, "", "", "offered")),
        ("smtp://mail.example", True, Relay("mail.example", 587, "", "", "required")),
        ("smtp://desk%40vigil:p%2Fw@mail.example:25?starttls=never", True, Relay("mail.example", 25, "desk@vigil", "p/w", "never")),
        ("smtps://mail.example", True, Relay("mail.example", 465, "", "", "implicit")),
    ],
)
def test_a_relay_is_read_from_its_url(url: str, is_production: bool, relay: Relay) -> None:
    assert parse_relay(url, is_production=is_production) == relay


@pytest.mark.parametrize(
    "url", ["", "mail.example", "http://mail.example", "smtp://", "smtp://mail.example:99999", "smtp://mail.example?starttls=maybe"]
)
def test_a_relay_that_cannot_be_meant_is_refused_by_the_settings_name(url: str) -> None:
    with pytest.raises(BadSetting, match="VIGIL_SMTP_URL"):
        parse_relay(url, is_production=False)


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def test_a_letter_says_what_it_is_and_arrives_word_by_word() -> None:
    rendered = Rendered("Ваша ссылка для входа", "Привет, 你好\n", html="<p>Привет</p>", sender_name='Поддержка, "MEXC" <team>')
    raw = compose(ADA, rendered, at=AT)
    message = read(raw)
    assert raw.isascii()
    assert all(line.endswith(b"\r") for line in raw.split(b"\n")[:-1])
    assert message["Subject"] == "Ваша ссылка для входа"
    assert message["From"].addresses[0].addr_spec == "support@vigil.example"
    assert len(message["From"].addresses) == 1
    assert message["To"] == "ada@example.com"
    assert message["Message-ID"] == "<7c0@vigil.example>"
    assert message["Date"].datetime == AT
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert (text.get_content(), html.get_content()) == ("Привет, 你好\r\n", "<p>Привет</p>\r\n")


@pytest.mark.parametrize("recipient", ["a" * 64 + "@" + ("b" * 20 + ".") * 8 + "com", "a.b+c!#$%&'*/=?^_`{|}~-@example.com"])
def test_a_long_or_strange_address_is_written_unbroken(recipient: str) -> None:
    raw = compose(Envelope(ADA.sender, recipient, ADA.message_id, "en"), Rendered("Hello", "Hello"), at=AT)
    assert f"\r\nTo: {recipient}\r\n".encode() in raw


@pytest.mark.parametrize(
    "envelope",
    [
        Envelope("support@vigil.example", "ada@example.com, mallory@example.com", "<7c0@vigil.example>", "en"),
        Envelope("support@vigil.example", "ada@example.com", "<7c0@vigil.example> <8@vigil.example>", "en"),
    ],
)
def test_v09_the_last_look_lets_out_one_recipient_and_one_identity(envelope: Envelope) -> None:
    with pytest.raises((NotSendable, ValueError)):
        compose(envelope, Rendered("Hello", "Hello"), at=AT)


def test_a17_links_begin_with_the_configured_address(settings: Settings) -> None:
    settings.VIGIL_BASE_URL = "https://desk.vigil.example"
    assert link("/desk/sign-in?t=1") == "https://desk.vigil.example/desk/sign-in?t=1"


@pytest.mark.parametrize("path", ["", "desk", "//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_a17_a_link_to_elsewhere_cannot_be_made(path: str) -> None:
    with pytest.raises(ValueError, match="one slash"):
        link(path)
