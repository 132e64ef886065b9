"""Schematic art in place of a card's guilloche, emblem and portrait.

Nothing here imitates the security print of a real card: gradients, wavy lines, rings and a drawn figure only. All
functions take the seed's generator and work on BGR uint8 pictures of any scale.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import CARD_CORNER_MM, CARD_FRAME, Image, Side

_GROUNDS = (
    ((243, 236, 226), (232, 226, 240), (240, 240, 228)),
    ((245, 240, 232), (226, 232, 244), (238, 228, 222)),
    ((240, 243, 238), (228, 240, 232), (244, 236, 230)),
    ((246, 244, 242), (238, 232, 230), (232, 238, 244)),
    ((236, 228, 214), (240, 236, 232), (222, 226, 240)),
)
"""BGR triples of pale colours that flow into one another."""
CORNER_RADIUS = 10 * CARD_CORNER_MM
"""Frame units."""
_SHIFT = 4
"""Fractional bits of the coordinates given to OpenCV's drawing functions."""


def ground(rng: np.random.Generator, size: tuple[int, int], side: Side) -> Image:
    """The card's printed ground of ``size`` (width, height): pale gradients under fine waves, rings or a grid."""
    palette = np.array(_GROUNDS[int(rng.integers(len(_GROUNDS)))], np.float32) + rng.normal(0, 5, (3, 3))
    cells = palette[rng.integers(0, 3, (3, 5))].astype(np.float32)
    picture = cv2.resize(cells, size, interpolation=cv2.INTER_CUBIC).clip(0, 252).astype(np.uint8)
    pattern = picture.copy()
    style = int(rng.integers(5))
    if style in (0, 1):
        _waves(rng, pattern, crossed=style == 1)
    elif style == 2:
        _rings(rng, pattern)
    elif style == 3:
        _grid(rng, pattern)
    if side is Side.BACK and rng.random() < 0.6:
        _hills(rng, pattern)
    strength = float(rng.uniform(0.15, 0.75))
    return np.asarray(cv2.addWeighted(pattern, strength, picture, 1 - strength, 0), np.uint8)


def _tint(rng: np.random.Generator) -> tuple[int, int, int]:
    base = ((214, 190, 150), (180, 175, 214), (190, 212, 180), (205, 200, 190))[int(rng.integers(4))]
    blue, green, red = (int(np.clip(c + rng.integers(-15, 16), 90, 235)) for c in base)
    return blue, green, red


def _curves(picture: Image, curves: NDArray[np.floating[Any]], colour: tuple[int, int, int]) -> None:
    """Draw curves (n, points, 2) given in frame units."""
    scale = picture.shape[1] / CARD_FRAME[0]
    points = np.round(curves * scale * (1 << _SHIFT)).astype(np.int32)
    thickness = max(1, round(scale))
    cv2.polylines(picture, list(points), False, colour, thickness, cv2.LINE_AA, _SHIFT)


def _waves(rng: np.random.Generator, picture: Image, crossed: bool) -> None:
    x = np.linspace(-10, CARD_FRAME[0] + 10, 48)
    for _ in range(2 if crossed else 1):
        starts = np.arange(-60, CARD_FRAME[1] + 60, rng.uniform(9, 22))
        wave = rng.uniform(5, 26) * np.sin(x / rng.uniform(25, 110) + rng.uniform(0, 6.3))
        wave += rng.uniform(0, 40) * np.sin(x / rng.uniform(120, 400) + rng.uniform(0, 6.3))
        phase = np.sin(starts / rng.uniform(30, 150))[:, None] * rng.uniform(0, 14)
        y = starts[:, None] + wave[None] + phase
        _curves(picture, np.stack([np.broadcast_to(x, y.shape), y], axis=2), _tint(rng))


