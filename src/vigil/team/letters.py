"""The letters the team's doors send."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from vigil.kernel import post
from vigil.languages import formats
from vigil.languages.table import find_language, get_language
from vigil.team import resets
from vigil.team.commands.hiring import FIRST_LINK_KEEPS
from vigil.team.models import Agent
from vigil.workspace.profile import profile

Arg = int | str


def write_reset(args: Mapping[str, Arg], language: str) -> post.Rendered:
    """Write the link to a new password, unless a newer one was asked for. Raises NotWanted."""
    agent = Agent.objects.filter(id=args["agent_id"], is_active=True, reset_count=args["count"]).first()
    if agent is None:
        raise post.NotWanted
    address = post.link(reverse("desk:new-password", args=[resets.write(agent, until=int(args["until"]))]))
    brand = profile().name
    with _in(language):
        words = {"name": agent.public_name, "brand": brand, "link": address, "minutes": int(resets.KEEPS.total_seconds() // 60)}
        subject = _("Choose a new password for the %(brand)s desk") % {"brand": brand}
        return post.Rendered(subject, render_to_string("team/reset_letter.txt", words).strip() + "\n", sender_name=brand)


def write_invitation(args: Mapping[str, Arg], language: str) -> post.Rendered:
    """Write the link to a first password; nothing once it was used, or a newer one was asked for. Raises NotWanted."""
    agent = Agent.objects.filter(id=args["agent_id"], is_active=True, reset_count=0).first()
    if agent is None or agent.has_usable_password():
        raise post.NotWanted
    address = post.link(reverse("desk:new-password", args=[resets.write(agent, until=int(args["until"]))]))
    brand = profile().name
    with _in(language):
        words = {"name": agent.public_name, "brand": brand, "link": address, "hours": int(FIRST_LINK_KEEPS.total_seconds() // 3600)}
        subject = _("Your access to the %(brand)s desk") % {"brand": brand}
        return post.Rendered(subject, render_to_string("team/invitation_letter.txt", words).strip() + "\n", sender_name=brand)


def write_factors(args: Mapping[str, Arg], language: str) -> post.Rendered:
    """Tell that a second factor was added, removed or reset; `what` says which. Raises NotWanted."""
    agent = Agent.objects.filter(id=args["agent_id"]).first()
    if agent is None:
        raise post.NotWanted
    brand = profile().name
    with _in(language) as code:
        when = formats.moment(datetime.fromtimestamp(int(args["at"]), UTC), code, agent.zone)
        words = {"name": agent.public_name, "brand": brand, "what": args["what"], "when": when}
        subject = _("The second factor of your account has changed")
        return post.Rendered(subject, render_to_string("team/factors_letter.txt", words).strip() + "\n", sender_name=brand)


@contextmanager
def _in(language: str) -> Iterator[str]:
    spoken = find_language(language) or get_language("en")
    with override(spoken.django_code):
        yield spoken.code
