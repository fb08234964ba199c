"""A06: a thousand generated secrets of every kind, in every layout, leave nothing behind. `vigil bench secrets` makes ten thousand."""

from vigil.safety import detection
from vigil.safety.tests.sampling import leaks, samples


def test_a06_no_generated_secret_is_left_in_any_layout() -> None:
    left = [(one.kind, one.layout) for one in samples(6, 1000) if leaks(one, detection.look(one.text).text)]
    assert left == []
