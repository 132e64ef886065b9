"""Whether head and shoulders can be made out where the portrait stands.

The box is looked at as orientations of edges in cells (Dalal and Triggs, *Histograms of oriented gradients for human
detection*, 2005), normalised among neighbours so that light, greyness and moire tell little. A logistic regression
gives the log odds that they are those of a head and shoulders; ``fit`` makes its weights from specimens.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("visible.npz")
CELLS = (6, 8)
"""Columns and rows of cells over the box."""
CELL_PX = 8
ORIENTATIONS = 6
"""Of edges, without sign, over half a turn."""
LEAST_CONTRAST = 4.0
"""Grey levels a pixel below which an edge is no more than noise."""
LEAST_LOG_ODDS = 0.0
"""Log odds from which a portrait is there: at most 0.5 % of ordinary fronts have less."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Of the regression: one a feature, and the intercept."""

    weights: Floats
    intercept: float


@cache
def load_weights() -> Weights:
    """Those that come with the package."""
    with np.load(WEIGHTS) as stored:
        return Weights(np.asarray(stored["weights"], np.float32), float(stored["intercept"]))


def log_odds(portrait: Floats) -> float:
    """How much speaks for a head and shoulders in ``portrait``, BGR float32 of any size."""
    weights = load_weights()
    return float(features(portrait) @ weights.weights) + weights.intercept


def features(portrait: Floats) -> Floats:
    """Normalised strength of edges by cell and orientation, (columns * rows * ORIENTATIONS,)."""
    size = CELLS[0] * CELL_PX, CELLS[1] * CELL_PX
    grey = cv2.cvtColor(np.asarray(cv2.resize(portrait, size, interpolation=cv2.INTER_AREA)), cv2.COLOR_BGR2GRAY)
    across, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0, scale=1 / 8), cv2.Sobel(grey, cv2.CV_32F, 0, 1, scale=1 / 8)
    strength, angle = cv2.cartToPolar(across, down)
    turn = np.asarray(angle) * np.float32(ORIENTATIONS / np.pi) % ORIENTATIONS
    planes = []
    for orientation in range(ORIENTATIONS):
        apart = np.abs(turn - orientation)
        near = np.maximum(0, 1 - np.minimum(apart, ORIENTATIONS - apart))
        planes.append(cv2.resize(near * strength, CELLS, interpolation=cv2.INTER_AREA))
    cells = np.stack(planes, axis=2).astype(np.float32)
    energy = cv2.blur((cells**2).sum(axis=2), (3, 3), borderType=cv2.BORDER_REPLICATE)
    return np.asarray((cells / np.sqrt(energy + LEAST_CONTRAST**2)[:, :, None]).ravel(), np.float32)
