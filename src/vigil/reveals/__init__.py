"""Personal data that agents asked to see, and why: every look at a customer's address or number is told, counted and kept.

Owns the list of what is personal, the reasons, and the one command that gives a value away. Keeps no value itself.
"""
