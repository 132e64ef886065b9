"""A card seen in its own frame: rectified as a whole, or cut line by line straight from the picture.

Coordinates: the *card frame* is ``CARD_FRAME`` (856 x 540), origin at the card's own top left; the *source* is the
decoded picture the card was found in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import CARD_FRAME, Image, Points

Homography = NDArray[np.float64]
"""3 x 3, maps column vectors (x, y, 1) up to scale."""

FRAME_QUAD: Points = np.array(
    [[0, 0], [CARD_FRAME[0], 0], [CARD_FRAME[0], CARD_FRAME[1]], [0, CARD_FRAME[1]]], np.float32
)
"""The four corners of the card frame, clockwise from the top left."""
SMALL_SIZE = (640, 416)
"""Width and height a rectified card is looked at to find its rows: characters are still about 20 pixels high."""
MOST_SHRINKING = 1.4
"""Bilinear sampling may skip this many source pixels at most; beyond it, a picture is sampled finer and averaged."""
HALVED_FROM = 1.8
"""A card with so many source pixels for each of ``SMALL_SIZE`` is rectified to it from the picture's half, which takes
a third of the time."""


def apply(homography: Homography, points: Points) -> Points:
    """Map points (n, 2); n may be 0."""
    if len(points) == 0:
        return np.zeros((0, 2), np.float32)
    mapped = cv2.perspectiveTransform(np.asarray(points, np.float64).reshape(-1, 1, 2), homography)
    return np.asarray(mapped.reshape(-1, 2), np.float32)


def quad_homography(source: Points, target: Points) -> Homography:
    """The homography that maps quad ``source`` onto quad ``target``."""
    return np.asarray(cv2.getPerspectiveTransform(np.float32(source), np.float32(target)), np.float64)


def cut_quad(picture: Image, quad: Points, size: tuple[int, int]) -> Image:
    """The inside of ``quad`` as an upright picture of ``size`` (width, height), without aliasing."""
    width, height = size
    across = max(np.hypot(*(quad[1] - quad[0])), np.hypot(*(quad[2] - quad[3]))) / width
    down = max(np.hypot(*(quad[3] - quad[0])), np.hypot(*(quad[2] - quad[1]))) / height
    factor = max(1, int(np.ceil(max(across, down) / MOST_SHRINKING)))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) * factor
    # OpenCV counts from the middle of the first pixel, a quad from its edge.
    to_picture = quad_homography(corners - 0.5, np.asarray(quad, np.float32) - 0.5)
    way = cv2.INTER_CUBIC if factor == 1 and min(across, down) < 1 else cv2.INTER_LINEAR
    cut = cv2.warpPerspective(
        picture,
        to_picture,
        (width * factor, height * factor),
        flags=way | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if factor > 1:
        cut = cv2.resize(cut, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(cut, np.uint8)


def _halved(picture: Image, quad: Points) -> tuple[Image, Points]:
    """The part of ``picture`` around ``quad`` at half scale, and the quad in it."""
    height, width = picture.shape[:2]
    left, top = (max(0, int(at) - 2) for at in quad.min(axis=0).tolist())
    right, bottom = (int(at) + 2 for at in quad.max(axis=0).tolist())
    size = (min(right, width) - left) // 2, (min(bottom, height) - top) // 2
    if min(size) < 1:  # all of it lies outside
        return picture, quad
    part = picture[top : top + 2 * size[1], left : left + 2 * size[0]]
    half = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
    return half, np.asarray((quad - np.array([left, top], np.float32)) / 2, np.float32)


@dataclass(frozen=True, eq=False)
class CardView:
    """A card in ``source`` (BGR) with its corners ``quad`` (4, 2), clockwise from the card's own top left."""

    source: Image
    quad: Points

    @cached_property
    def to_source(self) -> Homography:
        """Card frame to source."""
        return quad_homography(FRAME_QUAD, self.quad)

    @cached_property
    def flat(self) -> Image:
        """The card rectified to ``CARD_FRAME``."""
        return cut_quad(self.source, self.quad, CARD_FRAME)

    @cached_property
    def small(self) -> Image:
        """The card rectified to ``SMALL_SIZE``."""
        finer = self.pixels_across / SMALL_SIZE[0]
        source, quad = _halved(self.source, self.quad) if finer >= HALVED_FROM else (self.source, self.quad)
        return cut_quad(source, quad, SMALL_SIZE)

    @property
    def pixels_across(self) -> float:
        """How many source pixels the card's longer side measures."""
        return float(max(np.hypot(*(self.quad[1] - self.quad[0])), np.hypot(*(self.quad[2] - self.quad[3]))))

    def in_source(self, points: Points) -> Points:
        """Points of the card frame, in source pixels."""
        return apply(self.to_source, points)

    def cut(self, quad: Points, height: int, narrowed: float = 1.0) -> Image:
        """The part of the card inside ``quad`` (card frame), upright, ``height`` pixels high, from the source.

        Its width is that share ``narrowed`` of what its shape asks for.
        """
        width = np.hypot(*(quad[1] - quad[0])) / max(1.0, float(np.hypot(*(quad[3] - quad[0])))) * height
        return cut_quad(self.source, self.in_source(quad), (max(1, round(float(width) * narrowed)), height))

    def turned(self) -> CardView:
        """The same card taken to stand upside down."""
        return CardView(self.source, np.ascontiguousarray(np.roll(self.quad, 2, axis=0)))
