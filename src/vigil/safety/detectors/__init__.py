"""Recognisers of secrets: each module finds one family in a normalised copy, in linear time, and knows no other.

A detector is a pure function. Its version goes up whenever its judgement changes, and stands in every finding.
"""
