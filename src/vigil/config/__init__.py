"""Knows everything and holds no rule: settings, addresses, the wiring, the processes, the command line."""
