"""What agents read that is not theirs: conversations of others, files, lists read on and on, searches; counted, and at some point stopped.

Owns the count, the two limits and the release by somebody above. What an agent has taken is not counted and never stopped.
"""
