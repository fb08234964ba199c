"""Every text and JSON column is either screened, or holds no people's words for a reason written here."""

from django.apps import apps
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from vigil.kernel.text import MaskedTextField

# label.column → why nobody's words can stand in it.
NO_WORDS = {
    "audit.Head.hash": "a hash of ours",
    "audit.Record.action": "a slug from our own code",
    "audit.Record.actor": "a kind and an id; the command refuses anything longer",
    "audit.Record.details": "ids, numbers and slugs; the command refuses words",
    "audit.Record.hash": "a hash of ours",
    "audit.Record.previous": "a hash of ours",
    "audit.Record.subject": "a kind and an id; the command refuses anything longer",
    "conversations.Conversation.channel": "a name from the profile",
    "conversations.Conversation.language": "a code from the table of languages",
    "conversations.Conversation.public_id": "drawn by us",
    "conversations.Conversation.status": "a choice, held by a constraint",
    "conversations.Conversation.topic": "a slug from the topic tree",
    "conversations.Departure.data": "ids, choices and kinds that the rules write",
    "conversations.Departure.language": "a code from the table of languages",
    "conversations.Departure.public_id": "drawn by us",
    "conversations.Departure.secrets": "kinds of secrets",
    "conversations.Entry.author_kind": "a choice, held by a constraint",
    "conversations.Entry.data": "ids, choices and kinds that the rules write",
    "conversations.Entry.kind": "a choice, held by a constraint",
    "conversations.Entry.language": "a code from the table of languages",
    "conversations.Participant.kind": "a choice",
    "customers.Customer.block_reason": "a choice, held by a constraint",
    "customers.Customer.country": "two letters",
    "customers.Customer.language": "a code from the table of languages",
    "customers.Customer.public_id": "drawn by us",
    "customers.Customer.tier": "a level's code, from the exchange",
    "customers.Customer.uid": "the exchange's account number",
    "customers.Customer.zone": "a name from the zone database",
    "customers.GuestSession.public_id": "drawn by us",
    "customers.GuestSession.site_key": "a key from the profile",
    "customers.GuestSession.visitor": "a hash of ours",
    "customers.Identity.address": "an address on a channel; matched, never shown as text of a message",
    "customers.Identity.channel": "a name from the profile",
    "customers.ReplyAddress.address": "an address we write to; matched with nobody",
    "customers.ReturnKey.digest": "a hash",
    "customers.ReturnKey.site_key": "a key from the profile",
    "drafts.Draft.kind": "a choice, held by a constraint",
    "files.File.key": "drawn by us",
    "files.File.kind": "a name from the list of kinds",
    "files.File.owner": "a kind and an id",
    "files.File.public_id": "drawn by us",
    "files.File.refusal": "a code of ours",
    "files.File.sha256": "a hash",
    "files.File.state": "a choice, held by a constraint",
    "macros.Macro.key": "a slug",
    "macros.MacroText.language": "a code from the table of languages",
    "readings.Reading.file": "drawn by us",
    "readings.Reading.kind": "a choice, held by a constraint",
    "reveals.Reveal.kind": "a kind of ours",
    "reveals.Reveal.reason": "a choice, held by a constraint",
    "nudges.OwnKey.sealed": "sealed",
    "nudges.Subscription.auth": "drawn by a browser; the command takes nothing but a key",
    "nudges.Subscription.endpoint": "an address that a push service drew; the command knows the services",
    "nudges.Subscription.key": "drawn by a browser; the command takes nothing but a key",
    "search.Document.facets": "ids, choices, codes and tags of a conversation that stands",
    "search.Document.words": "lexemes of screened words; whoever is told of them is shown the words themselves",
    "team.Agent.availability": "a choice",
    "team.Agent.density": "a choice",
    "team.Agent.email": "a member of staff's address, set by an admin",
    "team.Agent.languages": "codes from the table of languages",
    "team.Agent.name": "a member of staff's name, set by an admin; the command screens it",
    "team.Agent.password": "a hash by Argon2",
    "team.Agent.public_name": "a member of staff's name; the command screens it",
    "team.Agent.role": "a choice",
    "team.Agent.shift": "two hours",
    "team.Agent.shortcuts": "codes of keys from our own table",
    "team.Agent.theme": "a choice",
    "team.Agent.ui_language": "a code from the table of languages",
    "team.Agent.zone": "a name from the zone database",
    "team.AgentSession.browser": "a family's name, from our own table",
    "team.AgentSession.key": "drawn by Django",
    "team.Factor.credential": "drawn by an authenticator",
    "team.Factor.kind": "a choice",
    "team.Factor.secret": "sealed, or a public key",
    "team.Listening.process": "drawn by us",
    "team.RecoveryCode.digest": "a keyed hash of ours",
    "team.Queue.key": "a slug",
    "team.Queue.name": "set by an admin; the command screens it",
    "team.Team.key": "a slug",
    "team.Team.name": "set by an admin; the command screens it",
    "team.Throttle.key": "a keyed hash of ours",
    "kernel.Letter.args": "ids and slugs; the command refuses words",
    "kernel.Letter.language": "a code from the table of languages",
    "kernel.Letter.last_error": "a code of ours",
    "kernel.Letter.message_id": "made by us",
    "kernel.Letter.public_id": "drawn by us",
    "kernel.Letter.to": "an address we write to",
    "kernel.Letter.state": "a choice",
    "kernel.Letter.template": "a slug from our own code",
    "kernel.Spent.digest": "a hash of ours",
}
_TEXTUAL = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField, SearchVectorField)


def _columns() -> "dict[str, models.Field[object, object]]":
    ours = [model for model in apps.get_models() if model.__module__.startswith("vigil.")]
    return {
        f"{model._meta.label}.{field.name}": field for model in ours for field in model._meta.concrete_fields if isinstance(field, _TEXTUAL)
    }


def test_every_column_is_screened_or_has_a_reason() -> None:
    open_ones = {name for name, field in _columns().items() if not isinstance(field, MaskedTextField)}
    assert open_ones - set(NO_WORDS) == set(), "make it a MaskedTextField, or say here why nobody's words can stand in it"


def test_no_reason_outlives_its_column() -> None:
    known = {name for name, field in _columns().items() if not isinstance(field, MaskedTextField)}
    assert set(NO_WORDS) - known == set()
