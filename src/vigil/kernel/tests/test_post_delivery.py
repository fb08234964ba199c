from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from tests.fakes.smtp import DROP, FakeSmtp
from vigil.kernel import post
from vigil.kernel.models import Letter
from vigil.kernel.post import BadAddress, NotWanted, Rendered, SentOutsideTransaction, UnknownTemplate
from vigil.kernel.post.rules import Arg
from vigil.kernel.post.templates import Render
from vigil.kernel.tests.letters import ADA, AT, invite, letter, state, try_later

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("post_office")]


def test_a_letter_goes_to_exactly_one_recipient(relay: Callable[..., FakeSmtp]) -> None:
    fake = relay()
    number = letter()
    post.deliver(number, at=AT)
    assert state(number) == ("sent", "")
    assert [taken.recipients for taken in fake.taken] == [[f"rcpt TO:<{ADA}>"]]
    assert bytes(fake.sessions[0].heard).lower().count(b"rcpt to:") == 1


def test_a_line_of_one_dot_does_not_end_a_letter(relay: Callable[..., FakeSmtp]) -> None:
    fake = relay()
    post.deliver(letter(), at=AT)
    assert b"\r\n.\r\nQUIT\r\n" in fake.taken[0].message
    assert len(fake.taken) == 1


def test_a_delivered_letter_is_not_delivered_again(relay: Callable[..., FakeSmtp]) -> None:
    fake = relay()
    number = letter()
    for _ in range(3):
        post.deliver(number, at=AT)
    assert len(fake.taken) == 1


def test_no_word_and_no_link_of_a_letter_is_stored(relay: Callable[..., FakeSmtp]) -> None:
    fake = relay()
    number = letter()
    post.deliver(number, at=AT)
    assert b"one-time-secret" in fake.taken[0].message
    with connection.cursor() as cursor:
        for table in ("kernel_letter", "procrastinate_jobs"):
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")  # noqa: S608 - two names of our own
            for (row,) in cursor.fetchall():
                assert "secret" not in row
                assert "invitation" not in row


def test_a_letter_is_queued_as_a_job_that_carries_its_number_and_no_word() -> None:
    number = letter()
    (job,) = ProcrastinateJob.objects.filter(task_name="kernel.deliver_letter")
    assert (job.args, job.lock) == ({"letter_id": number}, f"letter_id:{number}")


