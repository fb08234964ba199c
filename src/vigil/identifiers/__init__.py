"""Recognises what stands in a customer's text: addresses, transactions, orders, amounts, moments and the like.

Pure functions: no rows, no network, no clock. It reads text from which `safety` has already taken the secrets, never
calls anything a fact that may be a secret, and does not judge what a fact means for a case.
"""

from vigil.identifiers.facts import Fact
from vigil.identifiers.reading import read_facts

__all__ = ["Fact", "read_facts"]
