"""Where the grid of an earlier JPEG lay, when the picture was cut before it was saved again.

Tampering by a shifted grid is Li, Yuan and Yu's (2009, block artefact grids); here the grid is the one whose
coefficients lie on multiples of some step, as those of the last JPEG lie on its own (Bianchi and Piva, 2012b).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from idcard_core.judge.tamper.blocks import Lattice, cosines
from idcard_core.judge.tamper.requantised import LEVELS, ratios
from idcard_core.judge.tamper.stored import BLOCK, Luma, Steps

WINDOWS = 240
"""Places, those with most print, whose 64 grids are compared."""
COARSEST = 6.0
"""Mean step of the last JPEG in the low frequencies above which nothing is left of a shifted grid."""
CLEAREST = 25.0
"""Deviations by which a grid must stand out among all; without one the largest seen on specimens was 27."""


def earlier_grid(luma: Luma, lattice: Lattice, steps: Steps) -> tuple[int, int] | None:
    """The offset (x, y) in pixels of an earlier JPEG's grid in ``luma``, other than (0, 0); None where none shows."""
    used = _low_frequencies()
    if float(steps[used].mean()) > COARSEST:
        return None
    rounding = rounding_after(steps)
    windows = _windows(luma, lattice)
    if len(windows) < WINDOWS // 4:
        return None
    numbers = _shifted(windows, used)
    places = numbers + (np.arange(64 * len(used), dtype=np.int32) * (LEVELS + 1)).reshape(64, 1, -1)
    counts = np.bincount(places.ravel(), minlength=64 * len(used) * (LEVELS + 1)).reshape(-1, LEVELS + 1)
    counts = counts[:, 1:LEVELS].astype(np.float32)
    gains = (counts @ ratios(1.0, rounding)[:, 1:].T).max(axis=1).reshape(64, -1).sum(axis=1)
    middle = np.median(gains)
    spread = np.median(np.abs(gains - middle)) + 1e-6
    gains[0] = middle  # the last JPEG's own
    best = int(gains.argmax())
    if gains[best] - middle < CLEAREST * spread:
        return None
    return best % BLOCK, best // BLOCK


def rounding_after(steps: Steps) -> float:
    """Deviation, grey levels, of coefficients on another grid that are quantised in ``steps`` on the picture's own.

    Most values of a block are smaller than half a step and lose less than even rounding does: hence the share.
    """
    share, pixels = 0.75, 0.2
    deviation = share * float(np.sqrt((steps[_low_frequencies()] ** 2 / 12).mean())) + pixels
    return max(0.5, round(deviation, 1))


def _windows(luma: Luma, lattice: Lattice) -> NDArray[np.float32]:
    """Squares of 15 pixels (n, 15, 15) round the blocks with most contrast."""
    contrast = np.abs(lattice.coefficients[:, [1, 2, 8, 9, 16]]).sum(axis=1) * lattice.usable.ravel()
    chosen = np.argpartition(-contrast, min(WINDOWS, len(contrast) - 1))[:WINDOWS]
    rows, columns = np.divmod(chosen, lattice.shape[1])
    edge = 2 * BLOCK - 1
    y, x = rows * lattice.stride + lattice.origin[1], columns * lattice.stride + lattice.origin[0]
    held = (y + edge <= luma.shape[0]) & (x + edge <= luma.shape[1])
    across = np.arange(edge)
    picked = luma[y[held, None, None] + across[:, None], x[held, None, None] + across]
    return np.asarray(picked, np.float32)


def _shifted(windows: NDArray[np.float32], used: NDArray[np.intp]) -> NDArray[np.int32]:
    """Whole coefficients ``used`` of the 64 blocks in each window: (64 offsets, y before x; n; coefficients)."""
    blocks = np.lib.stride_tricks.sliding_window_view(windows, (BLOCK, BLOCK), axis=(1, 2))  # type: ignore[call-overload]
    flat = np.ascontiguousarray(blocks.transpose(1, 2, 0, 3, 4)).reshape(-1, BLOCK * BLOCK)
    values = np.abs(np.rint(flat @ cosines()[:, used])).astype(np.int32)
    return np.asarray(np.minimum(values, LEVELS).reshape(64, len(windows), len(used)), np.int32)


@lru_cache(maxsize=1)
def _low_frequencies() -> NDArray[np.intp]:
    order = np.add.outer(np.arange(BLOCK), np.arange(BLOCK)).ravel()
    return np.flatnonzero((order >= 1) & (order <= 4))
