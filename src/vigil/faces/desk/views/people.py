"""The people of the team, looked after by those above: invited, changed, helped, removed."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vigil.conversations import queries as conversations
from vigil.faces.desk.doors import Visitor, allowed_to, confirmed, fields
from vigil.faces.desk.presenters import people as present
from vigil.faces.desk.presenters.account import page_of
from vigil.kernel.errors import Refusal
from vigil.kernel.live.refusals import BadField, UnknownField
from vigil.team import commands as team
from vigil.team import queries
from vigil.team.capabilities import Capability, NotAllowed, may, ranks_above
from vigil.team.queries import PersonRow


@require_safe
@allowed_to(Capability.SEE_PEOPLE)
def show_people(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show everybody in sight."""
    shown = {"people": present.show_people(queries.list_people(visitor.sight), visitor), **_page(visitor)}
    return render(request, "desk/people.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_to(Capability.MANAGE_PEOPLE)
@confirmed
def invite(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the form for somebody new, or send the invitation."""
    if request.method != "POST":
        return _invitation(request, visitor, present.NOBODY)
    given = _read(request, "email", "name", "public_name", "role", many=("teams", "languages"))
    hiring = team.Hiring(
        email=given["email"],
        name=given["name"].strip(),
        public_name=given["public_name"].strip(),
        role=given["role"],
        languages=given["languages"],
        teams=given["teams"],
        zone=visitor.agent.zone,
    )
    try:
        if not hiring.name or not hiring.public_name:
            raise BadField(field="name")
        agent_id = team.invite(hiring, actor=_actor(visitor), at=visitor.at)
    except Refusal as refusal:
        return _invitation(request, visitor, hiring, refusal)
    return HttpResponseRedirect(reverse("desk:person", args=[agent_id]))


@require_http_methods(["GET", "HEAD"])
@allowed_to(Capability.SEE_PEOPLE)
def show_person(request: HttpRequest, visitor: Visitor, person: int) -> HttpResponse:
    """Show one of them, and what may be done."""
    return _person(request, visitor, queries.get_person(person, visitor.sight))


@require_POST
@allowed_to(Capability.MANAGE_PEOPLE)
@confirmed
def change(request: HttpRequest, visitor: Visitor, person: int) -> HttpResponse:
    """Give somebody another role, other teams or languages."""
    row = queries.get_person(person, visitor.sight)
    given = _read(request, "role", many=("teams", "languages"))
    standing = team.Standing(given["role"], given["teams"], given["languages"])
    try:
        team.change_standing(standing, agent_id=row.id, actor=_actor(visitor), at=visitor.at)
    except Refusal as refusal:
        return _person(request, visitor, row, refusal)
    return HttpResponseRedirect(reverse("desk:person", args=[row.id]))


@require_POST
@allowed_to(Capability.MANAGE_PEOPLE)
@confirmed
def remove(request: HttpRequest, visitor: Visitor, person: int) -> HttpResponse:
    """End somebody's access: pages, streams and tokens die, and what they had taken goes back to its queues."""
    fields(request)
    row = queries.get_person(person, visitor.sight)
    try:
        team.remove(agent_id=row.id, actor=_actor(visitor), at=visitor.at)
    except Refusal as refusal:
        return _person(request, visitor, row, refusal)
    return HttpResponseRedirect(reverse("desk:people"))


@require_POST
@allowed_to(Capability.MANAGE_PEOPLE)
@confirmed
def bring_back(request: HttpRequest, visitor: Visitor, person: int) -> HttpResponse:
    """Give somebody access again."""
    fields(request)
    row = queries.get_person(person, visitor.sight)
    team.switch_on(agent_id=row.id, actor=_actor(visitor), at=visitor.at)
    return HttpResponseRedirect(reverse("desk:person", args=[row.id]))


@require_POST
@allowed_to(Capability.HELP_PEOPLE)
@confirmed
def reset_factors(request: HttpRequest, visitor: Visitor, person: int) -> HttpResponse:
    """Take the second factors of somebody who has lost them."""
    row = _below(request, visitor, person)
    team.reset_factors(agent_id=row.id, actor=_actor(visitor), at=visitor.at)
    return HttpResponseRedirect(reverse("desk:person", args=[row.id]))


@require_POST
@allowed_to(Capability.HELP_PEOPLE)
@confirmed
def end_sessions(request: HttpRequest, visitor: Visitor, person: int) -> HttpResponse:
    """Sign somebody out everywhere who has lost a laptop."""
    row = _below(request, visitor, person)
    team.end_sessions(agent_id=row.id, actor=_actor(visitor), at=visitor.at)
    return HttpResponseRedirect(reverse("desk:person", args=[row.id]))


def _below(request: HttpRequest, visitor: Visitor, person: int) -> PersonRow:
    fields(request)
    row = queries.get_person(person, visitor.sight)
    if not _may_help(visitor, row):
        raise NotAllowed
    return row


def _may_help(visitor: Visitor, row: PersonRow) -> bool:
    # One administrator helps another, for there is nobody above; nobody does so for themselves.
    manages = may(visitor.agent.role, Capability.MANAGE_PEOPLE) and row.id != visitor.agent.id
    return manages or (may(visitor.agent.role, Capability.HELP_PEOPLE) and ranks_above(visitor.agent.role, row.role))


def _read(request: HttpRequest, *known: str, many: tuple[str, ...]) -> dict[str, Any]:
    unknown = set(request.POST) - {*known, *many, "csrfmiddlewaretoken"}
    if unknown:
        raise UnknownField(field=min(unknown)[:40])
    given = {name: request.POST.getlist(name) for name in known}
    for name, values in given.items():
        if len(values) != 1:
            raise BadField(field=name)
    return {**{name: values[0] for name, values in given.items()}, **{name: request.POST.getlist(name) for name in many}}


def _person(request: HttpRequest, visitor: Visitor, row: PersonRow, refusal: Refusal | None = None) -> HttpResponse:
    manages = may(visitor.agent.role, Capability.MANAGE_PEOPLE)
    shown = present.show_person(row, queries.list_teams(), visitor)
    taken = conversations.count_open(queries.get_sight(row.id), [], at=visitor.at).mine if manages and row.is_active else 0
    may_do = {
        "may_manage": manages,
        "may_help": _may_help(visitor, row),
        "refusal": refusal,
        "has_taken": present.show_taken(taken, visitor),
    }
    return render(request, "desk/person.html", {"person": shown, **may_do, **_page(visitor)}, status=refusal.status if refusal else 200)


def _invitation(request: HttpRequest, visitor: Visitor, hiring: team.Hiring, refusal: Refusal | None = None) -> HttpResponse:
    shown = {"given": hiring, "choices": present.show_choices(hiring.role, hiring.teams, hiring.languages, queries.list_teams())}
    return render(
        request, "desk/invitation.html", {**shown, "refusal": refusal, **_page(visitor)}, status=refusal.status if refusal else 200
    )


def _page(visitor: Visitor) -> dict[str, Any]:
    manages = may(visitor.agent.role, Capability.MANAGE_PEOPLE)
    return {**page_of(visitor, "people"), "may_manage": manages}


def _actor(visitor: Visitor) -> str:
    return f"agent:{visitor.agent.id}"
