"""Whether a lattice covers a card: a screen's pixels or a print's raster, or their beats with the camera's own grid.

In the spectrum of a picture of one, waves stand out as points, at the same places all over the card. The fine lines
that are printed on cards bend and change, and stand in the spectrum as arcs; writing and noise stand nowhere.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image, Points
from idcard_core.judge.risk.views import squares_of

WINDOW = 128
"""Pixels a side of a window, of the picture as it is: lattices live in single pixels."""
WINDOWS = tuple(
    (0.08 + 0.84 * (x + 0.5) / 6, 0.08 + 0.84 * (y + 0.5) / 4) for y in range(4) for x in range(6) if (x + y) % 2 == 0
)
"""Their middles, as shares of the card's width and height: as the black squares of a chessboard all over it, but not at
its edges. With the white ones too it takes twice as long and tells no more."""
COARSEST = 0.08
"""Waves below so many a pixel are what is drawn on the card."""
JPEG_STEP = 1 / 16
"""Waves of whole multiples of it, both ways, are the blocks of JPEG."""
AROUND = 15
"""Places a side of the square in the spectrum that a wave must stand out from."""
ASTRAY = 7
"""Places a side of the square in which a lattice's wave is one and the same, wherever in the picture it is seen. Where
the card is tilted, its waves are shorter at the far end than at the near one, and their beats with the camera's grid
differ by still more: the mean of spectra as they are would smear such a point to a line."""
LINE = 13
"""Places that an arc in the spectrum is straight over, at least: what stays when it is opened by a line of that length
is no point. Longer than the diagonal of the square that a point becomes."""
COUNTED = slice(1, 4)
"""Of the highest points, which count: a lattice has several, and the very highest is now and then a chance."""
LEAST, MOST = 0.4, 2.0
"""How much of a point's height counts, in natural logarithms of power: from where to how much more."""
ODDS = 0.79
"""Log odds for each unit of that, for a print and for a screen alike. Fitted by
``python -m idcard_core.models.risk.lattice``. Waves in red against blue, which only screens should have, tell nothing
beside those in brightness."""


def _kernels() -> list[NDArray[np.uint8]]:
    """Lines of ``LINE`` places through the middle of a square, in eight directions."""
    kernels, middle = [], LINE // 2
    for angle in np.arange(8) * np.pi / 8:
        kernel = np.zeros((LINE, LINE), np.uint8)
        by = np.array([np.cos(angle), np.sin(angle)]) * middle
        start, end = (tuple(round(value) for value in middle + sign * by) for sign in (-1, 1))
        kernels.append(np.asarray(cv2.line(kernel, start, end, (1,)), np.uint8))
    return kernels


def _where() -> NDArray[np.bool_]:
    """Places of a spectrum (WINDOW, WINDOW / 2 + 1), waves down from the lowest, at which a lattice may show."""
    down = (np.arange(WINDOW) - WINDOW // 2)[:, None] / WINDOW
    across = np.arange(WINDOW // 2 + 1)[None] / WINDOW
    of_blocks = [np.abs(f / JPEG_STEP - np.round(f / JPEG_STEP)) <= 1 / (WINDOW * JPEG_STEP) for f in (down, across)]
    off_axes = (np.abs(down) > 1.5 / WINDOW) & (across > 1.5 / WINDOW)  # where the strokes of writing are
    return np.asarray(off_axes & (np.hypot(across, down) > COARSEST) & ~(of_blocks[0] & of_blocks[1]))


_KERNELS, _WHERE = _kernels(), _where()
_NEAR = np.ones((ASTRAY, ASTRAY), np.uint8)
_TAPER = np.asarray(cv2.createHanningWindow((WINDOW, WINDOW), cv2.CV_32F) ** 2, np.float32)


def lattice(picture: Image, quad: Points) -> float:
    """How far waves stand out as points all over the card ``quad`` of ``picture`` (BGR), 0 to 6: a sum of natural
    logarithms of power. Nothing in pictures smaller than a window.
    """
    if min(picture.shape[:2]) < WINDOW:
        return 0.0
    heights = np.sort(_points(_spectrum(picture, quad)))[::-1][COUNTED]
    return float(np.clip(heights - LEAST, 0, MOST).sum())


def odds_of_lattice(picture: Image, quad: Points) -> NDArray[np.float32]:
    """Log odds (3,) that a card, a print or a screen is seen, by ``lattice`` alone."""
    odds = ODDS * lattice(picture, quad)
    return np.array([0, odds, odds], np.float32)


def _spectrum(picture: Image, quad: Points) -> NDArray[np.float32]:
    """The mean over all windows of the logarithms of power (Welch 1967, of logarithms so that no window tells alone),
    each the highest within ``ASTRAY``, as ``_where`` has them."""
    total = np.zeros(_WHERE.shape, np.float32)
    for part in squares_of(picture, quad, WINDOWS, WINDOW):
        grey = cv2.cvtColor(part, cv2.COLOR_BGR2GRAY).astype(np.float32)
        fine = grey - cv2.blur(grey, (9, 9))
        usual = float(np.abs(fine).mean()) + 0.2
        waves = cv2.dft(np.clip(fine / usual, -3, 3) * _TAPER, flags=cv2.DFT_COMPLEX_OUTPUT)[:, : WINDOW // 2 + 1]
        power = waves[..., 0] ** 2 + waves[..., 1] ** 2
        whole = np.roll(cv2.log(power + 0.02 * float(power.mean()) + 1e-6), WINDOW // 2, 0)
        total += cv2.dilate(whole, _NEAR)
    return np.asarray(total / np.float32(len(WINDOWS)), np.float32)


def _points(spectrum: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far each place stands out that is higher than all around it and no part of an arc (a white top-hat transform
    by lines in all directions)."""
    high = cv2.GaussianBlur(spectrum - cv2.blur(spectrum, (AROUND, AROUND)), (3, 3), 0.6)
    arcs = np.max([cv2.morphologyEx(high, cv2.MORPH_OPEN, kernel) for kernel in _KERNELS], axis=0)
    height = np.where(_WHERE, high - arcs, 0).astype(np.float32)
    tops = height[(height == cv2.dilate(height, np.ones((5, 5), np.uint8))) & (height > LEAST)]
    return np.asarray(np.pad(tops, (0, COUNTED.stop)), np.float32)
