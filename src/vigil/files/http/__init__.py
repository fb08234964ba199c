"""The doors for bytes below /files/: an upload that goes on where it ended, and a link that shows a file.

Owns what HTTP says about bytes. Refuses to know who may do what: a grant says so, and the face that gave it
has judged. Bodies go to the disk as they come; no file is ever whole in memory.
"""
