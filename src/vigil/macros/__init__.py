"""Answers that were written beforehand, in every language, with variables."""
