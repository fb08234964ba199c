"""Cuts words in eleven languages into lexemes, the same way for what is searched and for what is asked.

Pure functions: no rows, no network, no clock. Owns which spellings of a word are one; knows nothing of who may see what.
"""

from vigil.languages.lexemes.asking import Term, terms_of
from vigil.languages.lexemes.cutting import Piece, cut, lexemes_of

__all__ = ["Piece", "Term", "cut", "lexemes_of", "terms_of"]
