"""The brand's profile: one file, read once, refused when anything in it is unknown or missing."""

import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from vigil.workspace.access_keys import BadShape, read_shapes

_MOST_MINUTES = 60 * 24 * 366
# What a key may be made of, and what the columns for names hold.
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,48}")
_LONGEST_NAME = 80


class BadProfile(Exception):
    """The profile file cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Promise:
    """How soon an answer is owed on one channel."""

    first_answer: timedelta
    next_answer: timedelta


@dataclass(frozen=True, slots=True)
class Site:
    """A page, or a family of pages, that may hold the chat."""

    key: str
    name: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueuePlan:
    """A queue that this installation has from its first day."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """A team that this installation has from its first day, with its queues in their order."""

    key: str
    name: str
    queues: tuple[QueuePlan, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """All that makes this installation one brand's."""

    name: str
    hue: int
    number_prefix: str
    languages: tuple[str, ...]
    default_language: str
    promises: dict[str, Promise]
    default_queue: str
    queues_by_language: dict[str, str]
    teams: tuple[TeamPlan, ...]
    sites: tuple[Site, ...]
    # An account's number is masked at the desk as addresses are; and beyond so many looks in 24 hours a supervisor sees a mark.
    masks_uid: bool
    usual_reveals: int
    # What an agent reads in an hour that is not theirs: beyond the usual a supervisor sees a mark, beyond the most nothing further opens.
    usual_readings: int
    most_readings: int

    @property
    def intake(self) -> frozenset[str]:
        """Name every queue into which unsorted conversations come."""
        return frozenset({self.default_queue, *self.queues_by_language.values()})

    def promise_for(self, channel: str) -> Promise:
        """Tell what is promised on `channel`; an unknown one gets the slowest promise rather than none."""
        return self.promises.get(channel) or max(self.promises.values(), key=lambda promise: promise.first_answer)

    def queue_for(self, language: str) -> str:
        """Name the queue where an unsorted conversation in `language` waits."""
        return self.queues_by_language.get(language, self.default_queue)

    def find_site(self, key: str) -> Site | None:
        """Find the site that carries `key`."""
        return next((site for site in self.sites if site.key == key), None)


def _exactly(section: object, names: set[str], where: str) -> dict[str, Any]:
    given = set(section) if isinstance(section, dict) else set()
    if not isinstance(section, dict) or given != names:
        raise BadProfile(f"[{where}] takes exactly {', '.join(sorted(names))}; it has {', '.join(sorted(given)) or 'nothing'}")
    return section


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise BadProfile(f"{where} takes a text, not {value!r}")
    return value


