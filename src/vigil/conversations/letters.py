"""The letter that tells of an answer. It holds no word of what was said."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from vigil.conversations.queries import find_conversation, marks_of
from vigil.customers import commands, queries
from vigil.kernel import clock, post
from vigil.languages.table import find_language, get_language
from vigil.workspace.profile import profile

Arg = int | str


def write_answer(args: Mapping[str, Arg], language: str) -> post.Rendered:
    """Write that there is an answer, unless it was read meanwhile. Raises NotWanted."""
    row = find_conversation(str(args["conversation"]), int(args["customer"]))
    if row is None:
        raise post.NotWanted
    marks = marks_of([row.id]).get(row.id)
    if marks is not None and marks.customer_read >= int(args["seq"]):
        raise post.NotWanted
    brand = profile().name
    with override((find_language(language) or get_language("en")).django_code):
        words = {"brand": brand, **way_back(args)}
        subject = _("%(brand)s support has answered you") % {"brand": brand}
        return post.Rendered(subject, render_to_string("conversations/answer_letter.txt", words).strip() + "\n", sender_name=brand)


def way_back(args: Mapping[str, Arg]) -> dict[str, str | int]:
    """Make the link of a letter to the customer in `args`, and say how many days it holds; 0 for one that is no key.

    Whom the exchange knows is sent to its own page, to log in there: a letter vouches for nobody. Raises NotWanted once the
    address is another one, or where nobody knows a page with the chat.
    """
    customer_id = int(args["customer"])
    address, site = queries.find_address(customer_id), profile().find_site(queries.find_site(customer_id))
    if address is None or address.id != args["address"] or site is None:
        raise post.NotWanted
    if queries.get_customer(customer_id).is_verified:
        return {"link": site.origins[0], "days": 0}
    key = commands.make_return_key(address_id=address.id, site_key=site.key, at=clock.now())
    # Behind the #, where no server, no log and no proxy on the way is told of it.
    return {"link": f"{post.link(reverse('widget:back'))}#{key}", "days": commands.KEY_HOLDS.days}
