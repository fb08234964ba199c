"""The file of topics: read once, and refused when anything in it is unknown or missing."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vigil.topics.rules import Concept, Lines

# What a topic may need to know: kinds of facts as `identifiers` tells them apart.
FACT_KINDS = frozenset(
    {"address", "amount", "case_number", "email", "memo", "moment", "network", "order_id", "pair", "phone", "txid", "uid"}
)
_LONGEST_KEY = 48


class BadTopics(Exception):
    """The file of topics cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Group:
    """A branch of the tree: topics that are shown together."""

    key: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a case can be about; `facts` are the kinds that it usually needs, the most important first; `lines` say when it is heard."""

    key: str
    group: str
    names: Mapping[str, str]
    facts: tuple[str, ...]
    lines: Lines


@dataclass(frozen=True, slots=True)
class Tree:
    """All topics in their order, and the words by which they are known."""

    groups: tuple[Group, ...]
    topics: tuple[Topic, ...]
    concepts: tuple[Concept, ...]


def read_tree(path: Path, languages: Collection[str]) -> Tree:
    """Read a file of topics with names and words in `languages`. Raises BadTopics, which names the file."""
    try:
        return _understand(tomllib.loads(path.read_text(encoding="utf-8")), languages)
    except OSError as error:
        raise BadTopics(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, BadTopics) as error:
        raise BadTopics(f"{path}: {error}") from error


def _understand(raw: dict[str, Any], languages: Collection[str]) -> Tree:
    read = _exactly(raw, {"groups", "topics", "words"}, "the file")
    groups = tuple(_group(each, languages) for each in _list(read["groups"], "groups"))
    concepts = tuple(_concept(key, each, languages) for key, each in _table(read["words"], "words").items())
    topics = tuple(_topic(each, languages) for each in _list(read["topics"], "topics"))
    _refuse_twice("groups", (group.key for group in groups))
    _refuse_twice("topics", (topic.key for topic in topics))
    for topic in topics:
        where = f"topics.{topic.key}"
        _refuse_unknown(f"{where}.group", {topic.group}, {group.key for group in groups})
        _refuse_unknown(f"{where}.facts", topic.facts, FACT_KINDS)
        said = {*topic.lines.near, *(key for line in topic.lines.when for key in line)}
        _refuse_unknown(f"{where}.when", said, {concept.key for concept in concepts})
    return Tree(groups, topics, concepts)


def _group(section: object, languages: Collection[str]) -> Group:
    read = _exactly(section, {"key", "names"}, "groups")
    key = _text(read["key"], "groups.key")
    return Group(key, _by_language(read["names"], languages, f"groups.{key}.names"))


def _topic(section: object, languages: Collection[str]) -> Topic:
    read = _exactly(section, {"key", "group", "names", "facts", "when", "near"}, "topics")
    key = _text(read["key"], "topics.key")
    if len(key) > _LONGEST_KEY:
        raise BadTopics(f"topics.{key} has a key of more than {_LONGEST_KEY} letters")
    return Topic(
        key,
        _text(read["group"], f"topics.{key}.group"),
        _by_language(read["names"], languages, f"topics.{key}.names"),
        _texts(read["facts"], f"topics.{key}.facts"),
        Lines(
            tuple(_texts(line, f"topics.{key}.when") for line in _list(read["when"], f"topics.{key}.when")),
            _texts(read["near"], f"topics.{key}.near"),
        ),
    )


def _concept(key: str, section: object, languages: Collection[str]) -> Concept:
    read = dict(_table(section, f"words.{key}"))
    is_heavy = read.pop("heavy", False)
    words = {
        language: tuple(word.strip() for word in said.split(",") if word.strip())
        for language, said in _by_language(read, languages, f"words.{key}").items()
    }
    return Concept(key, words, is_heavy=is_heavy is True)


def _by_language(section: object, languages: Collection[str], where: str) -> dict[str, str]:
    given = _table(section, where)
    # A file may know more languages than the brand speaks, but no fewer.
    missing = [language for language in languages if not isinstance(given.get(language), str) or not given[language]]
    if missing:
        raise BadTopics(f"[{where}] says nothing in {', '.join(missing)}")
    return given


def _exactly(section: object, names: set[str], where: str) -> dict[str, Any]:
    if not isinstance(section, dict) or set(section) != names:
        given = ", ".join(sorted(section)) if isinstance(section, dict) else "nothing"
        raise BadTopics(f"[{where}] takes exactly {', '.join(sorted(names))}; it has {given}")
    return section


def _table(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadTopics(f"[{where}] is a section, not {value!r}")
    return value


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadTopics(f"{where} takes a list, not {value!r}")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise BadTopics(f"{where} takes a text, not {value!r}")
    return value


def _texts(value: object, where: str) -> tuple[str, ...]:
    return tuple(_text(each, where) for each in _list(value, where))


def _refuse_twice(where: str, keys: Iterable[str]) -> None:
    seen = list(keys)
    if len(set(seen)) != len(seen):
        raise BadTopics(f"[[{where}]] has a key twice")


def _refuse_unknown(where: str, given: Iterable[str], known: Collection[str]) -> None:
    unknown = sorted({key for key in given if key not in known})
    if unknown:
        raise BadTopics(f"{where} names {', '.join(unknown)}, which is nowhere")
