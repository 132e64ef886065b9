"""A clear film over what is photographed: a card in its sleeve, a page in its pocket."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME
from idcard_core.specimen.light import Gains
from idcard_core.specimen.recapture.grid import Grid, Plane
from idcard_core.specimen.textures import smooth_noise

UNIT_PX = 0.5
"""Pixels a unit that the form of a sleeve is drawn in."""


def in_sleeve(rng: np.random.Generator, grid: Grid, light: Plane, gains: Gains, scanned: bool) -> Plane:
    """``light`` of a scene (linear) with a sleeve over the card, which reaches a few millimetres beyond it."""
    around = rng.uniform(8, 75, 4)
    size = CARD_FRAME[0] + around[0] + around[2], CARD_FRAME[1] + around[1] + around[3]
    drawn = tuple(max(8, round(length * UNIT_PX)) for length in size)
    radius, wide = round(float(rng.uniform(0, 40)) * UNIT_PX), max(1, round(float(rng.uniform(2, 14)) * UNIT_PX))
    film, seam = np.zeros(drawn[::-1], np.uint8), np.zeros(drawn[::-1], np.uint8)
    cv2.rectangle(film, (radius, 0), (drawn[0] - 1 - radius, drawn[1] - 1), (255,), -1)
    cv2.rectangle(film, (0, radius), (drawn[0] - 1, drawn[1] - 1 - radius), (255,), -1)
    for x in (radius, drawn[0] - 1 - radius):
        for y in (radius, drawn[1] - 1 - radius):
            cv2.circle(film, (x, y), radius, (255,), -1)
    contours = cv2.findContours(film, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
    cv2.drawContours(seam, contours, -1, (255,), 2 * wide)
    seam &= film
    mouth = int(rng.integers(5))  # one side is open; of some none is
    if mouth < 4:
        ends = [slice(None, 2 * wide), slice(-2 * wide, None)]
        seam[(slice(None), ends[mouth % 2]) if mouth < 2 else (ends[mouth % 2], slice(None))] = 0
    corner = (-float(around[0]), -float(around[1]))
    covered, welded = (
        grid.seen(mask, corner, 1 / UNIT_PX).astype(np.float32)[..., None] / 255 for mask in (film, seam)
    )
    return through_film(rng, grid, light, gains, covered, welded, scanned)


def in_pocket(rng: np.random.Generator, grid: Grid, light: Plane, gains: Gains, scanned: bool) -> Plane:
    """``light`` of a scene (linear) under film all over."""
    everywhere = np.ones((1, 1, 1), np.float32)
    return through_film(rng, grid, light, gains, everywhere, np.zeros((1, 1, 1), np.float32), scanned)


def through_film(
    rng: np.random.Generator,
    grid: Grid,
    light: Plane,
    gains: Gains,
    covered: Plane,
    welded: Plane,
    scanned: bool,
) -> Plane:
    """``light`` of a scene behind a film: what it lets through twice, the haze of its surface, and what it mirrors.

    Where it is ``covered``; ``welded`` seams scatter more.
    """
    through = np.float32(rng.uniform(0.78, 0.97)) * np.exp(rng.normal(0, 0.02, 3)).astype(np.float32)
    haze = np.float32(np.exp(rng.uniform(np.log(0.004), np.log(0.09))))
    seen = light * (1 - covered * (1 - through)) + covered * haze * gains
    seen = seen * (1 + welded * np.float32(rng.normal(0, 0.25))) + welded * np.float32(rng.uniform(0, 0.1)) * gains
    if not scanned:
        seen = seen + covered * _mirrored(rng, grid)
    return np.asarray(seen.clip(0, None), np.float32)


def _mirrored(rng: np.random.Generator, grid: Grid) -> Plane:
    """Streaks and patches of the room's lights in a film that does not lie quite flat."""
    size = (grid.size[0] // 4 + 1, grid.size[1] // 4 + 1)
    along = float(np.exp(rng.uniform(np.log(0.7), np.log(6))))
    across = float(np.exp(rng.uniform(np.log(1.5), np.log(16))))
    cells = (along, across) if rng.random() < 0.5 else (across, along)
    bent = smooth_noise(rng, size, cells)
    sharp = float(np.exp(rng.uniform(np.log(4), np.log(40))))
    streaks = 1 / (1 + np.exp(-sharp * (bent - float(rng.uniform(0.65, 1.05)))))
    streaks = np.asarray(cv2.resize(streaks.astype(np.float32), grid.size, interpolation=cv2.INTER_LINEAR))
    level = np.float32(np.exp(rng.uniform(np.log(0.02), np.log(0.7))))
    tint = np.exp(rng.normal(0, 0.06, 3)).astype(np.float32)
    return np.asarray(level * streaks[..., None] * tint, np.float32)
