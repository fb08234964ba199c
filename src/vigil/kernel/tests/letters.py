"""Letters for the tests of our post: one template with a secret link, and ways to look at what became of a letter."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from django.db import transaction

from vigil.kernel import post
from vigil.kernel.jobs import TryLater
from vigil.kernel.models import Letter
from vigil.kernel.post import Rendered
from vigil.kernel.post.rules import Arg

AT = datetime(2026, 2, 28, 23, 58, tzinfo=UTC)
ADA = "ada@example.com"
SECRET = "/desk/sign-in?token=one-time-secret"


def invite(args: Mapping[str, Arg], language: str) -> Rendered:
    return Rendered(f"Your invitation {args['number']}", f"{language}: {post.link(SECRET)}\n.\nQUIT\n")


def letter(to: str = ADA, template: str = "test.invite") -> int:
    with transaction.atomic():
        public_id = post.send(to=to, template=template, language="en", args={"number": 7}, at=AT)
    return Letter.objects.get(public_id=public_id).id


def state(letter_id: int) -> tuple[str, str]:
    row = Letter.objects.get(id=letter_id)
    return row.state, row.last_error


def try_later(letter_id: int, at: datetime = AT) -> int:
    with pytest.raises(TryLater) as later:
        post.deliver(letter_id, at=at)
    return later.value.seconds
