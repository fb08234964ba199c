"""Contrast is computed, not believed: every ink on every ground, light and dark, for every hue (WCAG 2.2, 1.4.3 and 1.4.11)."""

import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "src" / "vigil" / "look" / "static" / "look" / "css" / "tokens.css"
TEXT, CONTROL = 4.5, 3.0
GROUNDS = ("paper", "wash", "sunk", "brand-wash", "ok-wash", "warn-wash", "bad-wash")
Colour = tuple[float, float, float | None]  # lightness, chroma, hue in degrees; no hue of its own means the brand's


def colours() -> dict[str, tuple[Colour, Colour]]:
    """Read every token that has a light and a dark colour."""
    css = TOKENS.read_text(encoding="utf-8").replace("var(--brand-hue)", "brand")
    pairs = re.findall(r"--([\w-]+):\s*light-dark\(oklch\(([^)]+)\),\s*oklch\(([^)]+)\)\)", css)
    return {name: (colour(light), colour(dark)) for name, light, dark in pairs}


def colour(text: str) -> Colour:
    lightness, chroma, hue = text.split()
    return float(lightness), float(chroma), None if hue == "brand" else float(hue)


def luminance(shown: Colour, brand_hue: float) -> float:
    """Compute the relative luminance of an OKLCH colour on an sRGB screen; what lies outside the gamut is clipped, as browsers do."""
    lightness, chroma, own = shown
    hue = math.radians(brand_hue if own is None else own)
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(1.0, max(0.0, part)) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: float, other: float) -> float:
    darker, lighter = sorted((one, other))
    return (lighter + 0.05) / (darker + 0.05)


def pairs() -> Iterator[tuple[str, str, float]]:
    for ground in GROUNDS:
        for ink in ("ink-1", "ink-2", "ink-3"):
            yield ink, ground, TEXT
        yield "edge", ground, CONTROL
    yield "brand-ink", "brand", TEXT
    for tone in ("brand", "ok", "warn", "bad"):
        for ground in ("paper", "wash", "sunk", f"{tone}-wash"):
            yield tone, ground, TEXT
        if tone != "brand":
            yield "paper", tone, TEXT


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_pair_is_readable_for_every_hue_a_brand_may_choose(mode: str) -> None:
    known = {name: both[mode == "dark"] for name, both in colours().items()}
    too_low = [
        f"{ink} on {ground} at hue {hue}: {reached:.2f}, needs {least}"
        for ink, ground, least in pairs()
        for hue in range(0, 360, 5)
        if (reached := ratio(luminance(known[ink], hue), luminance(known[ground], hue))) < least
    ]
    assert too_low == []


def test_the_formula_knows_black_from_white() -> None:
    white, black = luminance((1.0, 0.0, 0.0), 0), luminance((0.0, 0.0, 0.0), 0)
    assert ratio(white, black) == pytest.approx(21.0, abs=0.01)


def test_every_colour_that_is_an_ink_or_a_ground_was_found() -> None:
    assert {name for ink, ground, _ in pairs() for name in (ink, ground)} <= set(colours())
