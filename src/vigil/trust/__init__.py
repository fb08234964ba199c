"""Knows which channels are really ours, and what only pretends to be.

Owns the registry of official channels: what is in it, from when until when, and what it says about a link or a name. Refuses
to say that anything is safe: an official sender can be forged, and what is unknown here may be anybody's.
"""
