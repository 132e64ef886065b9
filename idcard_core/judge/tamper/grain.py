"""Grain and sharpness of the print, block by block: new pixels have another noise, and were seen by no lens.

The level of noise is the lower quartile of a high-passed block (Immerkaer's operator, 1996), which ink in a part of the
block does not raise; regions of another level are what Lyu, Pan and Zhang (2014) find splices by. Sharpness is how much
of a block's contrast stands in its high frequencies.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from idcard_core.judge.tamper.blocks import Flags, Floats, Lattice, cosines
from idcard_core.judge.tamper.stored import BLOCK

QUARTILE = 9
"""Place of the lower quartile among the 36 high-passed pixels of a block."""
FAINTEST = 0.25
"""Grey levels of noise below which levels are not told apart."""
LEAST_CONTRAST = 48
"""Grey levels between the lightest and the darkest pixel of a block that holds print."""


@dataclass(frozen=True, slots=True, eq=False)
class Grain:
    """Maps (rows, columns): log noise level, log sharpness, contrast in grey levels; ``print`` where it is enough."""

    noise: Floats
    sharpness: Floats
    contrast: Floats
    print: Flags


def grain(lattice: Lattice) -> Grain:
    """The noise and the sharpness of the blocks of ``lattice``."""
    rest = np.abs(lattice.coefficients @ _high_pass())
    rest.partition(QUARTILE, axis=1)
    noise = np.log(rest[:, QUARTILE] + FAINTEST)
    contrast = lattice.pixels.max(axis=1) - lattice.pixels.min(axis=1)
    printed = np.flatnonzero((contrast >= LEAST_CONTRAST) & lattice.usable.ravel())
    sharpness = np.zeros(len(contrast), np.float32)
    sharpness[printed] = _steepness(lattice.pixels[printed], contrast[printed])
    held = np.zeros(len(contrast), np.bool_)
    held[printed] = True
    return Grain(lattice.map(noise), lattice.map(sharpness), lattice.map(contrast), held.reshape(lattice.shape))


def _steepness(pixels: NDArray[np.uint8], contrast: NDArray[np.uint8]) -> Floats:
    """The steepest slope of each block (n, 64), a pixel, as a share of its contrast (n,), logarithm.

    Of an edge between two tones that a lens made soft it tells how soft, whatever is printed (Elder and Zucker, 1998).
    """
    block = pixels.reshape(-1, BLOCK, BLOCK).astype(np.int16)
    across = np.abs(block[:, :, 2:] - block[:, :, :-2]).max(axis=(1, 2))
    down = np.abs(block[:, 2:] - block[:, :-2]).max(axis=(1, 2))
    return np.asarray(np.log(np.maximum(across, down) / 2 / contrast), np.float32)


@lru_cache(maxsize=1)
def _high_pass() -> Floats:
    """(64, 36): coefficients times this are the high-passed inner pixels, scaled to the noise's own deviation."""
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6
    inner = BLOCK - 2
    operator = np.zeros((BLOCK * BLOCK, inner * inner), np.float32)
    for y in range(inner):
        for x in range(inner):
            field = np.zeros((BLOCK, BLOCK), np.float32)
            field[y : y + 3, x : x + 3] = kernel
            operator[:, y * inner + x] = field.ravel()
    return np.asarray(cosines().T @ operator, np.float32)
