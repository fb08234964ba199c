"""Whether a name is made to look like a brand's, and how."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from vigil.safety.links.brands import Brand, Lures
from vigil.safety.links.hosts import Host
from vigil.safety.links.nearness import slips
from vigil.safety.links.skeletons import plain_letters, readings, thin

_PARTS = re.compile(r"[a-z0-9]+")
# So long is a name that stands for itself inside another; shorter ones are parts of ordinary words.
_LONG, _MIDDLE = 6, 5
# So many letters make a second slip plausible, and letters of one stroke inside a longer word no accident.
_TWO_SLIPS, _THIN_INSIDE = 9, 7
_SHORTEST_LURE = 4
# Suffixes that everybody has lure nobody.
_EVERYBODYS = {"com", "net", "org", "info", "io", "co"}


class Likeness(NamedTuple):
    """A brand and the reason, in words of `judging`; `is_plain` says that no reader would call it a coincidence."""

    brand: Brand
    reason: str
    is_plain: bool = False


def find_likeness(host: Host, known: tuple[Brand, ...], lures: Lures) -> Likeness | None:
    """Find whom the name of `host` imitates: the plainest likeness first, ours before others'."""
    labels = [_Label(label, _read(label, lures), _is_lured(label, host, lures)) for label in (host.name, *host.before) if label]
    found = [likeness for brand in known for likeness in _of(host, labels, brand, lures)]
    return min(found, key=lambda each: (not each.is_plain, not each.brand.is_ours, -len(each.brand.names[0])), default=None)


class _Core(NamedTuple):
    """What may be the name in a label, as it stands and in letters of one stroke, and whether something was beside it."""

    text: str
    thin: str
    is_lured: bool


class _Reading(NamedTuple):
    """A label as it may be read, whole and in its parts; `is_plain` says that it is written so."""

    joined: str
    thin: str
    parts: tuple[str, ...]
    cores: tuple[_Core, ...]
    is_plain: bool


class _Label(NamedTuple):
    """A label, its readings, and whether a lure stands around the whole of it."""

    text: str
    readings: tuple[_Reading, ...]
    is_lured: bool


@lru_cache(maxsize=1024)
def _read(label: str, lures: Lures) -> tuple[_Reading, ...]:
    read = []
    for reading in readings(label):
        parts = tuple(_PARTS.findall(reading))
        joined = "".join(parts)
        cores = tuple(dict.fromkeys(core for part in (*parts, joined) for core in _cores(part, joined, lures)))
        read.append(_Reading(joined, thin(joined), parts, cores, reading == label))
    return tuple(read)


def _cores(part: str, joined: str, lures: Lures) -> Iterator[_Core]:
    """List what may be the name in a part: itself, and itself without the lure at its beginning or at its end."""
    yield _Core(part, thin(part), part != joined)
    for length in range(_SHORTEST_LURE - 1, min(lures.longest, len(part) - _MIDDLE + 1) + 1):
        for rest in (part[length:] if part[:length] in lures.words else "", part[:-length] if part[-length:] in lures.words else ""):
            if rest:
                yield _Core(rest, thin(rest), is_lured=True)


def _is_lured(label: str, host: Host, lures: Lures) -> bool:
    """Say whether the host lures beside this label: by a provider of free names, its suffix, or another label."""
    others = [each for each in (host.name, *host.before) if each != label]
    lures_by_suffix = host.suffix in lures.words and host.suffix not in _EVERYBODYS
    return bool(host.platform) or lures_by_suffix or any(part in lures.words for each in others for part in _PARTS.findall(each))


def _of(host: Host, labels: list[_Label], brand: Brand, lures: Lures) -> Iterator[Likeness]:
    for label in labels:
        reasons = (_reason(reading, name, label, brand, lures) for reading in label.readings for name in brand.names)
        found = ""
        for reason in filter(None, reasons):
            found = reason
            # Another reading may say more than that it is a slip.
            if reason != "near":
                break
        if found:
            yield _placed(brand, found, host, is_before=label.text != host.name)
            return