def test_a_letter_whose_transaction_fails_is_neither_stored_nor_queued() -> None:
    with transaction.atomic():
        letter()
        transaction.set_rollback(True)
    assert (Letter.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_letter_outside_a_transaction_is_refused() -> None:
    with pytest.raises(SentOutsideTransaction):
        post.send(to=ADA, template="test.invite", language="en", args={}, at=AT)


def test_a_letter_that_no_app_registered_is_refused() -> None:
    with pytest.raises(UnknownTemplate):
        letter(template="test.nothing")


def test_v09_an_address_with_a_second_one_inside_is_refused_and_nothing_is_stored() -> None:
    for address in (
        f"{ADA}\r\nBcc: mallory@example.com",
        f"{ADA},mallory@example.com",
        f"{ADA}\u2028",
        f"{ADA}>\r\nRCPT TO:<mallory@example.com",
    ):
        with pytest.raises(BadAddress):
            letter(to=address)
    assert Letter.objects.count() == 0


def refuse(args: Mapping[str, Arg], language: str) -> Rendered:
    return Rendered("Hello\r\nBcc: mallory@example.com", "")


def withdraw(args: Mapping[str, Arg], language: str) -> Rendered:
    raise NotWanted


@pytest.mark.parametrize(("render", "error"), [(refuse, "bad_subject"), (withdraw, "not_wanted")])
def test_v09_a_letter_that_cannot_or_need_not_go_out_fails_visibly(relay: Callable[..., FakeSmtp], render: Render, error: str) -> None:
    fake = relay()
    post.register("test.invite", render)
    number = letter()
    post.deliver(number, at=AT)
    assert state(number) == ("failed", error)
    assert fake.sessions == []


def test_a_fault_in_a_template_leaves_the_letter_for_another_try(relay: Callable[..., FakeSmtp]) -> None:
    fake = relay()
    post.register("test.invite", lambda args, language: Rendered(str(args["missing"]), ""))
    number = letter()
    with pytest.raises(KeyError):
        post.deliver(number, at=AT)
    assert state(number) == ("queued", "render")
    post.register("test.invite", invite)
    post.deliver(number, at=AT)
    assert len(fake.taken) == 1


@pytest.mark.parametrize("step", ["mail", "rcpt", "data", "body"])
def test_f22_a_relay_that_asks_for_patience_gets_it_and_takes_the_letter_once(relay: Callable[..., FakeSmtp], step: str) -> None:
    fake = relay({step: "451 4.7.1 greylisted, secret banner"}, {step: "421 4.3.2 closing"})
    number = letter()
    assert try_later(number) == 60
    assert state(number) == ("queued", "smtp_451")
    assert try_later(number) == 120
    assert state(number) == ("queued", "smtp_421")
    post.deliver(number, at=AT)
    assert state(number) == ("sent", "")
    assert len(fake.taken) == 1


@pytest.mark.parametrize("step", ["mail", "rcpt", "data", "body"])
def test_f22_a_refusal_for_good_fails_at_once_and_is_listed(relay: Callable[..., FakeSmtp], step: str) -> None:
    fake = relay({step: "550 5.1.1 no such user, secret banner"})
    number = letter()
    post.deliver(number, at=AT)
    assert state(number) == ("failed", "smtp_550")
    assert fake.taken == []
    assert [row.last_error for row in post.list_letters(state="failed")] == ["smtp_550"]
    assert post.count_letters()["failed"] == 1


@pytest.mark.parametrize("step", ["connect", "ehlo", "mail", "rcpt", "data"])
def test_a_connection_lost_before_the_letter_left_sends_it_once(relay: Callable[..., FakeSmtp], step: str) -> None:
    fake = relay({step: DROP})
    number = letter()
    try_later(number)
    assert state(number) == ("queued", "connection")
    post.deliver(number, at=AT)
    assert state(number) == ("sent", "")
    assert len(fake.taken) == 1


def test_f03_a_lost_answer_is_followed_by_one_copy_with_the_same_identity_and_marked(relay: Callable[..., FakeSmtp]) -> None:
    fake = relay({"body": DROP})
    number = letter()
    try_later(number)
    assert state(number) == ("queued", "outcome_unknown")
    post.deliver(number, at=AT)
    assert state(number) == ("maybe_duplicate", "")
    identity = Letter.objects.get(id=number).message_id.encode()
    assert [taken.message.count(b"Message-ID: " + identity) for taken in fake.taken] == [1, 1]


def test_f03_two_lost_answers_are_not_followed_by_a_third_copy(relay: Callable[..., FakeSmtp]) -> None:
    fake = relay({"body": DROP}, {"body": DROP})
    number = letter()
    try_later(number)
    post.deliver(number, at=AT)
    post.deliver(number, at=AT + timedelta(hours=1))
    assert state(number) == ("maybe_duplicate", "outcome_unknown")
    assert len(fake.taken) == 2


def test_a_copy_that_is_refused_after_a_lost_answer_stays_in_doubt(relay: Callable[..., FakeSmtp]) -> None:
    relay({"body": DROP}, {"rcpt": "550 no"})
    number = letter()
    try_later(number)
    post.deliver(number, at=AT)
    assert state(number) == ("maybe_duplicate", "smtp_550")


def test_a_letter_somebody_is_sending_is_left_alone_until_the_lease_ends(relay: Callable[..., FakeSmtp]) -> None:
    fake = relay()
    number = letter()
    Letter.objects.filter(id=number).update(state="sending", attempts=1, leased_until=AT + timedelta(seconds=90))
    assert try_later(number) == 91
    assert fake.sessions == []
    post.deliver(number, at=AT + timedelta(seconds=91))
    assert state(number) == ("sent", "")


def test_f30_who_lost_the_lease_sends_nothing_and_changes_nothing(relay: Callable[..., FakeSmtp]) -> None:
    fake = relay()

    def overtaken(args: Mapping[str, Arg], language: str) -> Rendered:
        Letter.objects.filter(id=number).update(attempts=5)
        return Rendered("Hello", "Hello")

    post.register("test.invite", overtaken)
    number = letter()
    post.deliver(number, at=AT)
    assert fake.taken == []
    assert Letter.objects.get(id=number).state == "sending"


def test_a_letter_is_given_up_when_it_is_no_longer_worth_it(relay: Callable[..., FakeSmtp]) -> None:
    fake = relay()
    post.register("test.invite", invite, keep_trying=timedelta(minutes=15))
    number = letter()
    post.deliver(number, at=AT + timedelta(minutes=15))
    assert state(number) == ("failed", "expired")
    assert fake.sessions == []


def test_a_failed_letter_is_tried_again_by_hand(relay: Callable[..., FakeSmtp]) -> None:
    fake = relay({"rcpt": "550 no"})
    number = letter()
    post.deliver(number, at=AT)
    public_id = Letter.objects.get(id=number).public_id
    assert post.try_again(public_id=public_id, at=AT)
    assert not post.try_again(public_id=public_id, at=AT)
    post.deliver(number, at=AT)
    assert post.get_letter(public_id).state == "sent"
    assert len(fake.taken) == 1


def test_settled_letters_are_cleared_and_a_forgotten_address_leaves_none(relay: Callable[..., FakeSmtp]) -> None:
    relay()
    post.deliver(letter(), at=AT)
    letter("wei@example.com")
    assert post.clear(before=AT) == 0
    assert post.clear(before=AT + timedelta(seconds=1)) == 1
    assert post.forget(address="wei@example.com") == 1
    assert Letter.objects.count() == 0


def test_without_a_relay_a_demo_keeps_letters_in_its_spool(settings: Settings, tmp_path: Path) -> None:
    settings.VIGIL_SMTP_URL, settings.VIGIL_VAR = "", tmp_path
    number = letter()
    post.deliver(number, at=AT)
    (file,) = (tmp_path / "spool").iterdir()
    assert file.name == f"{Letter.objects.get(id=number).public_id}.eml"
    assert b"one-time-secret" in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    assert state(number) == ("sent", "")


def test_without_a_relay_production_writes_no_link_to_any_file(settings: Settings, tmp_path: Path) -> None:
    settings.VIGIL_SMTP_URL, settings.VIGIL_VAR, settings.PRODUCTION = "", tmp_path, True
    number = letter()
    try_later(number)
    assert state(number) == ("queued", "no_relay")
    assert list(tmp_path.iterdir()) == []
