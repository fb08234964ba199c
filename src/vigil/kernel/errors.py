"""How a request is refused: one family of errors, each with a code for programs and a sentence for people."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.functional import Promise


class Refusal(Exception):
    """A request that was understood and is not carried out; nothing was stored.

    `code` is stable and meant for programs; `status` is the HTTP status; `sentence` is translated when it is shown and
    may hold named placeholders that `params` fills. `retry_after` is in seconds, where trying again can help.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    sentence: ClassVar[str | Promise] = ""

    def __init__(self, *, retry_after: int | None = None, **params: Any) -> None:
        super().__init__(self.code)
        self.params: Mapping[str, Any] = params
        self.retry_after = retry_after

    def say(self) -> str:
        """Put the refusal in the active language."""
        text = str(self.sentence)
        return text % self.params if self.params else text

    def as_json(self) -> dict[str, Any]:
        """Render the body every door answers with: code, sentence, and seconds to wait where they help."""
        body: dict[str, Any] = {"error": self.code, "message": self.say()}
        if self.retry_after is not None:
            body["retry_after"] = self.retry_after
        return body
