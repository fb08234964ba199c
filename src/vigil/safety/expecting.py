"""Whether a code that nothing names answers us: we have asked for a transaction hash, and nobody has spoken of a key since."""

from collections.abc import Iterable

from vigil.safety.detectors.hex_keys import HASH_OR_KEY
from vigil.safety.findings import Question
from vigil.safety.marks import MARK
from vigil.safety.normalise import Normalised
from vigil.safety.vocabulary import PRIVATE_KEY, RECOVERY, TXID

# Who has heard so much else from us since answers something else.
_REPLIES = 3


def is_answer(text: str, questions: Iterable[Question], said: Iterable[tuple[bool, str]]) -> bool:
    """Say whether the one code in doubt in `text` is the hash we asked for; `said` is whether it was us, and what, the latest first."""
    if [question.about for question in questions] != [HASH_OR_KEY] or _speaks_of_a_key(text):
        return False
    replies = 0
    for is_ours, words in said:
        if is_ours and Normalised(words).places(TXID):
            return True
        replies += is_ours
        if replies == _REPLIES or (not is_ours and _speaks_of_a_key(words)):
            return False
    return False


def _speaks_of_a_key(text: str) -> bool:
    seen = Normalised(text)
    return bool(MARK.search(text) or seen.places(PRIVATE_KEY) or seen.places(RECOVERY))
