"""An entry's words as they are read: what was taken out is not there, and an agent's signs are not letters."""

from vigil.markup.writing import as_plain
from vigil.safety.queries import words_without_marks


def read_words(text: str, author: str) -> str:
    """Give the words of an entry, by whether a customer or an agent wrote it."""
    words = words_without_marks(text)
    return as_plain(words) if author == "agent" else words
