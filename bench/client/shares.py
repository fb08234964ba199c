"""How a list of times is told."""


def share(values: list[float], part: float) -> float:
    """Give the value that `part` of them do not pass, in milliseconds; 0 for none."""
    ranked = sorted(values)
    return round(ranked[min(len(ranked) - 1, int(len(ranked) * part))] * 1000, 2) if ranked else 0.0
