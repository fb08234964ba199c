"""What the registry says about a link: a site by its host, an account on a platform by its name there."""

from dataclasses import replace
from datetime import date

from vigil.safety.links.brands import lures
from vigil.safety.links.hosts import Host, NoHost, read_host
from vigil.safety.links.judging import Judgement, Official, judge_link
from vigil.safety.links.likeness import find_likeness
from vigil.trust.channels import Place, place_of
from vigil.trust.registry import Registry

# Added to the reasons of the judge of links.
REASONS = ("none_there",)  # we have no channel of this kind at all, and the account has our name


def check_link(url: str, registry: Registry, on: date) -> Judgement:
    """Judge a URL or a bare host by the registry as it counts on a day, and by its name. Nothing is fetched."""
    official = registry.official(on)
    judged = judge_link(url, official)
    if judged.verdict != "unknown":
        return judged
    place = _place(url)
    return _judged(place, registry, official, on, judged) if place else judged


def _place(url: str) -> Place | None:
    try:
        return place_of(read_host(url).ascii, url)
    except NoHost:
        return None


def _judged(place: Place, registry: Registry, official: Official, on: date, judged: Judgement) -> Judgement:
    if registry.find(place.kind, place.handle, on):
        return replace(judged, verdict="official", reasons=("official", *judged.reasons))
    # Here a name has no suffix to tell it apart: whatever is added to ours is an addition.
    host = Host(place.handle, place.handle, (), place.handle.replace("_", "-"), "", platform=place.kind)
    likeness = find_likeness(host, (official.brand,), lures())
    if likeness is None:
        return judged
    if registry.says_none(place.kind, on):
        return replace(judged, verdict="fraud", imitates=official.name, reasons=("none_there", likeness.reason, *judged.reasons))
    return replace(judged, verdict="suspicious", imitates=official.name, reasons=(likeness.reason, *judged.reasons))
