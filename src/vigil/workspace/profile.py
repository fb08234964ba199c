"""The brand's profile: one file, read once, refused when anything in it is unknown or missing."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings


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
    sites: tuple[Site, ...]

    def promise_for(self, channel: str) -> Promise:
        """Tell what is promised on `channel`; an unknown one gets the slowest promise rather than none."""
        return self.promises.get(channel) or max(self.promises.values(), key=lambda promise: promise.first_answer)

    def queue_for(self, language: str) -> str:
        """Name the queue where an unsorted conversation in `language` waits."""
        return self.queues_by_language.get(language, self.default_queue)

    def find_site(self, key: str) -> Site | None:
        """Find the site that carries `key`."""
        return next((site for site in self.sites if site.key == key), None)


def _exactly(section: dict[str, Any], names: set[str], where: str) -> dict[str, Any]:
    if set(section) != names:
        raise BadProfile(f"[{where}] takes exactly {', '.join(sorted(names))}; it has {', '.join(sorted(section)) or 'nothing'}")
    return section


def _promise(channel: str, section: dict[str, Any]) -> Promise:
    read = _exactly(section, {"first_answer_minutes", "next_answer_minutes"}, f"promises.{channel}")
    return Promise(timedelta(minutes=read["first_answer_minutes"]), timedelta(minutes=read["next_answer_minutes"]))


def read_profile(path: Path, *, own_origin: str) -> Profile:
    """Read a profile file; "self" among a site's origins becomes `own_origin`. Raises BadProfile."""
    try:
        raw = _exactly(tomllib.loads(path.read_text(encoding="utf-8")), {"brand", "promises", "intake", "sites"}, path.name)
        brand = _exactly(raw["brand"], {"name", "hue", "number_prefix", "languages", "default_language"}, "brand")
        intake = _exactly(raw["intake"], {"default_queue", "queues"}, "intake")
        sites = [_exactly(site, {"key", "name", "origins"}, "sites") for site in raw["sites"]]
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadProfile(f"{path}: {error}") from error
    return Profile(
        name=brand["name"],
        hue=brand["hue"],
        number_prefix=brand["number_prefix"],
        languages=tuple(brand["languages"]),
        default_language=brand["default_language"],
        promises={channel: _promise(channel, section) for channel, section in raw["promises"].items()},
        default_queue=intake["default_queue"],
        queues_by_language=dict(intake["queues"]),
        sites=tuple(
            Site(site["key"], site["name"], tuple(own_origin if origin == "self" else origin for origin in site["origins"]))
            for site in sites
        ),
    )


@cache
def profile() -> Profile:
    """Give the profile of this installation, read once."""
    return read_profile(Path(settings.VIGIL_PROFILE), own_origin=settings.VIGIL_BASE_URL)
