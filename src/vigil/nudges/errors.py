"""Why a browser is not told."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vigil.kernel.errors import Refusal


class PushServiceUnknown(Refusal):
    """The browser named an address that is no push service we know, or keys that are none."""

    code = "push_service_unknown"
    status = 422
    sentence: ClassVar[Promise] = _("This browser’s push service is not known here. An administrator can allow it.")
