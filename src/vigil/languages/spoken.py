"""Which language words are in, for the fonts and voices that read them."""

from functools import lru_cache

from vigil.languages.rules import guess, is_latin
from vigil.languages.table import find_language

_READ = 200  # characters: this is asked of every message, and a beginning says as much as the whole


def language_of_words(text: str, likely: str) -> str:
    """Tell the language of words said in a conversation led in `likely`; empty where nobody can know.

    What the letters settle comes first; else `likely`, unless the words are in Latin letters and `likely` is not.
    """
    return _of_beginning(text[:_READ], likely)


# The same beginnings of conversations are on everybody's list.
@lru_cache(maxsize=4096)
def _of_beginning(start: str, likely: str) -> str:
    # Plain ASCII is no language's own script, and has none of the letters that tell Vietnamese or Turkish.
    found = None if start.isascii() else guess(start)
    if found:
        return found
    language = find_language(likely)
    if language is None or (language.script != "Latn" and is_latin(start)):
        return ""
    return language.code