def _texts(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise BadProfile(f"{where} takes a list of texts, not {value!r}")
    return tuple(_text(each, where) for each in value)


def _table(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadProfile(f"[{where}] is a section, not {value!r}")
    return value


def _whole(value: object, where: str, *, least: int, most: int) -> int:
    # A yes is an int to Python, and to nobody else.
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise BadProfile(f"{where} takes a whole number from {least} to {most}, not {value!r}")
    return value


def _flag(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise BadProfile(f"{where} takes true or false, not {value!r}")
    return value


def _promise(channel: str, section: object) -> Promise:
    where = f"promises.{channel}"
    read = _exactly(section, {"first_answer_minutes", "next_answer_minutes"}, where)
    first, further = (
        timedelta(minutes=_whole(read[name], f"{where}.{name}", least=1, most=_MOST_MINUTES))
        for name in ("first_answer_minutes", "next_answer_minutes")
    )
    return Promise(first, further)


def _site(section: object, own_origin: str) -> Site:
    read = _exactly(section, {"key", "name", "origins"}, "sites")
    origins = _texts(read["origins"], "sites.origins")
    return Site(
        _text(read["key"], "sites.key"),
        _text(read["name"], "sites.name"),
        tuple(own_origin if origin == "self" else origin for origin in origins),
    )


def _sites(sections: object, own_origin: str) -> tuple[Site, ...]:
    if not isinstance(sections, list) or not sections:
        raise BadProfile("[[sites]] names no page that may hold the chat")
    sites = tuple(_site(section, own_origin) for section in sections)
    if len({site.key for site in sites}) != len(sites):
        raise BadProfile("[[sites]] has a key twice")
    return sites


def _key_and_name(section: dict[str, Any], where: str) -> tuple[str, str]:
    key, name = _text(section["key"], f"{where}.key"), _text(section["name"], f"{where}.name")
    if not _KEY.fullmatch(key):
        raise BadProfile(f"{where}.key takes small letters, digits and hyphens, not {key!r}")
    if len(name) > _LONGEST_NAME:
        raise BadProfile(f"{where}.name takes at most {_LONGEST_NAME} letters, not {len(name)}")
    return key, name


def _team(section: object) -> TeamPlan:
    read = _exactly(section, {"key", "name", "queues"}, "teams")
    if not isinstance(read["queues"], list) or not read["queues"]:
        raise BadProfile("teams.queues takes a list of queues, each with key and name")
    queues = [_key_and_name(_exactly(queue, {"key", "name"}, "teams.queues"), "teams.queues") for queue in read["queues"]]
    return TeamPlan(*_key_and_name(read, "teams"), tuple(QueuePlan(key, name) for key, name in queues))


def _teams(sections: object) -> tuple[TeamPlan, ...]:
    if not isinstance(sections, list) or not sections:
        raise BadProfile("[[teams]] names no team that could answer")
    teams = tuple(_team(section) for section in sections)
    queues = [queue.key for team in teams for queue in team.queues]
    if len({team.key for team in teams}) != len(teams) or len(set(queues)) != len(queues):
        raise BadProfile("[[teams]] has a key twice")
    return teams


def read_profile(path: Path, *, own_origin: str) -> Profile:
    """Read a profile file; "self" among a site's origins becomes `own_origin`. Raises BadProfile, which names the file."""
    try:
        return _understand(tomllib.loads(path.read_text(encoding="utf-8")), own_origin)
    except OSError as error:
        raise BadProfile(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, BadProfile) as error:
        raise BadProfile(f"{path}: {error}") from error


def _understand(read: dict[str, Any], own_origin: str) -> Profile:
    # The official channels stand in the same file and are read by `trust`; the shapes of keys are read again where they are used.
    _check_shapes(read.get("access_keys", []))
    raw = _exactly(
        {key: section for key, section in read.items() if key not in {"official", "access_keys"}},
        {"brand", "promises", "intake", "personal", "reading", "teams", "sites"},
        "the file",
    )
    brand = _exactly(raw["brand"], {"name", "hue", "number_prefix", "languages", "default_language"}, "brand")
    intake = _exactly(raw["intake"], {"default_queue", "queues"}, "intake")
    personal = _exactly(raw["personal"], {"masks_uid", "usual_reveals"}, "personal")
    reading = _exactly(raw["reading"], {"usual_an_hour", "most_an_hour"}, "reading")
    languages = _texts(brand["languages"], "brand.languages")
    if brand["default_language"] not in languages:
        raise BadProfile(f"brand.default_language takes one of brand.languages, not {brand['default_language']!r}")
    promises = {channel: _promise(channel, section) for channel, section in _table(raw["promises"], "promises").items()}
    if not promises:
        raise BadProfile("[promises] is empty: at least one channel must promise something")
    queues = _table(intake["queues"], "intake.queues")
    understood = Profile(
        name=_text(brand["name"], "brand.name"),
        hue=_whole(brand["hue"], "brand.hue", least=0, most=360),
        number_prefix=_text(brand["number_prefix"], "brand.number_prefix"),
        languages=languages,
        default_language=brand["default_language"],
        promises=promises,
        default_queue=_text(intake["default_queue"], "intake.default_queue"),
        queues_by_language={language: _text(queue, f"intake.queues.{language}") for language, queue in queues.items()},
        teams=_teams(raw["teams"]),
        sites=_sites(raw["sites"], own_origin),
        masks_uid=_flag(personal["masks_uid"], "personal.masks_uid"),
        usual_reveals=_whole(personal["usual_reveals"], "personal.usual_reveals", least=0, most=10_000),
        usual_readings=_whole(reading["usual_an_hour"], "reading.usual_an_hour", least=0, most=10_000),
        most_readings=_whole(reading["most_an_hour"], "reading.most_an_hour", least=1, most=1_000_000),
    )
    return _with_every_queue(understood)


def _check_shapes(section: object) -> None:
    try:
        read_shapes(section)
    except BadShape as error:
        raise BadProfile(str(error)) from error


def _with_every_queue(profile: Profile) -> Profile:
    # Where the intake names a queue that nobody has, the first customer would find no door.
    missing = profile.intake - {queue.key for team in profile.teams for queue in team.queues}
    if missing:
        raise BadProfile(f"[intake] names {', '.join(sorted(missing))}; no team in [[teams]] has such a queue")
    return profile


@cache
def profile() -> Profile:
    """Give the profile of this installation, read once."""
    return read_profile(Path(settings.VIGIL_PROFILE), own_origin=settings.VIGIL_BASE_URL)
