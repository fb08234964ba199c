"""What staff and the system did, as a record that only grows and whose every link proves the one before.

Owns the chain and its proof. Refuses words: actors, subjects and details are plain ids, numbers and codes. What happens
inside a conversation stands in that conversation's timeline and not here.

Known limit: whoever owns the database can rewrite the whole chain with its head. Therefore `queries.verify` prints the
head; keep it elsewhere (a mail to yourself, a printed page, another machine), and hand it to a later `verify`.
"""
