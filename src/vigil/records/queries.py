"""Every way to ask for a record. Whoever asks is the customer it belongs to; for anybody else it does not exist."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from vigil.conversations import queries as conversations
from vigil.languages import formats
from vigil.languages.table import Language, find_language, get_language
from vigil.records.lines import Line, make_lines, utc
from vigil.workspace.profile import profile


def get_html_record(*, conversation: str, customer_id: int, language: str, zone: str, at: datetime) -> str:
    """Get the record as one HTML document that needs nothing else, written at `at`. Raises ConversationNotFound."""
    speech = find_language(language) or get_language("en")
    with translation.override(speech.django_code):
        return render_to_string("records/transcript.html", _gather(conversation, customer_id, speech, zone, at))


def get_text_record(*, conversation: str, customer_id: int, language: str, zone: str, at: datetime) -> str:
    """Get the record as plain text. Raises ConversationNotFound."""
    speech = find_language(language) or get_language("en")
    with translation.override(speech.django_code):
        gathered = _gather(conversation, customer_id, speech, zone, at, is_plain=True)
        head = [gathered["title"], gathered["number_line"], gathered["zone_line"]]
        return "\n".join([*head, "", *(_as_text(line, gathered["is_utc"]) for line in gathered["lines"])]) + "\n"


def _gather(conversation: str, customer_id: int, speech: Language, zone: str, at: datetime, *, is_plain: bool = False) -> dict[str, Any]:
    row, entries = conversations.list_for_record(conversation, customer_id)
    zone = zone or "UTC"
    zone_name = formats.zone_name(zone, speech.code, at)
    written = {"at": utc(at, speech.code), "zone": zone_name}
    return {
        "language": speech,
        "title": _("Conversation with %(brand)s support") % {"brand": profile().name},
        "number_line": _("Number: %(number)s") % {"number": row.public_id},
        "zone_line": _("Written on %(at)s. Times are shown in this zone: %(zone)s.") % written,
        "is_utc": zone_name == "UTC",
        "lines": list(make_lines(entries, language=speech.code, zone=zone, is_plain=is_plain)),
    }


def _as_text(line: Line, is_utc: bool) -> str:
    when = line.at_utc if is_utc else f"{line.at_local} ({line.at_utc})"
    words = "".join(f"[{part.text}]" if part.is_hidden or part.is_file else part.text for part in line.parts)
    if not line.by:
        return f"{when}\n  * " + "\n    ".join(words.splitlines()) + "\n"
    return f"{when}  {line.by}\n" + "\n".join(f"  {each}" for each in words.splitlines()) + "\n"
