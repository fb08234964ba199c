"""The commands that judge texts line by line, without Django and without a database."""

from collections.abc import Sequence

from vigil.config.cli.lines import answer_lines


def scan(arguments: Sequence[str]) -> int:
    """Find the secrets in each text."""
    from vigil.safety.scanning import scan as scan_text  # Imported here: the help must not wait for the lists of words.

    return answer_lines(lambda row: scan_text(row["text"]), "text")


def identify(arguments: Sequence[str]) -> int:
    """Name the facts in each text."""
    from vigil.identifiers.telling import tell_facts

    return answer_lines(lambda row: {"facts": tell_facts(row["text"])}, "text")
