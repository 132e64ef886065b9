"""The camera's pixel grid laid over a plane: every pattern of a screen or a print is told at the pixels that see it.

A periodic pattern is a sum of cosines. A pixel with its lens sees it through a blur, which leaves of a cosine of
frequency f the share exp(-2 (pi f s)^2) (Gaussian of deviation s). What is left is sampled at the pixel's middle, so
interference with the camera's own grid (moire) comes by itself, as it does in a real camera.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image

Plane = NDArray[np.floating[Any]]
"""float32, (height, width) or, of colours, (height, width, 3)."""
Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in card-frame units."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Where each pixel of a picture looks: ``u``, ``v`` in card-frame units, and the homography from units to pixels.

    ``blur`` is the deviation, in pixels, of what one pixel sees.
    """

    u: Plane
    v: Plane
    to_picture: NDArray[np.floating[Any]]
    blur: float

    @classmethod
    def of(cls, to_picture: NDArray[np.floating[Any]], size: tuple[int, int], blur: float) -> Grid:
        """The grid of a picture of ``size`` (width, height)."""
        back = np.linalg.inv(to_picture)
        x = np.arange(size[0], dtype=np.float32)[None] + np.float32(0.5)
        y = np.arange(size[1], dtype=np.float32)[:, None] + np.float32(0.5)
        depth = np.float32(back[2, 0]) * x + np.float32(back[2, 1]) * y + np.float32(back[2, 2])
        u = (np.float32(back[0, 0]) * x + np.float32(back[0, 1]) * y + np.float32(back[0, 2])) / depth
        v = (np.float32(back[1, 0]) * x + np.float32(back[1, 1]) * y + np.float32(back[1, 2])) / depth
        return cls(u, v, to_picture, blur)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture."""
        return self.u.shape[1], self.u.shape[0]

    @property
    def units_a_pixel(self) -> float:
        """Units that one pixel covers, in the middle of the picture."""
        row, column = self.u.shape[0] // 2, self.u.shape[1] // 2
        du = float(self.u[row, column] - self.u[row, column - 1])
        dv = float(self.v[row, column] - self.v[row, column - 1])
        return max(1e-3, float(np.hypot(du, dv)))

    def left_of(self, frequency: float) -> float:
        """The share that is left of a cosine of ``frequency`` (a unit)."""
        deviation = self.blur * self.units_a_pixel
        return float(np.exp(-2 * (np.pi * frequency * deviation) ** 2))

    def seen(self, surface: Image, corner: tuple[float, float], scale: float, border: int = 0) -> Image:
        """``surface`` (pixels of ``scale`` units, its top left at ``corner``) as it falls on the grid."""
        shrink = self.units_a_pixel / scale
        if shrink > 1.3:
            surface = np.asarray(cv2.GaussianBlur(surface, (0, 0), 0.45 * shrink), np.uint8)
        matrix = self._matrix(corner, scale)
        way = cv2.BORDER_CONSTANT if border == 0 else cv2.BORDER_REPLICATE
        return np.asarray(cv2.warpPerspective(surface, matrix, self.size, flags=cv2.INTER_LINEAR, borderMode=way))

    def sampled(self, surface: Plane, corner: tuple[float, float], scale: float) -> Plane:
        """``surface`` (linear light; pixels of ``scale`` units, its top left at ``corner``) seen through the blur."""
        deviation = self.blur * self.units_a_pixel / scale
        if deviation > 0.3:
            surface = np.asarray(cv2.GaussianBlur(surface, (0, 0), deviation), np.float32)
        matrix = self._matrix(corner, scale)
        seen = cv2.warpPerspective(surface, matrix, self.size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(seen, np.float32)

    def _matrix(self, corner: tuple[float, float], scale: float) -> NDArray[np.floating[Any]]:
        """From pixel numbers of a surface to those of the picture."""
        to_units = np.array([[scale, 0, corner[0]], [0, scale, corner[1]], [0, 0, 1]], np.float64)
        half = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1]])
        return np.asarray(half @ self.to_picture @ to_units @ np.linalg.inv(half))

    def inside(self, box: Box, radius: float = 0.0) -> Plane:
        """1 within the ``box`` (units) with corners of ``radius``, 0 outside, with an edge as soft as a pixel."""
        return np.asarray(np.clip(0.5 - self.away(box, radius) / np.float32(self.units_a_pixel), 0, 1), np.float32)

    def away(self, box: Box, radius: float = 0.0) -> Plane:
        """Units from the edge of the ``box`` with corners of ``radius``, negative within."""
        left, top, right, bottom = box
        radius = min(radius, (right - left) / 2, (bottom - top) / 2)
        across = np.abs(self.u - np.float32((left + right) / 2)) - np.float32((right - left) / 2 - radius)
        down = np.abs(self.v - np.float32((top + bottom) / 2)) - np.float32((bottom - top) / 2 - radius)
        beyond = np.hypot(np.maximum(across, 0), np.maximum(down, 0)) + np.minimum(np.maximum(across, down), 0)
        return np.asarray(beyond - np.float32(radius), np.float32)

    def waves(self, frequency: float, angle: float, phase: float = 0.0) -> Plane:
        """A cosine of ``frequency`` (a unit) that runs along ``angle`` (radians), as it is seen: -1 to 1."""
        left = self.left_of(frequency)
        if left < 0.004:
            return np.zeros((1, 1), np.float32)
        turn = np.float32(2 * np.pi * frequency)
        return np.asarray(
            np.float32(left)
            * np.cos(turn * (np.float32(np.cos(angle)) * self.u + np.float32(np.sin(angle)) * self.v) + phase),
            np.float32,
        )
