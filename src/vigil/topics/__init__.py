"""What customers write about: the tree of topics, what each needs to know, and which topic some words are about.

Owns the topics' file, their names and the names of facts. Refuses to guess where words speak of two things alike, to look at
anything but words, and to keep what it was shown.
"""
