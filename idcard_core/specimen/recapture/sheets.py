"""Sheets of paper as they lie: their outline, their shadow, and what is seen beyond their edges."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME
from idcard_core.specimen.recapture.grid import Grid, Plane
from idcard_core.specimen.recapture.prints import paper
from idcard_core.specimen.recapture.scene import Lamp, ground_of, mixed, shadow

SIZES = ((2100, 2970), (2970, 2100), (1480, 2100), (2100, 1480), (2159, 2794), (1300, 1000))
"""Units (tenths of a millimetre): A4 and A5 both ways, letter, and a piece torn from one."""
LEAST_RIM = 15
EDGED_SHARE = 0.65
"""Of sheets in pictures: those whose edges may be seen, if the picture reaches that far."""
ON_PAPER_SHARE = 0.2
"""Of sheets: those that lie on paper."""


def sheet_around(rng: np.random.Generator, grid: Grid, skew: float) -> Plane:
    """The outline (height, width) of a sheet with the card somewhere on it, turned by ``skew`` degrees (deviation)."""
    width, height = SIZES[int(rng.integers(len(SIZES)))]
    left = float(rng.uniform(LEAST_RIM, width - CARD_FRAME[0]))
    top = float(rng.uniform(LEAST_RIM, height - CARD_FRAME[1]))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64) - (left, top)
    middle = np.array(CARD_FRAME) / 2
    angle = np.deg2rad(rng.normal(0, skew))
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return filled(grid, (corners - middle) @ turn + middle)


def filled(grid: Grid, corners: Plane) -> Plane:
    """The outline (height, width) of the polygon ``corners`` (n, 2; units)."""
    mask = np.zeros((grid.size[1], grid.size[0]), np.uint8)
    homogeneous = np.column_stack([corners, np.ones(len(corners))]) @ grid.to_picture.T
    if (homogeneous[:, 2] <= 0).any():  # a corner behind the camera: nothing but the sheet is seen
        return np.ones(mask.shape, np.float32)
    seen = homogeneous[:, :2] / homogeneous[:, 2:]
    cv2.fillPoly(mask, [np.round(seen * 16).clip(-(2**20), 2**20).astype(np.int32)], (255,), cv2.LINE_AA, 4)
    return np.asarray(mask.astype(np.float32) / 255, np.float32)


def laid(rng: np.random.Generator, grid: Grid, sheet: Plane, outline: Plane) -> Plane:
    """``sheet`` (reflectance) within ``outline`` on some ground; one unit thick, and many curl."""
    lift = float(np.exp(rng.uniform(np.log(0.8), np.log(12))))
    ground = paper(rng, grid.size) if rng.random() < ON_PAPER_SHARE else ground_of(rng, grid)
    ground = ground * shadow(rng, grid, Lamp.drawn(rng), outline, lift)
    return mixed(ground, sheet, outline[..., None])
