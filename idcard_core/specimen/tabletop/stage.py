"""The table seen from straight above: height, colour, gloss and panels of all that lies on it, in one raster.

World coordinates are millimetres ``(x, y)`` about the middle of the picture, heights ``z`` towards the camera.
Colours are BGR float32, the root of the reflectance (0 to 1), so that their square is light.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image, Points
from idcard_core.specimen.brush import Paint, floats, resized, rounded, spread
from idcard_core.specimen.tabletop.view import View

_LARGEST = 1.45e6
"""Pixels of the largest stage."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A thing to be laid: texture at ``density`` pixels a millimetre."""

    colour: Image
    mask: Image
    rise: Paint
    """Height over what it lies on, millimetres."""
    density: float
    gloss: float = 0.0
    """Share of light that is mirrored sharply."""
    satin: float = 0.02
    """Share that is mirrored softly."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the middle of a sheet lies (mm) and how it is turned (radians)."""

    x: float
    y: float
    turn: float

    def world(self, points: Points) -> Points:
        """Points (n, 2) in millimetres about the sheet's middle, on the table."""
        cos, sin = np.cos(self.turn), np.sin(self.turn)
        return floats(np.asarray(points) @ np.array([[cos, sin], [-sin, cos]]) + (self.x, self.y))


@dataclass(slots=True, eq=False)
class Stage:
    """All layers so far."""

    origin: tuple[float, float]
    """World coordinates of the raster's top left."""
    density: float
    height: Paint
    colour: Paint
    gloss: Paint
    satin: Paint
    lit: Paint = field(default_factory=lambda: np.zeros((1, 1), np.float32))
    """Where a shining panel is to be seen."""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.height.shape[0], self.height.shape[1]

    def lay(self, sheet: Sheet, pose: Pose, level: float | None = None, cover: float = 1.0) -> float:
        """Put a sheet on top; returns the height it rests on.

        ``level`` forces that height; ``cover`` below one lets what lies beneath shine through.
        """
        matrix, box = self._placed(sheet, pose)
        x0, y0, x1, y1 = box
        if x1 - x0 < 2 or y1 - y0 < 2:
            return 0.0
        size = (x1 - x0, y1 - y0)
        mask = floats(cv2.warpAffine(sheet.mask, matrix, size)) * floats(1 / 255)
        inside = mask > 0.5
        here = np.s_[y0:y1, x0:x1]
        if level is None:
            level = float(np.percentile(self.height[here][inside][::7], 98)) if inside.sum() > 8 else 0.0
        rise = floats(cv2.warpAffine(sheet.rise, matrix, size, borderMode=cv2.BORDER_REPLICATE)) + np.float32(level)
        self.height[here] += (rise - self.height[here]) * mask
        colour = cv2.warpAffine(sheet.colour, matrix, size, borderMode=cv2.BORDER_REPLICATE)
        self.colour[here] += (colour * floats(1 / 255) - self.colour[here]) * spread(mask * np.float32(cover))
        self.gloss[here] += (np.float32(sheet.gloss) - self.gloss[here]) * mask
        self.satin[here] += (np.float32(sheet.satin) - self.satin[here]) * mask
        if self.lit.size > 1:
            self.lit[here] *= 1 - mask * np.float32(cover)
        return level

    def _placed(self, sheet: Sheet, pose: Pose) -> tuple[NDArray[np.float64], tuple[int, int, int, int]]:
        """The map from sheet to its box of the stage (2, 3), and that box (x0, y0, x1, y1)."""
        rows, columns = sheet.mask.shape
        corners = floats([[0, 0], [columns, 0], [columns, rows], [0, rows]])
        corners = (corners - floats([columns / 2, rows / 2])) / np.float32(sheet.density)
        placed = (pose.world(corners) - floats(self.origin)) * np.float32(self.density)
        low, high = np.floor(placed.min(0)).astype(int) - 1, np.ceil(placed.max(0)).astype(int) + 2
        x0, y0 = max(int(low[0]), 0), max(int(low[1]), 0)
        x1, y1 = min(int(high[0]), self.shape[1]), min(int(high[1]), self.shape[0])
        source = floats([[0, 0], [columns, 0], [columns, rows]]) - np.float32(0.5)
        target = floats(placed[:3] - floats([x0, y0]) - np.float32(0.5))
        return np.asarray(cv2.getAffineTransform(source, target)), (x0, y0, x1, y1)

    def heights(self, points: Points) -> NDArray[np.float64]:
        """Heights at world points (n, 2)."""
        spots = np.int32((np.asarray(points) - self.origin) * self.density)
        rows = np.clip(spots[:, 1], 0, self.shape[0] - 1)
        return np.asarray(self.height[rows, np.clip(spots[:, 0], 0, self.shape[1] - 1)], np.float64)


def stage_for(view: View) -> Stage:
    """An empty stage that holds all a view sees, about as fine as the picture."""
    width, height = view.size
    frame = floats([[0, 0], [width, 0], [width, height], [0, height]]).reshape(-1, 1, 2)
    seen = cv2.perspectiveTransform(frame, np.linalg.inv(view.plane(0))).reshape(-1, 2)
    low, high = seen.min(0) - 2, seen.max(0) + 2
    density = min(view.focal / view.distance * 1.06, float(np.sqrt(_LARGEST / np.prod(high - low))))
    columns, rows = (int(v) + 1 for v in (high - low) * density)
    flat = np.zeros((rows, columns), np.float32)
    colour = np.full((rows, columns, 3), 0.7, np.float32)
    return Stage((float(low[0]), float(low[1])), density, flat, colour, flat.copy(), flat + np.float32(0.02))


def slab(height: int, width: int, radius: float, thick: float, rim: float) -> tuple[Image, Paint]:
    """Mask and rise of a plate with round corners (``radius``, pixels) and an edge rounded over ``rim`` pixels."""
    mask = rounded(height, width, radius)
    y = np.abs(np.arange(height, dtype=np.float32) + 0.5 - height / 2) - (height / 2 - radius)
    x = np.abs(np.arange(width, dtype=np.float32) + 0.5 - width / 2) - (width / 2 - radius)
    far = np.hypot(np.maximum(y, 0)[:, None], np.maximum(x, 0)[None, :])
    inner = np.maximum(far, 0) + np.minimum(np.maximum(y[:, None], x[None, :]), 0)
    depth = np.clip((radius - inner) / max(rim, 0.6), 0, 1)
    return np.uint8(mask * 255), floats(thick * np.sqrt(1 - (1 - depth) ** 2))


def sized(picture: Paint, shape: tuple[int, int]) -> Paint:
    """The field stretched to ``shape`` (rows, columns), linearly."""
    return resized(picture, shape[0], shape[1], smooth=False)
