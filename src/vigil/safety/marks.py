"""The mark that stands where a secret was: its shape in stored text, and how a forged one is disarmed.

A mark names the kind and nothing else: never the length of what was there, nor a word of it. Faces put it in the
reader's language when they show it.
"""

import re

KINDS = (
    *("mnemonic", "private_key", "xpub", "card", "key_file", "totp_secret"),
    *("api_secret", "password", "one_time_code", "unknown"),
)

OPEN = "⟦"
MARK = re.compile(f"{OPEN}hidden:({'|'.join(KINDS)})⟧")
_LOOKS_LIKE_ONE = re.compile(f"{OPEN}(?=hidden:)")


def mark_of(kind: str) -> str:
    """Write the mark of one kind. Raises ValueError for a kind that does not exist."""
    if kind not in KINDS:
        raise ValueError(kind)
    return f"{OPEN}hidden:{kind}⟧"


def disarm(text: str) -> str:
    """Turn marks that somebody typed into plain brackets, so that only our own marks are marks; length is kept."""
    return _LOOKS_LIKE_ONE.sub("[", text) if OPEN in text else text


def blank(text: str) -> str:
    """Replace the letters inside marks, which are our words and no evidence of anything; length is kept."""
    return MARK.sub(lambda mark: OPEN * len(mark[0]), text) if OPEN in text else text
