"""Every way to ask about topics. All that is asked stands in a file that is read once; the database is never asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import translation

from vigil.languages.table import find_language
from vigil.topics import rules
from vigil.topics.rules import Ear, Lines, TopicGuess
from vigil.topics.tree import Topic, Tree, read_tree
from vigil.workspace.profile import profile

_ENGLISH = "en"  # Its words are mixed into every language.
# Nothing is in Vietnamese that does not show it, and its words without accents are many other words.
_KNOWN_BY_LETTERS = {"vi"}


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic by its key and its name in one language."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """Topics that are shown together, in their order."""

    name: str
    topics: tuple[TopicRow, ...]


@cache
def topics() -> Tree:
    """Give the topics of this installation, read once. Raises BadTopics."""
    return read_tree(Path(settings.VIGIL_TOPICS), profile().languages)


def list_groups() -> Sequence[TopicGroup]:
    """List all topics by group, named in the active language; one that the brand does not speak is answered in the brand's own."""
    tree, language = topics(), _active()
    return [
        TopicGroup(
            _said(group.names, language),
            tuple(TopicRow(topic.key, _said(topic.names, language)) for topic in tree.topics if topic.group == group.key),
        )
        for group in tree.groups
    ]


def is_topic(key: str) -> bool:
    """Say whether there is such a topic."""
    return key in _by_key()


def topic_name(key: str) -> str:
    """Name a topic in the active language; one that the file does not hold any more is named by its key."""
    topic = _by_key().get(key)
    return _said(topic.names, _active()) if topic else key


def facts_needed(key: str) -> tuple[str, ...]:
    """Tell the kinds of facts that a case of this topic usually needs; none for a topic that nobody knows."""
    topic = _by_key().get(key)
    return topic.facts if topic else ()


def guess_topic(text: str, language: str | None = None) -> TopicGuess | None:
    """Guess what words in `language` are about; None where they do not say, or say two things alike.

    Where the language is not known, words of every language are listened for, but for those that it would have been known by.
    """
    return rules.guess_topic(_ear(language).hear(text), *_lines_and_weights())


@cache
def _lines_and_weights() -> tuple[dict[str, Lines], dict[str, float]]:
    tree = topics()
    return {topic.key: topic.lines for topic in tree.topics}, {concept.key: concept.weight for concept in tree.concepts}


@cache
def _by_key() -> dict[str, Topic]:
    return {topic.key: topic for topic in topics().topics}


@cache
def _ear_of(languages: tuple[str, ...]) -> Ear:
    return Ear(topics().concepts, languages)


def _ear(language: str | None) -> Ear:
    spoken = profile().languages
    if language is not None and language in spoken:
        return _ear_of((language, _ENGLISH))
    return _ear_of(tuple(each for each in spoken if each not in _KNOWN_BY_LETTERS))


def _active() -> str:
    spoken = find_language(translation.get_language() or "")
    return spoken.code if spoken else profile().default_language


def _said(names: Mapping[str, str], language: str) -> str:
    return names.get(language) or names[profile().default_language]
