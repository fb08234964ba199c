"""What answers below /files/, mounted beside the live tier so that bodies can be taken as they come."""

from django.utils import translation

from vigil.files.grants import LINKS
from vigil.files.http.begin import UPLOADS
from vigil.files.http.hands import Hands
from vigil.files.http.uploads import Uploads
from vigil.files.http.views import Views, WhoIsOver
from vigil.kernel.errors import Refusal
from vigil.kernel.live.http import Gone, Receive, Scope, Send, language_of, refuse
from vigil.kernel.live.refusals import NotFound

PREFIX = "/files/"


class Gate:
    """The bare application below /files/; `who_is_over` ends links together with their viewer's session."""

    def __init__(self, who_is_over: WhoIsOver, hands: Hands | None = None) -> None:
        self._hands = hands or Hands()
        self._uploads = Uploads(self._hands)
        self._views = Views(self._hands, who_is_over)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, a refusal and the reason why a file was not taken in the language the client asks for."""
        language = language_of(scope)
        try:
            with translation.override(language.lower()):
                await self._answer(scope, receive, send)
        except Refusal as refusal:
            await refuse(send, refusal, language, receive)
        except Gone:
            return

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path.startswith(UPLOADS):
            await self._uploads(path.removeprefix(UPLOADS), scope, receive, send)
        elif path.startswith(LINKS):
            await self._views(path.removeprefix(LINKS), scope, send)
        else:
            raise NotFound

    def stop(self) -> None:
        """Let the threads end."""
        self._hands.stop()
