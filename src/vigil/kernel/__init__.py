"""The ground: clock, events, jobs, live delivery, outbound HTTP, our own post.

Owns what every app stands on and knows none of them.
"""
