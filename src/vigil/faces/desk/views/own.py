"""What an agent sets for the own screen."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from vigil.faces.desk.doors import Visitor, allowed_to, fields, safe_next
from vigil.kernel.live.refusals import BadField
from vigil.languages.table import find_language
from vigil.team import commands as team
from vigil.team.capabilities import Capability


@require_POST
@allowed_to(Capability.KEEP_OWN_ACCOUNT, sets_up=True)
def choose_language(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Remember the language of the desk and go back to the page."""
    given = fields(request, "language", "next")
    language = find_language(given["language"])
    if language is None or language.code != given["language"]:
        raise BadField(field="language")
    team.choose_interface(agent_id=visitor.agent.id, ui_language=language.code)
    return HttpResponseRedirect(safe_next(given["next"]))
