"""What the risk networks look at: the card with what is around it, and small pieces of it pixel by pixel."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME, Image, Points
from idcard_core.locate.view import FRAME_QUAD, apply, cut_quad, quad_homography

CONTEXT_SIZE = (192, 128)
"""Width and height of the view of the card and its surroundings."""
MARGIN = 0.18
"""How much of the card's width and height is seen beyond each of its edges."""
PATCH = 96
"""Pixels a side of a piece. A piece is never scaled: the grids of screens and prints live in single pixels."""
PLACES = tuple((x, y) for y in (0.27, 0.73) for x in (0.2, 0.5, 0.8))
"""The middles of the pieces, as shares of the card's width and height."""


def context_of(picture: Image, quad: Points, size: tuple[int, int] = CONTEXT_SIZE, margin: float = MARGIN) -> Image:
    """The card ``quad`` of ``picture``, upright, with a margin around it, as a picture of ``size``."""
    width, height = CARD_FRAME
    left, top = -margin * width, -margin * height
    right, bottom = (1 + margin) * width, (1 + margin) * height
    around: Points = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    return cut_quad(picture, apply(quad_homography(FRAME_QUAD, quad), around), size)


def patches_of(picture: Image, quad: Points, side: int = PATCH) -> Image:
    """Pieces (6, side, side, 3) of ``picture``, cut straight from its pixels at ``PLACES`` of the card ``quad``."""
    frame = np.array(PLACES, np.float32) * np.array(CARD_FRAME, np.float32)
    middles = apply(quad_homography(FRAME_QUAD, quad), frame)
    return np.stack([_cut(picture, middle, side) for middle in middles])


def _cut(picture: Image, middle: Points, side: int) -> Image:
    """The square around ``middle``, moved inside the picture where it would reach beyond."""
    height, width = picture.shape[:2]
    left = int(np.clip(round(float(middle[0])) - side // 2, 0, max(0, width - side)))
    top = int(np.clip(round(float(middle[1])) - side // 2, 0, max(0, height - side)))
    piece = picture[top : top + side, left : left + side]
    short = (side - piece.shape[0], side - piece.shape[1])
    if any(short):
        return np.asarray(cv2.copyMakeBorder(piece, 0, short[0], 0, short[1], cv2.BORDER_REFLECT), np.uint8)
    return piece
