"""The plane that cards lie in, in millimetres from a card's own top left."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import CARD_MM, Points

CARD_QUAD: Points = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32) * np.array(CARD_MM, np.float32)
"""The card's corners, clockwise."""


def at(points: Points, matrix: NDArray[np.floating]) -> Points:
    """``points`` (n, 2) carried through the homography ``matrix``."""
    moved = cv2.perspectiveTransform(np.asarray(points, np.float32).reshape(-1, 1, 2), matrix)
    return np.asarray(moved, np.float32).reshape(-1, 2)
