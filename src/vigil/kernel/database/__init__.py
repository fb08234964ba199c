"""The database as the house uses it: Django's PostgreSQL with a check before use that costs no question, and plain SQL.

Refuses to know a table.
"""
