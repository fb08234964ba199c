"""The chat on other people's pages: a loader, a frame, and the doors of a customer.

Owns what a host page loads, the frame's document and its scripts, the JSON endpoints of a guest and the widget's live door. Refuses
cookies, inline scripts and styles, to tell the host page anything but a count and whether somebody is verified, and to decide what a
conversation may do.
"""