def _rings(rng: np.random.Generator, picture: Image) -> None:
    turn = np.linspace(0, 2 * np.pi, 73)
    centre = rng.uniform((250, 120), (650, 420))
    radii = np.arange(15, 620, rng.uniform(10, 24))
    wobble = 1 + rng.uniform(0.01, 0.09) * np.sin(turn * int(rng.integers(4, 14)) + rng.uniform(0, 6))
    radius = radii[:, None] * wobble[None]
    curves = np.stack([centre[0] + radius * np.cos(turn), centre[1] + radius * np.sin(turn)], axis=2)
    _curves(picture, curves, _tint(rng))


def _grid(rng: np.random.Generator, picture: Image) -> None:
    step = rng.uniform(14, 34)
    slope = rng.uniform(-0.6, 0.6)
    for sign in (1, -1):
        starts = np.arange(-600, CARD_FRAME[0] + 600, step)
        ends = starts + CARD_FRAME[1] * (slope + 0.5 * sign)
        curves = np.stack([np.stack([starts, ends], 1), np.tile([0.0, CARD_FRAME[1]], (len(starts), 1))], axis=2)
        _curves(picture, curves, _tint(rng))


def _hills(rng: np.random.Generator, picture: Image) -> None:
    scale = picture.shape[1] / CARD_FRAME[0]
    x = np.linspace(0, CARD_FRAME[0], 60)
    for layer in range(3):
        y = 300 + 60 * layer + rng.uniform(20, 45) * np.sin(x / rng.uniform(50, 160) + rng.uniform(0, 6))
        outline = np.concatenate([np.stack([x, y], 1), [[CARD_FRAME[0], CARD_FRAME[1]], [0, CARD_FRAME[1]]]])
        colour = tuple(int(c) for c in np.clip(np.array(_tint(rng)) + 24 - 8 * layer, 0, 250))
        cv2.fillPoly(picture, [np.round(outline * scale).astype(np.int32)], colour)


def figure(rng: np.random.Generator, size: tuple[int, int]) -> Image:
    """A drawn head and shoulders, BGR, on a plain ground; no person's likeness."""
    width, height = size
    backdrop = np.array([248, 242, 238]) - rng.uniform(0, 26, 3)
    picture = np.full((height, width, 3), backdrop.astype(np.uint8), np.uint8)
    skin = np.array([150, 180, 222]) + rng.normal(0, 12) + rng.normal(0, 5, 3)
    hair = np.array([35, 34, 38]) + rng.uniform(0, 30, 3)
    if rng.random() < 0.15:
        hair = hair + rng.uniform(70, 140)
    cloth = rng.uniform(20, 225, 3)
    cx, cy = width * rng.uniform(0.47, 0.53), height * rng.uniform(0.36, 0.42)
    rx, ry = width * rng.uniform(0.19, 0.24), height * rng.uniform(0.2, 0.24)
    long_hair = rng.random() < 0.5

    def ellipse(x: float, y: float, a: float, b: float, colour: NDArray[np.floating[Any]]) -> None:
        paint = tuple(int(c) for c in np.clip(colour, 0, 255))
        cv2.ellipse(
            picture, (round(x), round(y)), (max(round(a), 1), max(round(b), 1)), 0, 0, 360, paint, -1, cv2.LINE_AA
        )

    if long_hair:
        ellipse(cx, cy + 0.35 * ry, 1.35 * rx, 1.75 * ry, hair)
    ellipse(cx, height * 1.04, width * rng.uniform(0.42, 0.52), height * rng.uniform(0.3, 0.36), cloth)
    ellipse(cx, cy + 1.15 * ry, 0.45 * rx, 0.6 * ry, skin * 0.93)
    ellipse(cx, height * 0.8, 0.34 * rx, 0.2 * ry, skin * 0.93)
    ellipse(cx, cy - 0.22 * ry, 1.1 * rx, 1.05 * ry, hair)
    ellipse(cx, cy + 0.08 * ry, 0.94 * rx, 0.98 * ry, skin)
    ellipse(cx, cy - 0.72 * ry, 0.9 * rx, rng.uniform(0.3, 0.5) * ry, hair)
    for sign in (-1, 1):
        ellipse(cx + sign * 0.4 * rx, cy, 0.15 * rx, 0.06 * ry, hair * 0.8)
        ellipse(cx + sign * 0.4 * rx, cy - 0.2 * ry, 0.24 * rx, 0.04 * ry, hair)
    ellipse(cx, cy + 0.3 * ry, 0.1 * rx, 0.08 * ry, skin * 0.85)
    ellipse(cx, cy + 0.6 * ry, 0.28 * rx, 0.05 * ry, skin * np.array([0.7, 0.65, 0.85]))
    if rng.random() < 0.12:  # a plain silhouette
        drawn = (np.abs(picture.astype(np.int16) - backdrop.astype(np.int16)).max(axis=2) > 3)[:, :, None]
        picture = np.where(drawn, np.uint8(rng.integers(90, 190)), picture).astype(np.uint8)
    shade = np.linspace(rng.uniform(0.88, 1.0), rng.uniform(0.92, 1.05), width, dtype=np.float32)
    return np.clip(picture * shade[None, :, None], 0, 255).astype(np.uint8)


