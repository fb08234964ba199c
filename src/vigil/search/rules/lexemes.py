"""Lexemes in PostgreSQL's writing."""

from collections.abc import Iterable, Mapping

_LONGEST = 400  # characters; PostgreSQL takes 2,046 bytes


def quoted(lexeme: str) -> str:
    """Write a lexeme so that nothing in it means anything to PostgreSQL."""
    return "'" + lexeme[:_LONGEST].replace("\\", "\\\\").replace("'", "''") + "'"


def vector_of(lexemes: Mapping[str, str] | Iterable[str]) -> str:
    """Write lexemes as a tsvector; with the weight of each, A to D, where that is told."""
    if isinstance(lexemes, Mapping):
        return " ".join(f"{quoted(lexeme)}:1{weight}" for lexeme, weight in lexemes.items())
    return " ".join(map(quoted, lexemes))
