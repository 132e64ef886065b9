"""The blocks of a card: a regular lattice of 8 x 8 pixels over it, each as its cosine coefficients."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import CARD_FRAME, Points
from idcard_core.judge.tamper.stored import BLOCK, Luma
from idcard_core.locate.view import FRAME_QUAD, Homography, quad_homography

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

MOST_BLOCKS = 9000
"""A larger card is looked at in every second, third ... block: what is sought is larger than a character."""
FEWEST_BLOCKS = 60
"""A card of fewer blocks, some 80 pixels across, is too small to judge."""
DARKEST, LIGHTEST = 1, 254
"""Luma at which a pixel may have been clipped; clipped blocks do not keep the marks of an earlier JPEG."""


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """Blocks in rows and columns over a card.

    ``pixels`` (rows * columns, 64) are their luma, row after row of a block; ``coefficients`` its orthonormal cosine
    transform; ``usable`` (rows, columns) tells those that lie on the card and are not clipped; ``to_frame`` takes
    (column, row, 1) of the lattice to the card frame, and ``pitch`` is what one column is in units of it. The first
    block begins at pixel ``origin`` (x, y), the next ones ``stride`` pixels further.
    """

    pixels: NDArray[np.uint8]
    coefficients: Floats
    usable: Flags
    to_frame: Homography
    pitch: float
    origin: tuple[int, int]
    stride: int

    @property
    def to_luma(self) -> Homography:
        """(column, row, 1) of the lattice to the middle of a block, pixels."""
        x, y = self.origin
        return _placed((x, y), self.stride)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, columns = self.usable.shape
        return int(rows), int(columns)

    def map(self, values: NDArray[np.generic]) -> Floats:
        """One value a block (rows * columns,), as a map (rows, columns) of float32; 0 where a block is not usable."""
        return np.where(self.usable, values.reshape(self.shape), 0).astype(np.float32)


def lattice_of(luma: Luma, quad: Points, offset: tuple[int, int] = (0, 0)) -> Lattice | None:
    """The blocks of the card with corners ``quad`` in ``luma``; None where the picture holds too few of them.

    ``offset`` (x, y), 0 to 7, is that of the grid.
    """
    height, width = luma.shape
    if not np.isfinite(quad).all() or cv2.contourArea(np.asarray(quad, np.float32)) < FEWEST_BLOCKS * BLOCK**2:
        return None
    low = np.maximum(np.ceil((quad.min(axis=0) - offset) / BLOCK), 0).astype(int)
    high = np.floor((np.minimum(quad.max(axis=0), (width, height)) - offset) / BLOCK).astype(int)
    columns, rows = (int(n) for n in high - low)
    if columns < 2 or rows < 2 or columns * rows < FEWEST_BLOCKS:
        return None
    share = min(1.0, abs(float(cv2.contourArea(np.asarray(quad, np.float32)))) / (columns * rows * BLOCK**2))
    step = max(1, int(np.ceil(np.sqrt(columns * rows * share / MOST_BLOCKS))))
    left, top = (int(n) for n in low * BLOCK + offset)
    inside = luma[top : top + rows * BLOCK, left : left + columns * BLOCK]
    blocks = inside.reshape(rows, BLOCK, columns, BLOCK)[::step, :, ::step, :].transpose(0, 2, 1, 3)
    rows, columns = blocks.shape[:2]
    pixels = np.ascontiguousarray(blocks).reshape(-1, BLOCK * BLOCK)
    to_frame = np.asarray(quad_homography(quad, FRAME_QUAD) @ _placed((left, top), step * BLOCK), np.float64)
    usable = _on_card(to_frame, (rows, columns)) & _unclipped(pixels).reshape(rows, columns)
    if int(usable.sum()) < FEWEST_BLOCKS:
        return None
    across = float(np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])) / 2
    pitch = step * BLOCK * CARD_FRAME[0] / max(across, 1.0)
    return Lattice(pixels, transformed(pixels), usable, to_frame, pitch, (left, top), step * BLOCK)


def _placed(origin: tuple[int, int], stride: int) -> Homography:
    middle = BLOCK / 2
    return np.array([[stride, 0, origin[0] + middle], [0, stride, origin[1] + middle], [0, 0, 1]], np.float64)


def transformed(pixels: NDArray[np.uint8]) -> Floats:
    """The cosine coefficients (n, 64) of blocks (n, 64) as JPEG has them: of luma less 128."""
    return (pixels.astype(np.float32) - 128) @ cosines()


def _unclipped(pixels: NDArray[np.uint8]) -> Flags:
    return np.asarray((pixels.max(axis=1) <= LIGHTEST) & (pixels.min(axis=1) >= DARKEST))


def _on_card(to_frame: Homography, shape: tuple[int, int]) -> Flags:
    """Whether the middle of each block lies on the card, off its edge."""
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float64)
    u, v, w = (row[0] * x + row[1] * y + row[2] for row in to_frame)
    edge = 8.0
    right, bottom = CARD_FRAME[0] - edge, CARD_FRAME[1] - edge
    with np.errstate(divide="ignore", invalid="ignore"):
        u, v = u / w, v / w
    return np.asarray((w > 0) & (u > edge) & (u < right) & (v > edge) & (v < bottom))


@lru_cache(maxsize=1)
def cosines() -> Floats:
    """(64, 64): a block times this is its orthonormal two-dimensional cosine transform (type II)."""
    n = np.arange(BLOCK)
    basis = np.sqrt(2 / BLOCK) * np.cos(np.pi * n[:, None] * (2 * n[None] + 1) / (2 * BLOCK))
    basis[0] /= np.sqrt(2)
    return np.asarray(np.kron(basis, basis).T, np.float32)