def _placed(brand: Brand, reason: str, host: Host, *, is_before: bool) -> Likeness:
    """Name the trick rather than the likeness where a host holds the whole domain of a brand."""
    if reason == "confusable":
        return Likeness(brand, reason, is_plain=True)
    whole = plain_letters(host.shown)
    if any(domain in whole[: -len(host.suffix)] for domain in brand.domains):
        return Likeness(brand, "domain_inside", is_plain=True)
    return Likeness(brand, "in_subdomain" if is_before and reason in {"brand_inside", "other_suffix"} else reason)


def _reason(reading: _Reading, token: str, label: _Label, brand: Brand, lures: Lures) -> str:
    if _holds(reading, token, label, brand, lures):
        if not label.text.isascii():
            return "confusable"
        if label.text == token:
            return "other_suffix"
        return "brand_inside" if reading.is_plain else "look_alike"
    reason = _misspelt(reading, token, label, brand)
    return "confusable" if reason == "look_alike" and not label.text.isascii() else reason


def _holds(reading: _Reading, token: str, label: _Label, brand: Brand, lures: Lures) -> bool:
    """Say whether a reading holds a name as its kind demands."""
    if token in brand.words:
        is_there = token in reading.joined if len(token) >= _LONG else token in reading.parts
        return is_there and (not reading.is_plain or label.is_lured or _has_lure_beside(reading, token, lures))
    if token in brand.tokens and len(token) >= _LONG:
        return token in reading.joined
    for part in (*reading.parts, reading.joined):
        if part.startswith(token) and ((token in brand.tokens and len(token) == _MIDDLE) or lures.only(part[len(token) :])):
            return True
        if part.endswith(token) and lures.only(part[: -len(token)]):
            return True
    return False


def _has_lure_beside(reading: _Reading, token: str, lures: Lures) -> bool:
    around = [rest for part in reading.parts for rest in part.split(token) if rest]
    return any(lures.only(rest) or any(_touches(rest, lure) for lure in lures.words) for rest in around)


def _touches(rest: str, lure: str) -> bool:
    return len(lure) >= _SHORTEST_LURE and (rest.startswith(lure) or rest.endswith(lure))


def _misspelt(reading: _Reading, token: str, label: _Label, brand: Brand) -> str:
    thin_token, most = thin(token), 2 if len(token) >= _TWO_SLIPS else 1
    if token in brand.tokens and len(token) >= _THIN_INSIDE and thin_token in reading.thin:
        return "look_alike"
    for core in reading.cores:
        if core.text == token or abs(len(core.text) - len(token)) > most:
            continue
        is_lured = core.is_lured or label.is_lured
        if core.thin == thin_token:
            if len(token) >= _MIDDLE or is_lured:
                return "look_alike"
        elif _is_slip(core.thin, thin_token, most, brand, token, is_lured=is_lured):
            return "near"
    return ""


def _is_slip(core: str, token: str, most: int, brand: Brand, name: str, *, is_lured: bool) -> bool:
    if len(token) < _LONG:
        if name in brand.short and not is_lured:
            return brand.is_ours and _is_doubled(core, token)
        return _is_doubled(core, token) or (brand.is_ours and slips(core, token, 1) == 1)
    if name in brand.short or (core[:1] != token[:1] and len(token) < _TWO_SLIPS):
        return False
    # A slip changes at most two of the letters that occur: that is seen sooner than how many slips there are.
    return core != token + "s" and len(set(core) ^ set(token)) <= 2 * most and slips(core, token, most) <= most


def _is_doubled(core: str, token: str) -> bool:
    """Say whether a short name has a letter twice, or two letters swapped: with so few letters any other slip is a word."""
    if len(core) == len(token) + 1:
        return any(core[at] == core[at + 1] and core[:at] + core[at + 1 :] == token for at in range(len(token)))
    return len(core) == len(token) and sorted(core) == sorted(token) and slips(core, token, 1) == 1
