"""The one aggregate: a conversation and its timeline, whatever channel it runs over.

Owns every way a conversation may change. Knows no channel's protocol, no queueing policy and no page.
"""
