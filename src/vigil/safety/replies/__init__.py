"""Judges what leaves in our name: nothing that we never ask for is asked, no strange link, no promise that is not ours to make.

What the words are stands in `lexicons`, one file a language, for supervisors to read. Nothing is remembered; who the customer is
and what is official are arguments.
"""
