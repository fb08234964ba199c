"""The one question about a code: which chain's address it is, and whether it adds up."""

from vigil.identifiers.addresses.base32 import judge_base32
from vigil.identifiers.addresses.base58 import judge_base58
from vigil.identifiers.addresses.base58check import judge_base58check
from vigil.identifiers.addresses.bech32 import judge_bech32
from vigil.identifiers.addresses.evm import judge_evm
from vigil.identifiers.addresses.spelled import judge_spelled
from vigil.identifiers.addresses.typos import judge_typo
from vigil.identifiers.addresses.verdicts import Verdict

_LONGEST = 128
_LONGEST_BASE58CHECK = 50


def judge_address(code: str) -> Verdict | None:
    """Say what address `code` is as a whole, or was meant as; None when it is none.

    64 hex digits are never one here: they may be a private key. A code without a check of its own is told by its shape.
    """
    if len(code) > _LONGEST:
        return None
    if not code.isalnum():
        return judge_spelled(code) or judge_base32(code) or judge_bech32(code)
    if code[:2] in {"0x", "0X"}:
        return judge_evm(code) or judge_typo(code)
    return (
        judge_bech32(code)
        or judge_base32(code)
        or (judge_base58check(code) if len(code) <= _LONGEST_BASE58CHECK else None)
        or judge_base58(code)
        or judge_spelled(code)
        or judge_typo(code)
    )
