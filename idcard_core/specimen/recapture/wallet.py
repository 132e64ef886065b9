"""A wallet's window: leather around the card, over its edges or a little beyond them, with a film before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from idcard_core.card import CARD_FRAME
from idcard_core.specimen.light import Gains
from idcard_core.specimen.recapture.grid import Box, Grid, Plane
from idcard_core.specimen.recapture.scene import Lamp, ground_of, mixed, shadow
from idcard_core.specimen.recapture.sleeve import through_film
from idcard_core.specimen.shot import Ground

LEATHERS = (Ground.PLAIN, Ground.NOISE, Ground.CLOTH, Ground.MARBLE)
MOST_OVER, MOST_BEYOND = 25.0, 60.0
"""Units: how far the leather reaches over the card's edges, or ends before them."""
THICK = (8.0, 30.0)
FILM_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class _Seam:
    """Stitches along the window: how far from its edge, how long each is and how bright."""

    away: float
    length: float
    tone: float


def in_wallet(rng: np.random.Generator, grid: Grid, light: Plane, gains: Gains) -> Plane:
    """``light`` of a scene (linear) behind the window of a wallet that lies on something."""
    lowest = -MOST_OVER if rng.random() < 0.6 else 4.0
    beyond = rng.uniform(lowest, MOST_BEYOND if lowest > 0 else 8.0, 4)
    window: Box = (-beyond[0], -beyond[1], CARD_FRAME[0] + beyond[2], CARD_FRAME[1] + beyond[3])
    radius = float(rng.uniform(0, 45))
    open_ = grid.inside(window, radius)
    leather = _leather(rng, grid, window, radius)
    lamp = Lamp.drawn(rng)
    light = light * shadow(rng, grid, lamp, 1 - open_, float(rng.uniform(*THICK)))
    if rng.random() < FILM_SHARE:
        nothing = np.zeros((1, 1, 1), np.float32)
        light = through_film(rng, grid, light, gains, open_[..., None], nothing, scanned=False)
    wide = rng.uniform(40, 400, 4)
    whole: Box = (window[0] - wide[0], window[1] - wide[1], window[2] + wide[2], window[3] + wide[3])
    body = grid.inside(whole, float(rng.uniform(0, 60)))
    ground = ground_of(rng, grid) * shadow(rng, grid, lamp, body, float(rng.uniform(40, 120)))
    return mixed(mixed(ground, leather, body[..., None]) * gains, light, open_[..., None])


def lining(rng: np.random.Generator, grid: Grid) -> Plane:
    """Reflectance of what is behind the card in its window."""
    dark = np.float32(np.exp(rng.uniform(np.log(0.03), np.log(0.9))))
    return np.asarray(ground_of(rng, grid, LEATHERS) * dark, np.float32)


def _leather(rng: np.random.Generator, grid: Grid, window: Box, radius: float) -> Plane:
    """Its reflectance, darker where it bends down to the window, with a seam around it in most."""
    leather = ground_of(rng, grid, LEATHERS) * np.exp(rng.normal(-0.4, 0.5)).astype(np.float32)
    away = grid.away(window, radius)
    bevel = np.exp(-((away / np.float32(rng.uniform(4, 16))) ** 2))
    leather = leather * (1 + np.float32(rng.uniform(-0.6, 0.3)) * bevel)[..., None]
    if rng.random() < 0.7:
        seam = _Seam(float(rng.uniform(12, 45)), float(rng.uniform(15, 45)), float(rng.uniform(0.02, 0.8)))
        line = np.clip(1.5 - np.abs(away - seam.away) / np.float32(2.5), 0, 1)
        dashes = np.sin((grid.u + grid.v) * np.float32(2 * np.pi / seam.length)) > -0.4
        leather = mixed(leather, np.full_like(leather, seam.tone), (line * dashes)[..., None])
    return np.asarray(leather, np.float32)
