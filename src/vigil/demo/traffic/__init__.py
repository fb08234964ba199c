"""Customers who come by themselves: they open chats, type at a human pace, and go on when somebody answers.

Owns their pace and their patience. Uses the same HTTP doors as a browser, and nothing else of the program.
"""

from vigil.demo.traffic.play import play

__all__ = ["play"]
