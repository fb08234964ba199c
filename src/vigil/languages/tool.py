"""What the `vigil` command line offers translators: collect, check, compile. Each prints, and tells how to exit."""

import sys

from vigil.languages.catalogue.checking import check, stale_names
from vigil.languages.catalogue.collecting import collect
from vigil.languages.catalogue.compiling import compile_missing


def collect_languages(*, prune: bool = False) -> int:
    """Merge the sentences of the source into the catalogues and print which changed. Exit code 0."""
    changed = collect(prune=prune)
    _say(f"Changed: {', '.join(changed)}." if changed else "Every catalogue is up to date.")
    return 0


def compile_languages() -> int:
    """Compile the catalogues that are newer than what was compiled of them, and print which. Exit code 0."""
    compiled = compile_missing()
    _say(f"Compiled: {', '.join(compiled)}." if compiled else "Every catalogue is compiled.")
    return 0


def check_languages() -> int:
    """Print every problem of the catalogues. Exit code 1 if there is one."""
    problems = [str(problem) for problem in check()] + [f"names.toml: nothing needs {entry}" for entry in stale_names()]
    for problem in problems:
        _say(problem)
    _say(f"{len(problems)} problems." if problems else "Every sentence is translated.")
    return 1 if problems else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
