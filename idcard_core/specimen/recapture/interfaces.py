"""What a screen shows around a picture: the bars and buttons of a viewer, a page of text, or next to nothing."""

from __future__ import annotations

import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.textures import text_page

FILLED_SHARE = 0.25
"""Of screens: those that the card fills, as a phone held sideways or a viewer over the whole screen does."""
PAGE_SHARE = 0.2
"""Of the others: those whose picture stands on a page of text."""


def interface(rng: np.random.Generator, shown: Image, *, phone: bool, filled: bool) -> tuple[Image, tuple[int, int]]:
    """What the whole screen shows: ``shown`` among bars and buttons; and where its top left then is, pixels."""
    height, width = shown.shape[:2]
    if filled:
        above, beside = int(rng.uniform(0.0, 0.05) * height), int(rng.uniform(0.0, 0.2 if phone else 0.06) * width)
    elif phone:
        above, beside = int(rng.uniform(0.15, 0.9) * height), int(rng.uniform(0.0, 0.04) * width)
    else:
        above, beside = int(rng.uniform(0.1, 0.5) * height), int(rng.uniform(0.05, 0.5) * width)
    below = int(rng.uniform(0.7, 1.4) * above) + 1
    tone = int(rng.choice([0, 0, 18, 40, 235, 255, 245]))
    canvas = np.full((height + above + below, width + 2 * beside, 3), tone, np.uint8)
    if not filled and rng.random() < PAGE_SHARE:
        canvas[:] = text_page(rng, (canvas.shape[1], canvas.shape[0]))
    elif not filled:
        _add_bars(rng, canvas, (above, height, below), max(2, width // 60), 230 if tone < 128 else 40)
    canvas[above : above + height, beside : beside + width] = shown
    return canvas, (beside, above)


def _add_bars(rng: np.random.Generator, canvas: Image, rows: tuple[int, int, int], unit: int, ink: int) -> None:
    """Signs and buttons above and below the picture; ``rows`` are the heights above it, of it and below it."""
    above, height, below = rows
    for y in (int(0.1 * above), int(height + above + 0.6 * below)):
        for _ in range(int(rng.integers(0, 8))):
            x = int(rng.uniform(0, 0.9) * canvas.shape[1])
            part = canvas[y : y + unit, x : x + int(rng.uniform(1, 8)) * unit]
            part[:] = (ink, ink, ink) if rng.random() < 0.7 else rng.integers(0, 255, 3).tolist()
    if rng.random() < 0.4:
        canvas[: int(0.25 * above)] = rng.integers(0, 255, 3)
