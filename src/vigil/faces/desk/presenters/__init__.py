"""Rows of queries become exactly what a template shows: plain values, no questions left."""
