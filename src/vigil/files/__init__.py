"""The one gateway for bytes: takes files in, cleans them, keeps them, hands them out.

Owns what kinds of files may come in, the upload and its resuming, the verdict, the folder they lie in and the links to
them. An owner is a plain subject ("guest:7c…", "agent:5") that means nothing here. Refuses to know customers or
conversations, to show anything before its verdict, to keep what was uploaded beside what was made of it, and to open a
file anywhere but in the workshop, a process of its own with little memory and little time.
"""
