"""The demo: a small invented world and its traffic, for looking at Vigil with something in it.

Owns the written world (`world/`), the identifiers in it (`identifiers`), its building (`commands`) and its live customers
(`traffic`). Refuses to touch any other app's models: everything is done through public commands and through the same doors
a browser uses. Nothing below it knows that it exists.
"""
