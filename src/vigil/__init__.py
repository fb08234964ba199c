"""Vigil: the support desk of a global crypto exchange."""
