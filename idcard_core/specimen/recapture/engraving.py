"""Fine coloured lines over a card: real ones are covered with guilloches, waves of lines half a millimetre apart.

Specimens carry a few thick ones; what tells a print from a card must not be that there are fine lines at all.
"""

from __future__ import annotations

import numpy as np

from idcard_core.card import CARD_FRAME, Image
from idcard_core.specimen.recapture.grid import Plane

FAMILIES = 3
"""Most families of lines."""
APART = (3.5, 14.0)
"""Units from line to line."""


def engraved(rng: np.random.Generator, image: Image) -> Image:
    """``image`` (BGR, a flat card) with one to three families of fine waves."""
    height, width = image.shape[:2]
    units = CARD_FRAME[0] / width
    x = np.arange(width, dtype=np.float32)[None] * np.float32(units)
    y = np.arange(height, dtype=np.float32)[:, None] * np.float32(units)
    light = np.ones_like(image, np.float32)
    for _ in range(int(rng.integers(1, FAMILIES + 1))):
        line = _lines(rng, x, y)
        depth = float(np.exp(rng.uniform(np.log(0.03), np.log(0.2))))
        taken = rng.dirichlet((2.5, 2.5, 2.5)) * 1.6  # of blue, green and red: the colour of the ink
        light *= 1 - line[..., None] * (depth * taken).clip(0, 0.9).astype(np.float32)
    return np.asarray((image * light).clip(0, 255), np.uint8)


def _lines(rng: np.random.Generator, x: Plane, y: Plane) -> Plane:
    """1 on the lines of a family, 0 between them."""
    apart = float(np.exp(rng.uniform(np.log(APART[0]), np.log(APART[1]))))
    wave = float(rng.uniform(30, 260))
    high = float(rng.uniform(0, 0.25)) * wave
    angle = float(rng.uniform(0, np.pi)) if rng.random() < 0.5 else float(rng.normal(0, 0.1))
    along = x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle))
    across = y * np.float32(np.cos(angle)) - x * np.float32(np.sin(angle))
    bent = across + np.float32(high) * np.sin(along * np.float32(2 * np.pi / wave) + np.float32(rng.uniform(0, 6)))
    if rng.random() < 0.5:
        slow = float(rng.uniform(1.5, 5)) * wave
        bent = bent + np.float32(high) * np.sin(along * np.float32(2 * np.pi / slow))
    wide = float(rng.uniform(0.2, 0.45))
    spot = np.cos(bent * np.float32(2 * np.pi / apart))
    return np.asarray(((spot - np.float32(np.cos(np.pi * wide))) * 4 + 0.5).clip(0, 1), np.float32)
