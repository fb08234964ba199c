"""`python -m vigil.config.cli` is `vigil`."""

from vigil.config.cli import start

start()
