"""What the risk networks look at: the card with what is around it, its rim from close by, and small pieces of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import CARD_FRAME, Image, Points
from idcard_core.locate.view import FRAME_QUAD, apply, cut_quad, quad_homography

CONTEXT_SIZE = (320, 224)
"""Width and height of the view of the card and its surroundings: fine enough to show whether its corners are round."""
MARGIN = 0.45
"""How much of the card's width and height is seen beyond each of its edges."""
FINER, LARGEST_SHRINK = 1.3, 0.7
"""Pictures with more than 1.3 / 0.7 pixels for each of a view are halved first, so that 0.93 to 1.86 are left."""

EDGE, EDGE_UNITS = 96, 192.0
"""Pixels and card-frame units a side of a view of the rim: a shadow of the card's thickness is five pixels wide."""
EDGES = 8
"""The four corners, then the middles of the four sides, each clockwise from the card's own top left."""

PIECE = 128
"""Pixels a side of a piece. Pieces are not scaled, as the grids of screens and prints live in single pixels ..."""
FINEST = 1400
"""... but of pictures finer than so many pixels across the card, pieces are shrunk to that: at 16 pixels a millimetre
the grids of all but the finest devices are still seen."""
BLUR, FAINTEST = 5, 16.0
"""Pixels a side of the blur that ``rest_of`` takes away, and levels of what is left that are 1."""
PLACES = tuple((x, y) for y in (0.27, 0.73) for x in (0.2, 0.5, 0.8))
"""The middles of the pieces, as shares of the card's width and height."""


def context_of(picture: Image, quad: Points, size: tuple[int, int] = CONTEXT_SIZE, margin: float = MARGIN) -> Image:
    """The card ``quad`` of ``picture``, upright, with a margin around it, as a picture of ``size``."""
    width, height = CARD_FRAME
    left, top = -margin * width, -margin * height
    right, bottom = (1 + margin) * width, (1 + margin) * height
    around: Points = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    picture, quad = shrunk(picture, quad, size[0] / (1 + 2 * margin))
    return cut_quad(picture, apply(quad_homography(FRAME_QUAD, quad), around), size)


def edges_of(picture: Image, quad: Points, side: int = EDGE, units: float = EDGE_UNITS) -> Image:
    """Views (8, side, side, 3) of ``units`` around each corner and the middle of each side of the card ``quad``.

    Each is turned so that the card lies below and, at a corner, to the right.
    """
    picture, quad = shrunk(picture, quad, side * CARD_FRAME[0] / units)
    to_picture = quad_homography(FRAME_QUAD, quad)
    return np.stack([cut_quad(picture, apply(to_picture, square), (side, side)) for square in rim_squares(units)])


def rim_squares(units: float) -> list[Points]:
    """The squares of those views in the card frame, each from its own top left."""
    squares = []
    for share in (0.0, 0.5):
        for number in range(4):
            start, end = FRAME_QUAD[number], FRAME_QUAD[(number + 1) % 4]
            along = (end - start) / np.linalg.norm(end - start) * np.float32(units / 2)
            inward = np.array([-along[1], along[0]], np.float32)
            middle = start + np.float32(share) * (end - start)
            corners = [
                middle - along - inward,
                middle + along - inward,
                middle + along + inward,
                middle - along + inward,
            ]
            squares.append(np.asarray(corners, np.float32))
    return squares


def pieces_of(picture: Image, quad: Points, side: int = PIECE) -> Image:
    """Pieces (6, side, side, 3) of ``picture``, cut straight from its pixels at ``PLACES`` of the card ``quad``."""
    scale = max(1.0, _across(quad) / FINEST)
    pieces = squares_of(picture, quad, PLACES, round(side * scale))
    if scale > 1:
        pieces = [np.asarray(cv2.resize(one, (side, side), interpolation=cv2.INTER_AREA), np.uint8) for one in pieces]
    return np.stack(pieces)


def rest_of(pieces: Image) -> NDArray[np.float32]:
    """What a blur by ``BLUR`` leaves over of ``pieces`` (n, side, side, 3), in ``FAINTEST`` levels: of an even ground
    nothing but its grain. The blur knows no pixels beyond a piece."""
    share = np.float32(1 / FAINTEST) / _within_blur(*pieces.shape[1:])
    rest = np.empty(pieces.shape, np.float32)
    for piece, one in zip(pieces, rest, strict=True):
        total = cv2.boxFilter(piece, cv2.CV_16U, (BLUR, BLUR), normalize=False, borderType=cv2.BORDER_CONSTANT)
        np.multiply(piece, np.float32(1 / FAINTEST), out=one)
        one -= total * share
    return rest


@cache
def _within_blur(*shape: int) -> NDArray[np.float32]:
    """How many pixels of a piece of that ``shape`` the blur of each pixel knows."""
    ones = np.ones(shape, np.float32)
    total = cv2.boxFilter(ones, cv2.CV_32F, (BLUR, BLUR), normalize=False, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(total, np.float32)


def squares_of(picture: Image, quad: Points, places: Sequence[tuple[float, float]], side: int) -> list[Image]:
    """Squares of ``side`` pixels of ``picture`` as it is, around ``places`` (shares of the width and height of the card
    ``quad``), moved inside the picture where they would reach beyond."""
    frame = np.array(places, np.float32) * np.array(CARD_FRAME, np.float32)
    return [_cut(picture, middle, side) for middle in apply(quad_homography(FRAME_QUAD, quad), frame)]


def _across(quad: Points) -> float:
    """Pixels across the card."""
    return float(max(np.hypot(*(quad[1] - quad[0])), np.hypot(*(quad[2] - quad[3]))))


def shrunk(picture: Image, quad: Points, across: float = EDGE * CARD_FRAME[0] / EDGE_UNITS) -> tuple[Image, Points]:
    """``picture`` and ``quad``, not much finer than ``across`` pixels over the card; by default, as the rim is seen."""
    shrink = FINER * across / max(_across(quad), 1.0)
    while shrink < LARGEST_SHRINK:  # by halves only: other shares take ten times as long
        size = (max(1, round(picture.shape[1] / 2)), max(1, round(picture.shape[0] / 2)))
        scale = np.array([size[0] / picture.shape[1], size[1] / picture.shape[0]], np.float32)
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
        quad, shrink = np.asarray(quad * scale, np.float32), 2 * shrink
    return picture, quad


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
