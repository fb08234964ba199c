"""Tongues: the eleven languages Vigil speaks, how each writes a moment and a number, and the catalogue of every sentence.

Owns the table of languages, the reader's language of a request, formats and the translations. Refuses to decide what is
said, to translate a person's words, and to guess a language where neither letters nor words settle it.
"""
