"""Where bytes from outside are opened: a process of its own that has five seconds, little memory, and nothing to steal.

Started anew for each file, with an empty environment, one file to read and two to write. It imports neither Django nor
any other part of Vigil, and answers with numbers and codes only. Everything that decodes lives here and is imported
nowhere else.
"""
