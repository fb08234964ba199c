"""The door of safety: words go in, sealed words come out. Nothing is stored, and nothing is remembered."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from django.views.decorators.debug import sensitive_variables

from vigil.kernel import faults
from vigil.kernel.text import MaskedText
from vigil.markup.reading import read, words_of
from vigil.markup.writing import as_plain
from vigil.safety import detection, expecting, pieces
from vigil.safety.detectors.unspaced import PHRASE_OR_TEXT
from vigil.safety.findings import Finding, Screened
from vigil.safety.lines import one_line
from vigil.safety.marks import MARK, disarm, mark_of
from vigil.safety.masking import Masked
from vigil.safety.refusals import NeedsChoice, NeedsOtherWords, ScannerFailed, WordsEmpty, WordsTooLong, WordsUnreadable
from vigil.safety.wordlists import lists

LIMIT = 8000
LINE_LIMIT = 200
_RETRY_SECONDS = 5
# So often words may turn out to hold signs of their own once theirs are gone.
_SHAPES = 3
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")
_INVISIBLE = {"Cf", "Cc", "Zs", "Zl", "Zp"}


def warm_up() -> None:
    """Load what words are compared with, so that a process's first message need not wait for it; safe to repeat."""
    lists()


@sensitive_variables()
def screen(text: str, *, limit: int = LIMIT) -> Screened:
    """Take every secret out of a message and seal the rest; `limit` is in characters.

    Raises WordsTooLong, WordsEmpty, WordsUnreadable, or ScannerFailed when a detector breaks. Safe to repeat: sealed words
    come back as they are, while marks that arrive in plain words are taken for forged and disarmed.
    """
    _refuse_unreadable(text, limit)
    _refuse_empty(text)
    return _sealed(text)


@sensitive_variables()
def screen_asking(text: str, *, meant: str, said: Callable[[], Iterable[tuple[bool, str]]] = tuple) -> Screened:
    """Screen a message of somebody who can be asked: as `screen`, where `meant` says what is in doubt ("public", "secret"; empty: ask).

    `said` is asked only where it matters: the stored words before it, whether ours and what, the latest first. Who answers us with the
    hash we asked for is not asked. Raises NeedsChoice where something is in doubt and nothing was said about it.
    """
    _refuse_unreadable(text, LIMIT)
    _refuse_empty(text)
    found = _look(text)
    if meant == "secret":
        found = found.answered()
    if meant or not found.questions or (not found.sightings and expecting.is_answer(text, found.questions, said())):
        return Screened(MaskedText(found.text), found.findings())
    abouts = {question.about for question in found.questions}
    asks = [{"start": question.start, "end": question.end, "question": question.about} for question in found.questions]
    raise (NeedsOtherWords if abouts == {PHRASE_OR_TEXT} else NeedsChoice)(asks=asks)


@sensitive_variables()
def screen_after(text: str, screened: Screened, earlier: Callable[[], Iterable[str]]) -> Screened:
    """Hide a piece of a recovery phrase that makes one with the stored words before it, the latest first, where `text` is nothing else.

    `earlier` is asked only where it matters. What was hidden already stays as it is.
    """
    count = 0 if screened.findings else pieces.count_in_piece(text)
    if not count or not pieces.complete(count, earlier()):
        return screened
    whole = mark_of("mnemonic")
    return Screened(MaskedText(whole), (Finding("mnemonic", "pieces", 1, 0, len(whole), "medium"),))


@sensitive_variables()
def screen_shaped(text: str, *, limit: int = LIMIT) -> Screened:
    """Screen an agent's words, whose signs shape them when they are shown: as `screen`, and once more as they will be read.

    Where a secret shows only then, the signs are given up: sealed are the words as they are read, with the secret taken out.
    """
    screened = screen(text, limit=limit)
    for _ in range(_SHAPES):
        read_as = _read(screened.text)
        if read_as is None:
            return screened
        seen = _sealed(MaskedText(read_as))
        if not seen.findings:
            return screened
        screened = Screened(seen.text, (*screened.findings, *seen.findings))
    return Screened(MaskedText(mark_of("unknown")), screened.findings)


@sensitive_variables()
def _read(text: MaskedText) -> str | None:
    """Give the words as they are read once their signs have shaped them; None where there are no signs."""
    try:
        nodes = read(text)
    except Exception:  # noqa: BLE001 - as below: what it says may quote the words.
        nodes = ()
    if nodes == ():
        raise ScannerFailed(retry_after=_RETRY_SECONDS)
    return None if nodes is None else words_of(nodes)


@sensitive_variables()
def screen_line(text: str, *, limit: int = LINE_LIMIT) -> Screened:
    """Screen a name, subject or file name: as `screen`, but made one line first, without anything invisible; may be empty."""
    _refuse_unreadable(text, max(limit, LIMIT))
    line = one_line(text)
    _refuse_unreadable(line, limit)
    return _sealed(MaskedText(line) if isinstance(text, MaskedText) else line)


@sensitive_variables()
def mask(text: str, *, limit: int = LIMIT) -> MaskedText:
    """Screen words whose findings nobody asks for; as `screen`, but the words may be empty."""
    _refuse_unreadable(text, limit)
    return _sealed(text).text


@sensitive_variables()
def mask_line(text: str, limit: int = LINE_LIMIT) -> MaskedText:
    """Screen one line whose findings nobody asks for; as `screen_line`."""
    return screen_line(text, limit=limit).text


def _refuse_unreadable(text: str, limit: int) -> None:
    if len(text) > limit:
        raise WordsTooLong(limit=limit)
    if _UNREADABLE.search(text):
        raise WordsUnreadable


def _refuse_empty(text: str) -> None:
    if all(unicodedata.category(char) in _INVISIBLE for char in text):
        raise WordsEmpty


@sensitive_variables()
def _sealed(text: str) -> Screened:
    found = _look(text)
    return Screened(MaskedText(found.text), found.findings())


@sensitive_variables()
def _look(text: str) -> Masked:
    found = _looked_at(str(text) if isinstance(text, MaskedText) else disarm(text))
    if found is None:
        # Raised here and not where it went wrong: the exception from there knows the words, and would come along.
        raise ScannerFailed(retry_after=_RETRY_SECONDS)
    return found


@sensitive_variables()
def _looked_at(text: str) -> Masked | None:
    try:
        faults.point("safety.before_scan")
        return detection.look(text)
    except Exception:  # noqa: BLE001 - whatever broke, the words must not pass, and what it says may quote them.
        return None


def excerpt(text: MaskedText, length: int, *, is_shaped: bool = False) -> MaskedText:
    """Cut sealed words to one line of at most `length` characters, never inside a mark; what was judged is not judged again.

    An agent's, which are shaped by signs, are cut without them.
    """
    if is_shaped:
        text = MaskedText(as_plain(text))
    line = " ".join(text[: length * 2].split())
    if len(line) <= length:
        return MaskedText(line)
    end = length - 1
    for mark in MARK.finditer(line):
        if mark.start() < end < mark.end():
            end = mark.start()
    return MaskedText(line[:end].rstrip() + "…")