def emblem(rng: np.random.Generator, picture: Image, centre: tuple[float, float], radius: float) -> None:
    """A ring with a few simple shapes in the emblem's place; in place on ``picture``, centre and radius in units."""
    scale = picture.shape[1] / CARD_FRAME[0]
    x, y, r = centre[0] * scale, centre[1] * scale, radius * scale
    red = (int(rng.integers(40, 110)), int(rng.integers(40, 100)), int(rng.integers(150, 215)))
    gold = (int(rng.integers(70, 170)), int(rng.integers(150, 215)), int(rng.integers(190, 245)))

    def disc(cx: float, cy: float, size: float, colour: tuple[int, int, int]) -> None:
        fixed = (round(cx * 16), round(cy * 16))
        cv2.circle(picture, fixed, round(size * 16), colour, -1, cv2.LINE_AA, _SHIFT)

    disc(x, y, r, gold if rng.random() < 0.5 else red)
    disc(x, y, r * float(rng.uniform(0.8, 0.9)), red)
    for step in range(int(rng.integers(8, 20)) if rng.random() < 0.6 else 0):
        angle = step * 0.45
        disc(x + 0.86 * r * np.cos(angle), y + 0.86 * r * np.sin(angle), 0.08 * r, gold)
    points = int(rng.integers(4, 9))
    turn = np.arange(2 * points) * np.pi / points + rng.uniform(0, 1)
    spokes = np.where(np.arange(2 * points) % 2 == 0, rng.uniform(0.4, 0.6), rng.uniform(0.18, 0.3)) * r
    star = np.stack([x + spokes * np.cos(turn), y - 0.1 * r + spokes * np.sin(turn)], axis=1)
    cv2.fillPoly(picture, [np.round(star * 16).astype(np.int32)], gold, cv2.LINE_AA, _SHIFT)
    cv2.ellipse(
        picture, (round(x), round(y + 0.55 * r)), (round(0.5 * r), round(0.14 * r)), 0, 0, 360, gold, -1, cv2.LINE_AA
    )


def outline(size: tuple[int, int]) -> Image:
    """The card's own shape, (height, width) uint8: 255 inside, rounded at the corners."""
    width, height = size
    radius = max(1, round(CORNER_RADIUS * width / CARD_FRAME[0]))
    mask: Image = np.zeros((height, width), np.uint8)
    mask[radius:-radius], mask[:, radius:-radius] = 255, 255
    for x in (radius, width - 1 - radius):
        for y in (radius, height - 1 - radius):
            cv2.circle(mask, (x, y), radius, (255,), -1, cv2.LINE_AA)
    return mask
