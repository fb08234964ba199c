"""Keccak-256 as Ethereum and Monero use it: what SHA-3 was before its padding changed. Python brings only the latter."""

from functools import lru_cache

_RATE = 136
_LANE = (1 << 64) - 1
_PADDING = 0x01


def _round_constants() -> tuple[int, ...]:
    constants, state = [], 1
    for _ in range(24):
        constant = 0
        for exponent in range(7):
            if state & 1:
                constant |= 1 << ((1 << exponent) - 1)
            state = (state << 1) ^ (0x171 if state & 0x80 else 0)
        constants.append(constant)
    return tuple(constants)


def _walk() -> tuple[tuple[int, int, int], ...]:
    """List for each lane, after rho and pi, which lane it was, which column that stood in, and how far it was turned."""
    came_from = {0: (0, 0)}
    x, y, turn = 1, 0, 0
    for step in range(1, 25):
        turn += step
        came_from[y + 5 * ((2 * x + 3 * y) % 5)] = (x + 5 * y, turn % 64)
        x, y = y, (2 * x + 3 * y) % 5
    return tuple((lane, lane % 5, turn) for _, (lane, turn) in sorted(came_from.items()))


_CONSTANTS = _round_constants()
_WALK = _walk()


def _permute(lanes: list[int]) -> list[int]:
    # Written for speed: an address costs one of these, and a text may be full of addresses.
    for constant in _CONSTANTS:
        p, q, r, s, t = (lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5))
        mix = (
            t ^ (q << 1 & _LANE | q >> 63),
            p ^ (r << 1 & _LANE | r >> 63),
            q ^ (s << 1 & _LANE | s >> 63),
            r ^ (t << 1 & _LANE | t >> 63),
            s ^ (p << 1 & _LANE | p >> 63),
        )
        moved = [((lane := lanes[place] ^ mix[x]) << turn | lane >> 64 - turn) & _LANE for place, x, turn in _WALK]
        lanes = []
        for row in range(0, 25, 5):
            a, b, c, d, e = moved[row : row + 5]
            lanes += (a ^ c ^ (b & c), b ^ d ^ (c & d), c ^ e ^ (d & e), d ^ a ^ (e & a), e ^ b ^ (a & b))
        lanes[0] ^= constant
    return lanes


@lru_cache(maxsize=512)
def keccak_256(message: bytes) -> bytes:
    """Hash a short message to 32 bytes."""
    padded = bytearray(message + bytes(_RATE - len(message) % _RATE))
    padded[len(message)] ^= _PADDING
    padded[-1] ^= 0x80
    lanes = [0] * 25
    for block in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            at = block + 8 * lane
            lanes[lane] ^= int.from_bytes(padded[at : at + 8], "little")
        lanes = _permute(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])
