"""Every way it changes who is told, and the telling itself."""

import json
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vigil.conversations import queries as conversations
from vigil.kernel import push, sealing
from vigil.kernel.post.delivery import sender_address
from vigil.languages.table import get_language
from vigil.nudges.errors import PushServiceUnknown
from vigil.nudges.models import OwnKey, Subscription
from vigil.team import queries as team
from vigil.workspace.profile import profile

_PURPOSE = "nudges.own_key"
_SENTENCES: dict[str, Promise] = {
    "mentioned": _("A colleague mentioned you in a note."),
    "assigned": _("A colleague gave you a conversation."),
}


def ensure_own_key() -> str:
    """Make the key by which push services know this installation, unless there is one; give its public half. Raises sealing.Unreadable."""
    return push.public_key(_own_key())


def tell_browser(*, agent_id: int, session_id: int, endpoint: str, key: str, auth: str, at: datetime) -> None:
    """Tell the browser of an agent's session from now on. May be repeated; the last endpoint counts. Raises PushServiceUnknown."""
    try:
        push.judge_endpoint(endpoint, settings.VIGIL_PUSH_HOSTS, may_be_plain=not settings.PRODUCTION)
        push.read_key(key, auth)
    except (push.BadEndpoint, push.NotAKey):
        raise PushServiceUnknown from None
    if session_id not in _alive(agent_id, at):
        raise PushServiceUnknown
    with transaction.atomic():
        # A browser in which somebody else was signed in before is told of the one who sits there now, and of nobody else.
        Subscription.objects.filter(endpoint=endpoint).exclude(session_id=session_id).delete()
        values = {"endpoint": endpoint, "key": key, "auth": auth, "added_at": at}
        Subscription.objects.update_or_create(session_id=session_id, defaults=values)


def leave_browser_alone(*, session_id: int) -> None:
    """Tell the browser of a session nothing more. May be repeated."""
    Subscription.objects.filter(session_id=session_id).delete()


def nudge(*, subscription_id: int, conversation: str, why: str, at: datetime) -> bool:
    """Hand one browser's push service a word for its agent; say whether it was taken. Whoever may not see it any more hears nothing.

    Raises PushFailed, TryLater, GiveUp. May be repeated: what came twice under one tag is shown once.
    """
    row = Subscription.objects.select_related("session").filter(id=subscription_id).first()
    if row is None or row.session_id not in _alive(row.session.agent_id, at):
        return False
    agent = team.get_agent(row.session.agent_id)
    if conversations.find_conversation(conversation, team.get_sight(agent.id)) is None:
        return False
    reader = push.Reader(row.endpoint, row.key, row.auth)
    sender = push.Sender(_own_key(), sender_address(), settings.VIGIL_PUSH_HOSTS, may_be_plain=not settings.PRODUCTION)
    try:
        push.hand_over(_words(conversation, why, agent.ui_language), reader, sender, at=at)
    except push.Ended:
        row.delete()
        return False
    return True


def _own_key() -> bytes:
    found = OwnKey.objects.filter(id=1).first()
    if found is None:
        OwnKey.objects.bulk_create([OwnKey(id=1, sealed=sealing.seal(push.make_key(), purpose=_PURPOSE))], ignore_conflicts=True)
        found = OwnKey.objects.get(id=1)
    return sealing.unseal(bytes(found.sealed), purpose=_PURPOSE)


def _alive(agent_id: int, at: datetime) -> set[int]:
    return {each.id for each in team.list_sessions(agent_id, at=at)}


def _words(conversation: str, why: str, language: str) -> bytes:
    spoken = get_language(language)
    with translation.override(spoken.django_code):
        said = {
            "title": profile().name,
            "body": str(_SENTENCES[why]),
            "lang": spoken.code,
            "url": reverse("desk:conversation", args=[conversation]),
            "tag": f"{why}:{conversation}",
        }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
