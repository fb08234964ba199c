"""Looks at words before anything keeps them, takes the secrets out, and seals what is left as MaskedText.

Owns every detector of secrets, the marks left in their place, the judge of links, and the only way to make kernel.text.MaskedText. Refuses
to store, log or remember anything it was shown, to know customers or conversations, and to let words pass that it
could not read to the end.
"""
