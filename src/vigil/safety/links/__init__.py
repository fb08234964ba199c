"""Judges where a link leads, by its name alone: nothing is fetched, asked or remembered. What is official is an argument."""
