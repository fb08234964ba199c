"""The commands that check something."""

import sys
from collections.abc import Sequence

from vigil.config.cli.run import set_up


def verify_audit(arguments: Sequence[str]) -> int:
    """Walk the whole chain; prints the anchor, to be kept elsewhere and given again as the argument."""
    set_up()
    from vigil.audit.queries import BadAnchor, verify  # Imported here: only now is Django set up; so are those below.

    if len(arguments) > 1:
        print("usage: vigil verify-audit [NUMBER:HASH]", file=sys.stderr)
        return 2
    try:
        found = verify(expected_head=arguments[0] if arguments else None)
    except BadAnchor:
        print(f"vigil: {arguments[0]!r} is no anchor; one is NUMBER:HASH, as `vigil verify-audit` printed it", file=sys.stderr)
        return 2
    if not found.holds:
        print(f"record {found.first_bad} is bad: {found.reason}")
        return 1
    print(f"{found.checked} {'record' if found.checked == 1 else 'records'}, unbroken; anchor {found.anchor}")
    return 0


def languages(arguments: Sequence[str]) -> int:
    """List every problem of the catalogues."""
    set_up()
    from vigil.languages.catalogue.checking import check

    problems = check()
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems")
    return int(bool(problems))


def collect(arguments: Sequence[str]) -> int:
    """Bring new strings into the catalogues and drop those nobody says any more."""
    set_up()
    from vigil.languages.catalogue.collecting import collect as collect_strings

    for line in collect_strings(prune=True):
        print(line)
    return 0


def dead_letters(arguments: Sequence[str]) -> int:
    """List the jobs that were given up, or run one again."""
    set_up()
    from vigil.kernel.jobs import list_dead_letters

    match list(arguments):
        case []:
            for letter in list_dead_letters():
                print(f"{letter.number}  {letter.name}  {letter.ids}  after {letter.attempts} tries")
            return 0
        case ["retry", number] if number.isdecimal():
            return _retry(int(number))
        case _:
            print("usage: vigil dead-letters | vigil dead-letters retry NUMBER", file=sys.stderr)
            return 2


def _retry(number: int) -> int:
    from vigil.kernel.jobs import AlreadyWaiting, retry  # Imported here: Django is set up by the caller.

    try:
        retry(number)
    except ValueError:
        print(f"Job {number} was not given up; `vigil dead-letters` lists those that were.", file=sys.stderr)
        return 1
    except AlreadyWaiting:
        print(f"What job {number} would do waits already and runs by itself.", file=sys.stderr)
        return 1
    return 0
