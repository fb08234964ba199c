"""The customer's own record: a conversation rendered to keep, as text and as HTML.

Owns what a customer reads about events of a conversation, and the two transcripts. Refuses to show what is the team's: it asks only
for entries that a customer may see, and knows agents by their public names alone.
"""
