"""Round seals: their rings are found and unrolled, so that the name along a ring can be read as a line."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.text.engine import LINE_HEIGHT

SEEN_WIDTH = 428
"""Pixels a card is wide where rings are looked for: the frame's half."""
RADII = (38, 105)
"""Of a ring, in those pixels: a company's seal is 38 to 42 mm wide, and copies are larger and smaller than life."""
LEAST_VOTES = 55
"""Of the edge around a ring (``cv2.HoughCircles``, param2)."""
LETTERS = (0.58, 0.96)
"""Between which shares of the radius the name stands."""
MOST_RINGS = 2


def ring_strips(card: Image) -> list[Image]:
    """The rings on ``card`` (grey on white), each unrolled clockwise from its foot; ``LINE_HEIGHT`` pixels high."""
    scale = card.shape[1] / SEEN_WIDTH
    small = cv2.resize(card[:, :, 0], None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
    circles = cv2.HoughCircles(
        small,
        cv2.HOUGH_GRADIENT,
        1.5,
        60,
        param1=160,
        param2=LEAST_VOTES,
        minRadius=RADII[0],
        maxRadius=RADII[1],
    )
    if circles is None:
        return []
    return [_unrolled(card, *(float(v) * scale for v in circle)) for circle in circles[0][:MOST_RINGS]]


def _unrolled(card: Image, x: float, y: float, radius: float) -> Image:
    """The letters' ring as a line: each column looks from outside (top) to the middle of the seal."""
    inner, outer = (share * radius for share in LETTERS)
    width = round(np.pi * (inner + outer) * LINE_HEIGHT / (outer - inner))
    turns = (np.arange(width, dtype=np.float32) / width * 2 * np.pi + np.pi / 2).astype(np.float32)
    reach = np.linspace(outer, inner, LINE_HEIGHT, dtype=np.float32)[:, None]
    at_x = (x + reach * np.cos(turns)[None]).astype(np.float32)
    at_y = (y + reach * np.sin(turns)[None]).astype(np.float32)
    strip = cv2.remap(card, at_x, at_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(235, 235, 235))
    return np.asarray(strip, np.uint8)
