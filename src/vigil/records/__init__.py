"""The customer's own record: a conversation rendered to keep, as text and as HTML."""
