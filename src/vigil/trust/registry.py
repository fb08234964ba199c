"""The official channels as a file says them: read whole, refused when anything in it is unknown or missing."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from vigil.safety.links.hosts import NoHost, read_host
from vigil.safety.links.judging import Official
from vigil.trust.channels import KINDS, normal

# What a channel is for, told beside it. A channel for announcements that offers support is not ours.
SCOPES = ("everything", "trading", "help", "support", "announcements", "community", "letters", "codes", "downloads")
_MOST_ENTRIES = 10_000


class BadRegistry(Exception):
    """The registry cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A channel of ours, or, `is_none`, the word that on channels of this kind we are not at all.

    `value` is as people see it, `scope` one of SCOPES, `owner` the team that answers for it. It counts from `since` on and up
    to the day before `until`.
    """

    kind: str
    value: str
    scope: str
    owner: str
    since: date
    until: date | None = None
    is_none: bool = False

    def counts(self, on: date) -> bool:
        """Say whether the entry holds on a day."""
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, eq=False)
class Registry:
    """All official channels of one brand. Each that was read is only itself, so that what follows from it can be remembered."""

    brand: str
    entries: tuple[Entry, ...]

    def find(self, kind: str, value: str, on: date) -> Entry | None:
        """Find the entry of this kind that counts on a day and says this value; None when there is none."""
        found = self._by_value.get((kind, normal(kind, value)), ())
        return next((entry for entry in found if entry.counts(on)), None)

    def says_none(self, kind: str, on: date) -> Entry | None:
        """Find the entry which says that we have no channel of this kind."""
        return next((entry for entry in self.entries if entry.kind == kind and entry.is_none and entry.counts(on)), None)

    def official(self, on: date) -> Official:
        """Give what the judge of links must know: our name, our hosts on that day, and the names that may be imitated."""
        return _official(self, on)

    def sites(self, on: date) -> list[str]:
        """List our hosts on a day."""
        return [entry.value for entry in self.entries if entry.kind == "site" and not entry.is_none and entry.counts(on)]

    @cached_property
    def _by_value(self) -> dict[tuple[str, str], list[Entry]]:
        found: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.entries:
            if not entry.is_none:
                found.setdefault((entry.kind, normal(entry.kind, entry.value)), []).append(entry)
        return found


@lru_cache(maxsize=8)
def _official(registry: Registry, on: date) -> Official:
    hosts = [read_host(site) for site in registry.sites(on)]
    names = {registry.brand.casefold(), *(host.name for host in hosts)}
    tokens = {"".join(filter(str.isalnum, name)) for name in names}
    return Official(registry.brand, frozenset(host.ascii for host in hosts), tuple(sorted(filter(None, tokens))))


def read_registry(path: Path) -> Registry:
    """Read [brand] name and every [[official]] of a file, a profile or one that has nothing else. Raises BadRegistry, which names it."""
    try:
        return understand(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise BadRegistry(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, BadRegistry) as error:
        raise BadRegistry(f"{path}: {error}") from error


def understand(read: dict[str, Any]) -> Registry:
    """Read a registry from what a file held; what does not belong to it is passed over. Raises BadRegistry."""
    brand = read.get("brand")
    name = brand.get("name") if isinstance(brand, dict) else None
    if not isinstance(name, str) or not name.strip():
        raise BadRegistry("[brand] has no name")
    sections = read.get("official", [])
    if not isinstance(sections, list) or len(sections) > _MOST_ENTRIES:
        raise BadRegistry("[[official]] is a list of channels")
    entries = tuple(_entry(section, f"official {number}") for number, section in enumerate(sections, 1))
    _refuse_contradictions(entries)
    return Registry(name, entries)


def _entry(section: object, where: str) -> Entry:
    if not isinstance(section, dict):
        raise BadRegistry(f"{where} is no section")
    is_none = section.get("none", False)
    wanted = {"kind", "owner", "from", "none"} if "none" in section else {"kind", "value", "scope", "owner", "from"}
    if set(section) - {"until"} != wanted or is_none not in ({True} if "none" in section else {False}):
        raise BadRegistry(f"{where} takes kind, value, scope, owner and from, or kind, none = true, owner and from; until may follow")
    entry = Entry(
        _one_of(section["kind"], KINDS, f"{where}, kind"),
        _text(section.get("value", "-"), f"{where}, value") if not is_none else "",
        _one_of(section.get("scope", "everything"), SCOPES, f"{where}, scope"),
        _text(section["owner"], f"{where}, owner"),
        _day(section["from"], f"{where}, from"),
        _day(section["until"], f"{where}, until") if "until" in section else None,
        is_none=is_none,
    )
    if entry.until is not None and entry.until <= entry.since:
        raise BadRegistry(f"{where} ends before it begins")
    if entry.kind in {"site", "mail_domain"} and not is_none:
        _refuse_no_host(entry.value, where)
    return entry


def _refuse_no_host(value: str, where: str) -> None:
    try:
        host = read_host(value)
    except NoHost as error:
        raise BadRegistry(f"{where}: {value!r} is no host") from error
    if not host.name or host.is_number or host.ascii != value.lower():
        raise BadRegistry(f"{where}: write the bare host that somebody has registered, not {value!r}")


def _refuse_contradictions(entries: tuple[Entry, ...]) -> None:
    for none in (entry for entry in entries if entry.is_none):
        for other in entries:
            meets = (none.until is None or other.since < none.until) and (other.until is None or none.since < other.until)
            if other.kind == none.kind and not other.is_none and meets:
                raise BadRegistry(f"{other.value!r} is a channel of kind {other.kind}, and another entry says that we have none there")


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadRegistry(f"{where} takes a text, not {value!r}")
    return value.strip()


def _one_of(value: object, known: tuple[str, ...], where: str) -> str:
    if value not in known:
        raise BadRegistry(f"{where} takes one of {', '.join(known)}, not {value!r}")
    return str(value)


def _day(value: object, where: str) -> date:
    # A moment is a day to Python; nobody here means one.
    if type(value) is not date:
        raise BadRegistry(f"{where} takes a day such as 2026-01-31, not {value!r}")
    return value
