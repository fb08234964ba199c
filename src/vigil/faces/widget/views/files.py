"""A guest sends files, and looks at those of their conversations."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from vigil.conversations.errors import BLOCKS
from vigil.conversations.queries import may_see_file
from vigil.customers.queries import get_customer
from vigil.faces.widget.budgets import BUDGETS
from vigil.faces.widget.doors import bearer, json_door, reading_door
from vigil.files import queries as files
from vigil.files.grants import link_to
from vigil.files.http import begin as uploads
from vigil.files.refusals import FileNotFound
from vigil.files.rules import quotas
from vigil.kernel import clock


@json_door
def begin(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """Begin an upload with {"name", "type", "size"}: 201 with its name, where to send the bytes, and the grant that opens it."""
    guest = bearer(request)
    customer = get_customer(guest.customer_id)
    if customer.block_reason:
        raise BLOCKS[customer.block_reason]
    quota = quotas.KNOWN if customer.is_verified else quotas.STRANGER
    begun = uploads.begin(body, owner=f"guest:{guest.session}", quota=quota, at=clock.now())
    return JsonResponse(begun, status=201)


@reading_door
def link(request: HttpRequest, name: str) -> HttpResponse:
    """Give addresses that show a file of the guest's conversations for minutes: {"full", "thumb" or null}."""
    guest, at = bearer(request), clock.now()
    with BUDGETS.misses.watch(f"customer:{guest.customer_id}"):
        row = next(iter(files.list_files([name])), None) if may_see_file(name, guest.customer_id) else None
        if row is None:
            raise FileNotFound
    viewer = f"guest:{guest.session}"
    thumb = link_to(name, viewer, at=at, thumbnail=True) if row.has_thumbnail else None
    return JsonResponse({"full": link_to(name, viewer, at=at), "thumb": thumb})
