"""The one thing that this app hands out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """Something in a text that a case may need, and where it stands.

    `value` is how one would copy it. `start` and `end` are places in the text that was given, in code points.
    `networks` are the chains it may belong to, likeliest first, by their keys in `chains`. `checked` says that a
    checksum held, not merely the shape. `problem` names what is wrong with something that was surely meant as this
    kind: "checksum", "length", "character", or "ambiguous" for a figure that can mean two things. Such a value must not
    be used, only shown to whoever typed it.

    Kinds: address, txid, order_id, uid, case_number, pair, amount, network, memo, moment, email, phone.
    """

    kind: str
    value: str
    start: int
    end: int
    networks: tuple[str, ...] = ()
    checked: bool = False
    problem: str | None = None
