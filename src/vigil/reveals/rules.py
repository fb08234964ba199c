"""What of a value may be seen before somebody has said why, judged on plain values."""

DOTS = "•••"
# Whoever knows the number finds it again by these; nobody else finds it by them.
_LAST = 3
_SHORT = 6


def masked(kind: str, value: str) -> str:
    """Write a value so that who knows it recognises it and nobody else learns it: `a•••@m•••.example`, `7•••937`, `•••937`.

    The dots are always three: how many letters they stand for is not told either.
    """
    if kind in {"email", "address"}:
        return _masked_mail(value)
    if kind == "phone":
        return f"{DOTS}{value[-_LAST:]}" if len(value) > _SHORT else DOTS
    return f"{value[0]}{DOTS}{value[-_LAST:]}" if len(value) > _SHORT else DOTS


def _masked_mail(address: str) -> str:
    local, _at, domain = address.rpartition("@")
    name, _dot, ending = domain.rpartition(".")
    return f"{local[:1]}{DOTS}@{name[:1]}{DOTS}.{ending}" if local and name else DOTS
