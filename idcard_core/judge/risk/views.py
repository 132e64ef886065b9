"""What the risk networks look at: the card with what is around it, small pieces of it, and the waves in those.

Grids of screens and prints are periodic: in a spectrum each is a few peaks, wherever on the card and however faint.
"""

from __future__ import annotations

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
"""Larger pictures are made smaller first, to so many pixels for each of the view."""
PATCH = 96
"""Pixels a side of a piece. A piece is never scaled: the grids of screens and prints live in single pixels."""
PLACES = tuple((x, y) for y in (0.27, 0.73) for x in (0.2, 0.5, 0.8))
"""The middles of the pieces, as shares of the card's width and height."""

SPECTRUM = (PATCH, PATCH // 2)
"""Height and width of a spectrum: of the two mirrored halves one is enough; the constant stands in the first column."""
_WINDOW = np.outer(np.hanning(PATCH), np.hanning(PATCH)).astype(np.float32)
AROUND = 9
"""A peak is told against its surroundings of so many frequencies."""
_LIGHT_AND_COLOURS = np.array([[0.114, 0.587, 0.299], [0.5, -0.5, 0.0], [0.0, -0.5, 0.5]], np.float32)
"""From blue, green, red: luma (ITU-R BT.601), blue and red against green."""


def context_of(picture: Image, quad: Points, size: tuple[int, int] = CONTEXT_SIZE, margin: float = MARGIN) -> Image:
    """The card ``quad`` of ``picture``, upright, with a margin around it, as a picture of ``size``."""
    width, height = CARD_FRAME
    left, top = -margin * width, -margin * height
    right, bottom = (1 + margin) * width, (1 + margin) * height
    around: Points = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    across = float(max(np.hypot(*(quad[1] - quad[0])), np.hypot(*(quad[2] - quad[3]))))
    shrink = FINER * size[0] / ((1 + 2 * margin) * max(across, 1.0))
    if shrink < LARGEST_SHRINK:
        picture = np.asarray(cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), np.uint8)
        quad = np.asarray(quad * np.float32(shrink), np.float32)
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


def spectra_of(pieces: Image) -> NDArray[np.float32]:
    """Log spectra (n, 4, 96, 48) of ``pieces`` (n, 96, 96, 3): of the light, and what stands out of its surroundings in
    the spectra of the light and of both colour differences."""
    light = cv2.transform(pieces.reshape(1, -1, 3).astype(np.float32), _LIGHT_AND_COLOURS).reshape(pieces.shape)
    waves = np.fft.rfft2((light - light.mean(axis=(1, 2), keepdims=True)) * _WINDOW[None, :, :, None], axes=(1, 2))
    power = np.log1p(np.abs(np.fft.fftshift(waves, axes=1))[:, :, : SPECTRUM[1]]).astype(np.float32)
    found = [_with_peaks(one) for one in power]
    return np.ascontiguousarray(np.stack(found))


def _with_peaks(power: NDArray[np.float32]) -> NDArray[np.float32]:
    peaks = power - cv2.blur(power, (AROUND, AROUND))
    both = np.concatenate([power[:, :, :1] - 4, peaks], axis=2)
    return np.asarray(both.transpose(2, 0, 1), np.float32)
