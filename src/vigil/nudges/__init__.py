"""A word to an agent whose desk is shut, by the push service of the own browser: that there is something, and nothing of what."""
