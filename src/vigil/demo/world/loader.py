"""Reads the written world and refuses it if a key is unknown, a value is of the wrong kind, or a name belongs to nobody."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from vigil.demo import identifiers
from vigil.demo.world import schema
from vigil.demo.world.schema import Conversation, Customer, Macro, Person, Queue, Script, Team, Turn, World

Row = TypeVar("Row")
Spoken = TypeVar("Spoken", Conversation, Script)
HERE = Path(__file__).parent
_VARIABLE = re.compile(r"\{\{([a-z_]+(?:\.[a-z_]+)*)\}\}")


class WorldError(ValueError):
    """The written world contradicts itself; the message names the file and the entry."""


def load_world(folder: Path = HERE) -> World:
    """Read and check the whole world. Raises WorldError; files that are not there count as empty."""
    staff, people = _toml(folder / "staff.toml"), _toml(folder / "customers.toml")
    _refuse_unknown(staff, {"teams", "queues", "staff"}, "staff.toml")
    world = World(
        teams=_rows(Team, staff, "teams", "staff.toml"),
        queues=_rows(Queue, staff, "queues", "staff.toml"),
        staff=_rows(Person, staff, "staff", "staff.toml"),
        customers=_only(Customer, people, "customers", "customers.toml"),
        conversations=_conversations(folder / "conversations"),
        scripts=_by_language(Script, folder / "traffic", "scripts"),
        macros=_only(Macro, _toml(folder / "macros.toml"), "macros", "macros.toml"),
    )
    _check_people(world)
    for conversation in world.conversations:
        _check_conversation(world, conversation)
    for macro in world.macros:
        _check_macro(world, macro)
    for script in world.scripts:
        _check_script(script)
    return world


def _toml(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise WorldError(f"{path.name}: {fault}") from fault


def _conversations(folder: Path) -> tuple[Conversation, ...]:
    found = _by_language(Conversation, folder, "conversations")
    _unique((c.number for c in found), "conversations")
    return tuple(sorted(found, key=lambda c: c.number))


def _by_language(kind: type[Spoken], folder: Path, name: str) -> tuple[Spoken, ...]:
    found: list[Spoken] = []
    for path in sorted(folder.glob("*.toml")):
        for place, row in enumerate(_only(kind, _toml(path), name, path.name)):
            _require(row.language == path.stem, f"{path.name}, {name}[{place}]", "stands in another language's file")
            found.append(row)
    return tuple(found)


def _only(kind: type[Row], raw: Mapping[str, Any], name: str, where: str) -> tuple[Row, ...]:
    _refuse_unknown(raw, {name}, where)
    return _rows(kind, raw, name, where)


def _rows(kind: type[Row], raw: Mapping[str, Any], name: str, where: str) -> tuple[Row, ...]:
    return tuple(_row(kind, one, f"{where}, {name}[{place}]") for place, one in enumerate(raw.get(name, [])))


def _row(kind: type[Row], raw: Any, where: str) -> Row:
    _require(isinstance(raw, dict), where, "is no table")
    label = f"{where} ({raw.get('key', raw.get('number', '…'))})"
    hints, known = get_type_hints(kind), fields(kind)  # type: ignore[arg-type]  # every kind here is a dataclass
    _refuse_unknown(raw, {f.name for f in known}, label)
    for f in known:
        _require(f.name in raw or f.default is not MISSING, label, f"lacks {f.name}")
    return kind(**{name: _value(hints[name], value, f"{label}, {name}") for name, value in raw.items()})


def _value(hint: Any, value: Any, where: str) -> Any:
    origin = get_origin(hint)
    if origin is UnionType:
        return _value(get_args(hint)[0], value, where)
    if origin is tuple:
        _require(isinstance(value, list), where, "is no list")
        inner = get_args(hint)[0]
        return tuple(_row(Turn, v, f"{where}[{n}]") if inner is Turn else _value(inner, v, where) for n, v in enumerate(value))
    if origin is dict:
        _require(isinstance(value, dict) and all(type(v) is str for v in value.values()), where, "is no table of strings")
        return value
    _require(type(value) is hint, where, f"is no {hint.__name__}")
    return value


def _check_people(world: World) -> None:
    teams = {t.key for t in world.teams}
    for rows in (world.teams, world.queues, world.staff, world.customers, world.macros, world.scripts):
        _unique((row.key for row in rows), "keys")
    for queue in world.queues:
        _require(queue.team in teams and queue.key.startswith(queue.team + "-"), queue.key, "belongs to no team")
        _among(queue.skills, schema.SKILLS, queue.key)
    for person in world.staff:
        _among(person.teams, teams, person.key)
        _among(person.skills, schema.SKILLS, person.key)
        _among(person.languages, schema.LANGUAGES, person.key)
        _among(person.languages.values(), schema.LEVELS, person.key)
        _among([person.role], schema.ROLES, person.key)
        _require(0 <= person.shift_from_hour < person.shift_to_hour <= 24, person.key, "has no shift within a day")
    for customer in world.customers:
        _among([customer.language], schema.LANGUAGES, customer.key)
        _among([customer.tier], schema.TIERS, customer.key)
        _require(customer.uid is None or re.fullmatch(r"7\d{7}", customer.uid) is not None, customer.key, "has no UID of eight digits")
        _require(customer.email.endswith(".example"), customer.key, "has an address that could exist")
        _require(customer.phone is None or "**" in customer.phone, customer.key, "has a telephone number that could exist")
    _unique((c.uid for c in world.customers if c.uid), "uids")
    _unique([*(p.email for p in world.staff), *(c.email for c in world.customers)], "addresses")


def _check_conversation(world: World, one: Conversation) -> None:
    where = f"conversation {one.number}"
    for value, known in (
        (one.language, schema.LANGUAGES), (one.channel, schema.CHANNELS), (one.topic, schema.TOPICS), (one.mood, schema.MOODS),
        (one.status, schema.STATUSES), (one.priority, schema.PRIORITIES), (one.queue, {q.key for q in world.queues}),
        (one.customer, {c.key for c in world.customers}),
    ):  # fmt: skip
        _among([value], known, where)
    team = next(q.team for q in world.queues if q.key == one.queue)
    staff = {p.key for p in world.staff if team in p.teams}  # nobody answers in a team they cannot see into
    _among([one.agent] if one.agent else [], staff, where)
    _require(
        (one.subject is not None) == (one.channel in ("ticket", "email")), where, "has a subject exactly when it is a ticket or a mail"
    )
    _require((one.snoozed_for_minutes is not None) == (one.status == "snoozed"), where, "says how long it sleeps exactly when it sleeps")
    _require(one.rating is None or (one.status in ("resolved", "closed") and 1 <= one.rating <= 5), where, "is rated before its end")
    _require(
        one.merge_into is None or one.merge_into in {c.number for c in world.conversations}, where, "joins a conversation nobody wrote"
    )
    _check_turns(one, staff, where)


def _check_turns(one: Conversation, staff: set[str], where: str) -> None:
    _require(
        bool(one.turns) and one.turns[0].who == "customer" and one.turns[0].after_seconds == 0, where, "begins with the customer, at 0"
    )
    _require(sum(t.after_seconds for t in one.turns) < one.started_minutes_ago * 60, where, "ends in the future")
    for turn in one.turns:
        _among([turn.who], schema.WHO, where)
        _require(turn.after_seconds >= 0, where, "goes back in time")
        _require((turn.who == "resolve") == (not turn.text), where, "has words exactly where somebody speaks")
        _among([turn.by] if turn.by else [], staff, where)
        _require(turn.who == "customer" or bool(turn.by or one.agent), where, "has an answer from nobody")
        _require(turn.who != "customer" or turn.by is None, where, "has a customer turn by a colleague")
        _check_words(turn.text, where)


def _check_macro(world: World, macro: Macro) -> None:
    _among([macro.topic], schema.TOPICS, macro.key)
    _among([macro.skill] if macro.skill else [], schema.SKILLS, macro.key)
    _among([macro.team] if macro.team else [], {t.key for t in world.teams}, macro.key)
    for words in (macro.titles, macro.texts):
        _require(set(words) == set(schema.LANGUAGES), macro.key, "is not written in exactly the eleven languages")
    for language, text in macro.texts.items():
        _require(set(_VARIABLE.findall(text)) == set(macro.variables), f"{macro.key}, {language}", "does not use exactly its variables")
        _check_words(_VARIABLE.sub("", text), f"{macro.key}, {language}")


def _check_script(script: Script) -> None:
    _among([script.language], schema.LANGUAGES, script.key)
    _among([script.topic], schema.TOPICS, script.key)
    _require(bool(script.opening) and len(script.follow_ups) in range(3, 6), script.key, "lacks a beginning or its three to five lines")
    for text in (*script.opening, *script.follow_ups, script.thanks):
        _require(bool(text), script.key, "says nothing in one of its lines")
        _check_words(text, script.key)


def _check_words(text: str, where: str) -> None:
    try:
        identifiers.check_words(text)
    except ValueError as fault:
        raise WorldError(f"{where}: {fault}") from fault


def _refuse_unknown(raw: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(raw) - known)
    _require(not unknown, where, f"does not know {', '.join(unknown)}")


def _among(values: Iterable[Any], known: Iterable[Any], where: str) -> None:
    allowed = set(known)
    for value in values:
        _require(value in allowed, where, f"names {value!r}, which does not exist")


def _unique(values: Iterable[Any], where: str) -> None:
    seen: set[Any] = set()
    for value in values:
        _require(value not in seen, where, f"have {value!r} twice")
        seen.add(value)


def _require(holds: bool, where: str, otherwise: str) -> None:
    if not holds:
        raise WorldError(f"{where} {otherwise}")
