"""The shapes of the written world. All frozen; all that is not optional must be written down."""

from dataclasses import dataclass, field

LANGUAGES = ("en", "zh-Hans", "zh-Hant", "ru", "vi", "tr", "pt", "es", "id", "ja", "ko")
CHANNELS = ("chat", "ticket", "email", "telegram", "x", "facebook")
STATUSES = ("open", "waiting", "snoozed", "resolved", "closed")
PRIORITIES = ("urgent", "high", "normal", "low")
ROLES = ("agent", "supervisor", "admin")
LEVELS = ("C2", "C1", "B2", "B1")
TIERS = ("T0", "T1", "T2", "VIP1", "VIP2", "VIP3")
WHO = ("customer", "agent", "note", "resolve")
MOODS = (
    "calm", "hurried", "confused", "worried", "angry", "desperate", "formal", "sarcastic", "suspicious", "grateful",
)  # fmt: skip
SKILLS = ("deposit", "risk", "kyc", "p2p", "security", "futures", "api", "fiat", "spot", "senior")
TOPICS = (
    "deposit-not-credited", "deposit-memo", "deposit-wrong-network", "withdrawal-pending", "withdrawal-suspended", "two-factor",
    "identity-check", "risk-control", "p2p-appeal", "order-not-filled", "liquidation", "funding", "fees", "api", "promotion",
    "phishing-report", "account-takeover", "card-fiat", "delisting", "listing", "history-tax", "account-deletion", "limits",
    "legal-request", "outage", "other",
)  # fmt: skip


@dataclass(frozen=True)
class Team:
    """A team and the part of the day it answers in."""

    key: str
    name: str


@dataclass(frozen=True)
class Queue:
    """A line of one team; its key begins with the team's."""

    key: str
    name: str
    team: str
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Someone who works here. `languages` maps code to level; shift hours are UTC, `to` may be 24."""

    key: str
    name: str
    public_name: str
    email: str
    role: str
    title: str
    teams: tuple[str, ...]
    languages: dict[str, str]
    skills: tuple[str, ...]
    chats_at_once: int
    shift_from_hour: int
    shift_to_hour: int
    zone: str
    is_away: bool = False


@dataclass(frozen=True)
class Customer:
    """Someone who asks. `phone` is masked already; without `uid` they write to us and have no account."""

    key: str
    name: str
    latin_name: str
    language: str
    country: str
    zone: str
    tier: str
    email: str
    uid: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Turn:
    """One thing said. `after_seconds` counts from the turn before it."""

    who: str
    after_seconds: int
    text: str = ""
    by: str | None = None


@dataclass(frozen=True)
class Conversation:
    """One conversation from its first word to where it stands now."""

    number: int
    language: str
    channel: str
    topic: str
    queue: str
    customer: str
    mood: str
    status: str
    priority: str
    started_minutes_ago: int
    turns: tuple[Turn, ...]
    agent: str | None = None
    subject: str | None = None
    incident: str | None = None
    merge_into: int | None = None
    snoozed_for_minutes: int | None = None
    rating: int | None = None
    rating_comment: str | None = None
    twist: str | None = None


@dataclass(frozen=True)
class Macro:
    """A ready answer, its title and words in every language. `skill` is needed to use it; without `team` it is everybody's."""

    key: str
    topic: str
    titles: dict[str, str]
    texts: dict[str, str]
    variables: tuple[str, ...] = ()
    skill: str | None = None
    team: str | None = None
    reviewed_days_ago: int = 30


@dataclass(frozen=True)
class Script:
    """What one customer of the live traffic types: a burst to begin with, a line after each answer, and thanks at the end."""

    key: str
    language: str
    topic: str
    opening: tuple[str, ...]
    follow_ups: tuple[str, ...]
    thanks: str


@dataclass(frozen=True)
class World:
    """Everything written down, in the order of the files; conversations by number."""

    teams: tuple[Team, ...] = ()
    queues: tuple[Queue, ...] = ()
    staff: tuple[Person, ...] = ()
    customers: tuple[Customer, ...] = ()
    conversations: tuple[Conversation, ...] = ()
    macros: tuple[Macro, ...] = field(default=())
    scripts: tuple[Script, ...] = field(default=())
