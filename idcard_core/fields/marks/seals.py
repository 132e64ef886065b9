"""Round seals: their rings are found and unrolled, so that the name along a ring can be read as a line.

Circles are float32 (n, 3): x, y and radius, in pixels of the picture they were looked for on.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image
from idcard_core.text.engine import LINE_HEIGHT

SEEN_WIDTH = 428
"""Pixels a card is wide where rings are looked for: the frame's half."""
RADII = (38, 105)
"""Of a ring, in those pixels: a company's seal is 38 to 42 mm wide, and copies are larger and smaller than life."""
INK = 150
"""Grey value from which on a spot is ink and no pattern of the card's."""
LEAST_VOTES = 24
"""Of the edge around a ring (``cv2.HoughCircles``, param2)."""
MOST_LOOKED_AT = 8
"""Candidates, those with the most votes first."""
STEPS = (4.0, 2.0, 1.0)
"""Pixels by which a circle is moved and widened to lie better on its ring, the coarsest first."""
LEAST_RING = 0.45
"""Share of a circle that lies on ink, from which it is a ring: a worn stamp has gaps."""
POINTS = 128
"""Of a circle, looked at."""
LETTERS = (0.58, 0.96)
"""Between which shares of the radius the name stands."""
MOST_RINGS = 2
Circles = NDArray[np.float32]


def ring_strips(card: Image) -> list[Image]:
    """The rings on ``card`` (grey on white), each unrolled clockwise from its foot; ``LINE_HEIGHT`` pixels high."""
    scale = card.shape[1] / SEEN_WIDTH
    small = cv2.resize(card[:, :, 0], None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
    return [_unrolled(card, *(float(v) * scale for v in ring)) for ring in find_rings(np.asarray(small, np.uint8))]


def find_rings(small: NDArray[np.uint8]) -> Circles:
    """The rings of ink on a grey picture of a card, ``SEEN_WIDTH`` pixels wide; the clearest first."""
    ink = np.asarray((small < INK) * np.uint8(255))
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(ink, (0, 0), 1.2),
        cv2.HOUGH_GRADIENT,
        1.5,
        12,
        param1=160,
        param2=LEAST_VOTES,
        minRadius=RADII[0],
        maxRadius=RADII[1],
    )
    if circles is None:
        return np.zeros((0, 3), np.float32)
    broad = np.asarray(cv2.dilate(ink, np.ones((3, 3), np.uint8)), np.uint8)
    fitted = [_fitted(broad, circle) for circle in circles[0][:MOST_LOOKED_AT]]
    found: list[Circles] = []
    for share, circle in sorted(fitted, key=lambda pair: -pair[0]):
        apart = all(np.hypot(*(circle[:2] - other[:2])) > RADII[0] / 2 for other in found)
        if share >= LEAST_RING and apart and len(found) < MOST_RINGS:
            found.append(circle)
    return np.array(found, np.float32).reshape(-1, 3)


def _fitted(ink: NDArray[np.uint8], circle: Circles) -> tuple[float, Circles]:
    """The circle moved to where most of it lies on ink, and that share."""
    share = float(_on_ink(ink, circle[None])[0])
    for step in STEPS:
        moves = np.array(np.meshgrid(*[(-step, 0.0, step)] * 3), np.float32).reshape(3, -1).T
        for _ in range(3):
            shares = _on_ink(ink, circle + moves)
            best = int(np.argmax(shares))
            if shares[best] <= share:
                break
            share, circle = float(shares[best]), np.asarray(circle + moves[best], np.float32)
    return share, circle


def _on_ink(ink: NDArray[np.uint8], circles: Circles) -> NDArray[np.float32]:
    """For each circle, the share of its points that lie on ink (n,); what is beyond the card does not."""
    turns = np.arange(POINTS, dtype=np.float32) / POINTS * 2 * np.pi
    x = np.asarray(circles[:, :1] + circles[:, 2:] * np.cos(turns), np.float32)
    y = np.asarray(circles[:, 1:2] + circles[:, 2:] * np.sin(turns), np.float32)
    seen = cv2.remap(ink, x, y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT, borderValue=(0,))
    return np.asarray((seen > 0).mean(axis=1), np.float32)


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
