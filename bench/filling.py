"""Runs inside a Vigil of a world: reads everything into the search's index, as a worker would in its spare time."""

import time

import django


def main() -> None:
    """Tell how many conversations were read, and in how many seconds."""
    django.setup()
    from vigil.search import commands  # Imported here: only now is Django set up.

    begun, done = time.monotonic(), 0
    commands.ensure_standing()
    while read := commands.follow(most=1000):
        done += read
    print(f"{done} {time.monotonic() - begun:.1f}")


main()
