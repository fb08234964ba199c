"""Every way the prepared answers change."""

from collections.abc import Mapping

from django.db import transaction

from vigil.macros.models import Macro, MacroText
from vigil.safety import commands as safety


@transaction.atomic
def ensure_macro(*, key: str, position: int, team_id: int | None, titles: Mapping[str, str], texts: Mapping[str, str]) -> int:
    """Make the macro unless it exists; return its id. `titles` and `texts` are by language; without a team it is everybody's."""
    macro, is_new = Macro.objects.get_or_create(key=key, defaults={"position": position, "team_id": team_id})
    if is_new:
        words = [
            MacroText(macro=macro, language=language, title=safety.mask_line(titles[language]), text=safety.mask(text))
            for language, text in texts.items()
        ]
        MacroText.objects.bulk_create(words)
    return macro.id
