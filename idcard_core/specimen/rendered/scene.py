"""The scene in millimetres: a flat thing over a table, and the camera that looks at it.

The origin is the middle of the thing. x runs to its right, y down its face and z from the table to the viewer; angles
are in radians. The table is the plane z = 0; the thing's underside lies ``lift`` above it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from idcard_core.card import Image, Points
from idcard_core.specimen.rendered.fields import Float, single


@dataclass(frozen=True, slots=True)
class Material:
    """How a face mirrors: strength at right angles (0.04 is bare plastic), spread 0 to 1, slopes of its waviness."""

    mirror: float
    roughness: float
    waviness: float
    wave_mm: float = 15.0


@dataclass(frozen=True, slots=True)
class Bend:
    """How far the thing rises off its rest: a curl along ``turn`` and a fold across it."""

    turn: float = 0.0
    curl_mm: float = 0.0
    fold_mm: float = 0.0
    fold_at: float = 0.0
    reach_mm: float = 100.0

    def height(self, x: Float, y: Float) -> Float:
        """Rise (mm) at places (mm)."""
        along = (x * np.float32(np.cos(self.turn)) + y * np.float32(np.sin(self.turn))) / np.float32(self.reach_mm)
        rise = np.float32(self.curl_mm) * along * along
        if self.fold_mm:
            rise = rise + np.float32(self.fold_mm) * np.maximum(1 - np.abs(along - np.float32(self.fold_at)), 0)
        return np.asarray(rise, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Inset:
    """A texture (BGR) in a face: ``density`` pixels a millimetre, its middle at ``centre``, turned by ``turn``."""

    texture: Image
    density: float
    centre: tuple[float, float] = (0.0, 0.0)
    turn: float = 0.0

    def pixels(self, x: Float, y: Float) -> tuple[Float, Float]:
        """Pixels of the texture, for ``cv2.remap``, at places (mm)."""
        cos, sin = np.float32(np.cos(self.turn) * self.density), np.float32(np.sin(self.turn) * self.density)
        u, v = x - np.float32(self.centre[0]), y - np.float32(self.centre[1])
        middle = np.float32(self.texture.shape[1] / 2 - 0.5), np.float32(self.texture.shape[0] / 2 - 0.5)
        return u * cos + v * sin + middle[0], v * cos - u * sin + middle[1]

    def places(self, pixels: Points) -> Points:
        """Places (mm) of points (n, 2) of the texture; its first pixel reaches from 0 to 1."""
        flat = (pixels - single([self.texture.shape[1] / 2, self.texture.shape[0] / 2])) / self.density
        cos, sin = np.cos(self.turn), np.sin(self.turn)
        return np.asarray(flat @ np.array([[cos, sin], [-sin, cos]]) + np.array(self.centre), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Slab:
    """A flat thing with rounded corners: a card, a sheet or a screen.

    ``size`` and ``radius`` give its outline, ``thick`` its height and ``quad`` the card's corners on it (mm). ``inset``
    covers all of the face or part of it, ``page`` or plain ``face`` (BGR, linear) the rest; ``rim`` is its side's.
    """

    size: tuple[float, float]
    radius: float
    thick: float
    quad: Points
    inset: Inset
    material: Material
    face: Float
    rim: Float
    page: Inset | None = None
    bend: Bend = Bend()
    bevel: float = 0.2

    def outside(self, x: Float, y: Float) -> Float:
        """Signed distance (mm) from the outline, positive outside."""
        qx = np.abs(x) - np.float32(self.size[0] / 2 - self.radius)
        qy = np.abs(y) - np.float32(self.size[1] / 2 - self.radius)
        beyond = np.sqrt(np.maximum(qx, 0) ** 2 + np.maximum(qy, 0) ** 2)
        return np.asarray(beyond + np.minimum(np.maximum(qx, qy), 0) - np.float32(self.radius), np.float32)

    def outward(self, x: Float, y: Float) -> tuple[Float, Float]:
        """Unit vector (x, y) away from the nearest part of the outline."""
        qx = np.abs(x) - np.float32(self.size[0] / 2 - self.radius)
        qy = np.abs(y) - np.float32(self.size[1] / 2 - self.radius)
        corner = (qx > 0) & (qy > 0)
        nx, ny = np.where(corner, qx, qx > qy), np.where(corner, qy, qx <= qy)
        length = np.sqrt(nx * nx + ny * ny) + 1e-6
        return np.asarray(np.sign(x) * nx / length, np.float32), np.asarray(np.sign(y) * ny / length, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A pinhole camera: ``turn`` (3, 3) has its right, down and forward axes as rows; ``focal`` is in pixels.

    ``centre`` is where the axis meets the picture, in pixels of a picture ``size`` (width, height).
    """

    turn: Float
    eye: Float
    focal: float
    centre: tuple[float, float]
    size: tuple[int, int]

    def project(self, points: Float) -> Points:
        """Pixels (n, 2) of places (n, 3)."""
        seen = (points - self.eye) @ self.turn.T
        return np.asarray(seen[:, :2] / seen[:, 2:] * self.focal + np.array(self.centre), np.float32)

    def slopes(self, coarse: int = 1) -> tuple[Float, Float]:
        """How far every pixel's ray moves in x and y for a millimetre's rise; ``coarse`` pixels are taken as one."""
        columns = ((np.arange(-(-self.size[0] // coarse)) + 0.5) * coarse - self.centre[0]) / self.focal
        rows = ((np.arange(-(-self.size[1] // coarse)) + 0.5) * coarse - self.centre[1]) / self.focal
        across, down = columns.astype(np.float32)[None], rows.astype(np.float32)[:, None]
        x, y, z = ((self.turn[0, i] * across + self.turn[1, i] * down) + self.turn[2, i] for i in range(3))
        inverse = 1 / z
        return np.asarray(x * inverse, np.float32), np.asarray(y * inverse, np.float32)

    def hits(self, slopes: tuple[Float, Float], height: float | Float) -> tuple[Float, Float]:
        """Where rays meet a plane (or field) at ``height``."""
        rise = np.asarray(height - self.eye[2], np.float32)
        return self.eye[0] + rise * slopes[0], self.eye[1] + rise * slopes[1]

    def scaled(self, factor: float) -> View:
        """The same camera with ``factor`` times the pixels."""
        size = (max(round(self.size[0] * factor), 8), max(round(self.size[1] * factor), 8))
        return View(self.turn, self.eye, self.focal * factor, (self.centre[0] * factor, self.centre[1] * factor), size)

    def millimetres(self, height: float) -> float:
        """Width of a pixel's footprint on the plane at ``height``, near the origin."""
        return float(np.linalg.norm(self.eye - single([0, 0, height]))) / self.focal
