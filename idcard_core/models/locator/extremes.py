"""Light and blur in which nobody can read a card, though its place can still be told.

A reader has to tell such a card from no card at all: the one is too dark, too light or blurred, the other is none.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image

from .backgrounds import clouds, colour

Map = NDArray[np.float32]


def against_light(rng: np.random.Generator, things: Image, ground: Image) -> Image:
    """Things held before a window or another bright ground: nearly black themselves, all else in full light.

    ``things`` (h, w, 3) are painted on black, which is where ``ground`` or a window is seen.
    """
    near = (things.max(axis=2) > 0).astype(np.uint8)
    near = cv2.morphologyEx(near, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    lit = _window(rng, things.shape[:2]) if rng.random() < 0.7 else ground * rng.uniform(1.0, 3.0)
    shade = np.exp(rng.uniform(np.log(0.03), np.log(0.4)))
    covering = cv2.GaussianBlur(near.astype(np.float32), (0, 0), rng.uniform(0.4, 0.9))[..., None]
    seen = np.clip(lit + (things * shade - lit) * covering, 0, 255).astype(np.float32)
    veil = cv2.GaussianBlur(seen, (0, 0), rng.uniform(8, 60)) * rng.choice([0.0, rng.uniform(0, 0.12)])
    return np.asarray(np.clip(seen + veil, 0, 255), np.uint8)


def _window(rng: np.random.Generator, size: tuple[int, int]) -> Map:
    """(h, w, 3): panes, a sky or a lamp, as bright as a sensor can tell, with a dark wall around it."""
    height, width = size
    wall = np.array(colour(rng, 0, 60), np.float32)
    lit = np.full((height, width, 3), wall, np.float32)
    low = (rng.uniform(-0.3, 0.3, 2) * (width, height)).astype(int)
    high = (rng.uniform(0.7, 1.3, 2) * (width, height)).astype(int)
    if rng.random() < 0.15:
        cv2.circle(lit, (width // 2, height // 2), int(rng.uniform(0.3, 0.7) * width), (255.0,) * 3, -1, cv2.LINE_AA)
    else:
        cv2.rectangle(lit, low.tolist(), high.tolist(), tuple(map(float, colour(rng, 200, 290))), -1)
    if rng.random() < 0.6:
        bar = tuple(map(float, colour(rng, 0, 160)))
        wide = int(rng.integers(1, 8))
        for x in np.linspace(low[0], high[0], int(rng.integers(2, 6))):
            cv2.line(lit, (int(x), 0), (int(x), height), bar, wide, cv2.LINE_AA)
        for y in np.linspace(low[1], high[1], int(rng.integers(2, 5))):
            cv2.line(lit, (0, int(y)), (width, int(y)), bar, wide, cv2.LINE_AA)
    if rng.random() < 0.4:  # what is seen through the window
        tone = clouds(rng, int(rng.integers(2, 12)), max(size))[:height, :width, None]
        lit += tone * rng.uniform(0, 60, 3).astype(np.float32)
    return np.asarray(np.clip(cv2.GaussianBlur(lit, (0, 0), rng.uniform(0.5, 8)), 0, 255), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """What a picture's grey levels are multiplied by (h, w), and what is added to them."""

    factor: Map
    added: float = 0.0


def exposure(rng: np.random.Generator, size: tuple[int, int]) -> Exposure:
    """For a picture of ``size`` (width, height): hardly any light, one lamp, a deep shadow, or far too much light."""
    kinds = (_underexposed, _one_lamp, _in_deep_shadow, _overexposed)
    return kinds[int(rng.choice(4, p=[0.35, 0.15, 0.2, 0.3]))](rng, size)


def _underexposed(rng: np.random.Generator, size: tuple[int, int]) -> Exposure:
    return Exposure(np.full(size[::-1], np.exp(rng.uniform(np.log(0.03), np.log(0.25))), np.float32))


def _one_lamp(rng: np.random.Generator, size: tuple[int, int]) -> Exposure:
    y, x = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    centre, reach = rng.uniform(-0.2, 1.2, 2) * size, rng.uniform(0.15, 0.7) * size[0]
    away = ((x - centre[0]) ** 2 + (y - centre[1]) ** 2) / (2 * reach**2)
    return Exposure((rng.uniform(0.03, 0.12) + np.exp(-away) * rng.random()).astype(np.float32))


def _in_deep_shadow(rng: np.random.Generator, size: tuple[int, int]) -> Exposure:
    """A shadow with a soft or hard edge over most of the picture."""
    points = (rng.uniform(0, 1, 2) + rng.normal(0, 0.6, (6, 2))) * size
    mask = np.zeros(size[::-1], np.float32)
    cv2.fillConvexPoly(mask, cv2.convexHull(points.astype(np.int32)), (1.0,))
    shadow = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.7, 15)) * rng.uniform(0.75, 0.97)
    return Exposure((1 - shadow).astype(np.float32))


def _overexposed(rng: np.random.Generator, size: tuple[int, int]) -> Exposure:
    return Exposure(np.full(size[::-1], rng.uniform(1.2, 2.4), np.float32), rng.uniform(0, 60))


def smeared(rng: np.random.Generator, picture: Map) -> Map:
    """``picture`` (h, w, 3) out of focus, shaken along a path, or zoomed or turned while it was taken."""
    kind = rng.random()
    if kind < 0.3:
        return np.asarray(cv2.filter2D(picture, -1, _disc(int(rng.integers(2, 8)))), np.float32)
    if kind < 0.6:
        return np.asarray(cv2.filter2D(picture, -1, _path(rng)), np.float32)
    zoom, turn = (rng.uniform(0.04, 0.35), 0.0) if kind < 0.85 else (0.0, rng.uniform(1.5, 12))
    height, width = picture.shape[:2]
    centre = rng.uniform(0.1, 0.9, 2) * (width, height)
    total = np.zeros_like(picture)
    steps = np.linspace(-0.5, 0.5, int(rng.integers(9, 22)))
    for step in steps:
        matrix = cv2.getRotationMatrix2D(centre.tolist(), turn * step, 1 + zoom * step)
        total += cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(total / len(steps), np.float32)


def _disc(radius: int) -> Map:
    """The kernel of a lens out of focus, its sum 1."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)).astype(np.float32)
    return np.asarray(disc / disc.sum(), np.float32)


def _path(rng: np.random.Generator) -> Map:
    """The kernel (n, n) of a shaking hand's path, a line that bends, its sum 1."""
    size = int(rng.integers(7, 24))
    turn, bend = rng.uniform(0, np.pi), rng.uniform(-1.2, 1.2)
    along = np.linspace(-1, 1, 6 * size)
    across = bend * (along**2 - 0.3) * rng.random()
    way = np.stack([np.cos(turn) * along - np.sin(turn) * across, np.sin(turn) * along + np.cos(turn) * across])
    column, row = ((size - 1) / 2 * (1 + way / np.abs(way).max())).round().astype(int)
    kernel = np.zeros((size, size), np.float32)
    np.add.at(kernel, (row, column), 1)
    return np.asarray(kernel / kernel.sum(), np.float32)
