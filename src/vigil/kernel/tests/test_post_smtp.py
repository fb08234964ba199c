import ssl
import subprocess
from pathlib import Path

import pytest

from tests.fakes.smtp import HANG, FakeSmtp
from vigil.kernel.post.smtp import OutcomeUnknown, Relay, Undelivered, hand_over

MESSAGE = b"Subject: hello\r\n\r\n.leading dot\r\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for 127.0.0.1 in one file."""
    folder = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=relay"
    more = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run([*command.split(), *more], check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_text((folder / "key.pem").read_text() + (folder / "cert.pem").read_text())
    return both


def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def give(fake: FakeSmtp, *, user: str = "", tls: str = "offered", trusting: ssl.SSLContext | None = None, seconds: float = 5) -> list[str]:
    went: list[str] = []
    hand_over(
        Relay("127.0.0.1", fake.port, user, "wrong horse", tls),
        sender="support@vigil.example",
        recipient="ada@example.com",
        message=MESSAGE,
        before_data=lambda: went.append("out"),
        tls=trusting,
        step_seconds=seconds,
    )
    return went


def test_a_message_is_handed_over_byte_by_byte() -> None:
    with FakeSmtp() as fake:
        assert give(fake) == ["out"]
    assert fake.taken[0].message == MESSAGE
    assert "QUIT" in [command.upper() for command in fake.sessions[0].commands]


def test_where_starttls_is_offered_it_is_used(certificate: Path) -> None:
    with FakeSmtp(tls=server_side(certificate)) as fake:
        give(fake, trusting=ssl.create_default_context(cafile=str(certificate)))
    assert fake.sessions[0].is_secure
    assert len(fake.taken) == 1


def test_a_relay_nobody_vouches_for_gets_neither_letter_nor_password(certificate: Path) -> None:
    with FakeSmtp(tls=server_side(certificate), offers=("AUTH PLAIN",)) as fake:
        with pytest.raises(Undelivered, match="tls"):
            give(fake, user="desk")
        assert fake.taken == []
    assert b"AUTH" not in bytes(fake.sessions[0].heard).upper()


def test_a_relay_without_starttls_gets_nothing_where_it_is_required() -> None:
    with FakeSmtp() as fake, pytest.raises(Undelivered, match="starttls_missing"):
        give(fake, tls="required")
    assert b"MAIL" not in bytes(fake.sessions[0].heard).upper()


def test_a_password_never_crosses_an_open_wire() -> None:
    with FakeSmtp(offers=("AUTH PLAIN",)) as fake, pytest.raises(Undelivered, match="auth_without_tls"):
        give(fake, user="desk")
    assert b"AUTH" not in bytes(fake.sessions[0].heard).upper()


def test_a_refused_password_is_a_matter_for_the_operator_and_not_the_end_of_the_letter() -> None:
    with (
        FakeSmtp({"auth": "535 5.7.8 secret banner"}, offers=("AUTH PLAIN",)) as fake,
        pytest.raises(Undelivered, match=r"^auth$") as refused,
    ):
        give(fake, user="desk", tls="never")
    assert not refused.value.for_good
    assert "banner" not in repr(refused.value)


@pytest.mark.parametrize("step", ["connect", "ehlo", "mail", "rcpt", "data"])
def test_f22_a_relay_that_hangs_is_left(step: str) -> None:
    with FakeSmtp({step: HANG}) as fake, pytest.raises(Undelivered, match="connection"):
        give(fake, seconds=0.3)


def test_f22_a_relay_that_hangs_after_the_message_leaves_the_outcome_unknown() -> None:
    with FakeSmtp({"body": HANG}) as fake, pytest.raises(OutcomeUnknown):
        give(fake, seconds=0.3)


@pytest.mark.parametrize("reply", ["-1 nonsense", "hello", "150 early", "354 twice"])
def test_an_answer_that_is_none_is_not_taken_for_a_yes(reply: str) -> None:
    with FakeSmtp({"rcpt": reply}) as fake, pytest.raises(Undelivered):
        give(fake)
    assert fake.taken == []
