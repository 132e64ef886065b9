"""How a picture is framed: where the camera stands, how it is turned and what it leaves around the card."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.specimen.rendered.fields import Float, single
from idcard_core.specimen.rendered.scene import View


@dataclass(frozen=True, slots=True)
class Aim:
    """How a picture is framed: the card's width in pixels, tilt, its direction, roll, and the room left around.

    ``near`` is the distance in card widths; ``margins`` are left, top, right and bottom shares of the card's extent.
    """

    width: float
    tilt: float
    towards: float
    roll: float
    near: float
    margins: tuple[float, float, float, float]
    aspect: float
    longest: int

    @property
    def eye(self) -> Float:
        """Unit direction from the scene to the camera."""
        flat = np.sin(self.tilt)
        return single([flat * np.cos(self.towards), flat * np.sin(self.towards), np.cos(self.tilt)])

    def at(self, quad: Float) -> View:
        """The camera so aimed at a card whose corners are ``quad`` (4, 3)."""
        wide = float(np.linalg.norm(quad[1] - quad[0]))
        distance = self.near * wide
        axis = np.array([-np.sin(self.towards), np.cos(self.towards), 0.0])
        upright = np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, -1]])
        turn = upright @ cv2.Rodrigues(axis * self.tilt)[0].T
        cos, sin = np.cos(self.roll), np.sin(self.roll)
        turn = np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1]]) @ turn
        middle = quad.mean(axis=0)
        view = View(
            turn.astype(np.float32),
            (middle - turn[2] * distance).astype(np.float32),
            self.width * self.near,
            (0, 0),
            (1, 1),
        )
        corners = view.project(quad)
        low, high = corners.min(axis=0), corners.max(axis=0)
        extent = high - low
        low = low - extent * self.margins[:2] - 2
        high = high + extent * self.margins[2:] + 2
        extent = high - low
        if self.aspect:
            wish = self.aspect if extent[0] > extent[1] else 1 / self.aspect
            more = np.maximum(np.array([extent[1] * wish, extent[0] / wish]) - extent, 0)
            low, extent = low - more / 2, extent + more
        size = (int(np.ceil(extent[0])), int(np.ceil(extent[1])))
        view = View(view.turn, view.eye, view.focal, (float(-low[0]), float(-low[1])), size)
        longest = max(self.longest, max(size) * 400 / self.width)
        return view.scaled(min(1.0, longest / max(size)))


def aim(rng: np.random.Generator, widest: float) -> Aim:
    """A way to frame a card at most ``widest`` pixels wide."""
    width = np.exp(rng.uniform(np.log(400), np.log(min(1300, widest))))
    if rng.random() < 0.08 and widest > 1300:
        width = rng.uniform(1300, min(widest, 2000))
    tilt = abs(rng.normal(0, 0.12)) if rng.random() < 0.75 else rng.uniform(0.1, 0.6)
    quarter = rng.choice([0, 1, 2, 3], p=[0.64, 0.13, 0.1, 0.13])
    roll = quarter * np.pi / 2 + rng.normal(0, 0.05 if rng.random() < 0.8 else 0.3)
    tight = rng.random()
    most = 0.03 if tight < 0.25 else 0.25 if tight < 0.7 else 0.8
    left, top, right, bottom = rng.uniform(0.0, most, 4)
    aspect = float(rng.choice([4 / 3, 16 / 9, 1.0])) if tight > 0.35 and rng.random() < 0.6 else 0.0
    return Aim(
        width=float(width),
        tilt=float(tilt),
        towards=float(rng.uniform(0, 2 * np.pi)),
        roll=float(roll),
        near=float(rng.uniform(1.6, 5)),
        margins=(left, top * 1.3, right, bottom * 1.3),
        aspect=aspect,
        longest=int(rng.integers(1300, 2000)) if rng.random() < 0.9 else 2500,
    )
