"""Where a picture's colours are clipped: there, decoding a JPEG loses what the next one would show of it."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from idcard_core.intake.picture import Picture
from idcard_core.judge.tamper.blocks import Lattice
from idcard_core.judge.tamper.stored import BLOCK, Stored

DARKEST, LIGHTEST = 2, 253
"""The values of a channel that surely are not clipped, inclusive; a reduced scale averages, hence the room."""


def unclipped(lattice: Lattice, stored: Stored, picture: Picture) -> Lattice:
    """``lattice`` with those blocks unusable that hold a clipped colour; ``stored`` is the luma of ``picture``."""
    to_pixels = np.diag([picture.scale, picture.scale, 1.0]) @ stored.to_upright @ lattice.to_luma
    rows, columns = lattice.shape
    corners = np.array([[[0, 0], [columns, 0], [columns, rows], [0, rows]]], np.float64)
    corners = cv2.perspectiveTransform(corners, to_pixels)[0]
    height, width = picture.pixels.shape[:2]
    reach = BLOCK
    left, top = (int(v) for v in np.clip(np.floor(corners.min(axis=0)) - reach, 0, (width - 1, height - 1)))
    right, bottom = (int(v) for v in np.ceil(corners.max(axis=0)) + reach)
    clear = cv2.inRange(picture.pixels[top:bottom, left:right], np.full(3, DARKEST), np.full(3, LIGHTEST))
    block = max(3, round(BLOCK * picture.scale)) | 1
    clear = cv2.erode(clear, np.ones((block, block), np.uint8))
    from_window = np.array([[1.0, 0, -left], [0, 1, -top], [0, 0, 1]]) @ to_pixels
    there = cv2.warpPerspective(clear, from_window, (columns, rows), flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP)
    return replace(lattice, usable=lattice.usable & (np.asarray(there) > 0))
