"""Reads the few signs with which an agent may shape words: bold, italic, code, links, lists, quotes and line breaks.

Owns the one reading of them, which the desk, the chat, the records and the screening share. Refuses HTML, pictures, and every address
that could be taken for another one. A customer's words are never read so: they stay the letters they are.
"""
