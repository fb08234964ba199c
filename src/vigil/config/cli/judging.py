"""The commands that judge texts line by line, without Django and without a database."""

from collections.abc import Sequence

from vigil.config.cli.lines import answer_lines


def scan(arguments: Sequence[str]) -> int:
    """Find the secrets in each text."""
    from vigil.safety.scanning import scan as scan_text  # Imported here: the help must not wait for the lists of words.

    return answer_lines(lambda row: scan_text(row["text"]), "text")
