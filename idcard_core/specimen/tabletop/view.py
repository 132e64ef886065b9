"""Where the camera stands: the projection from the table to a picture, with the card well inside."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Points
from idcard_core.specimen.brush import between, chance, floats, pick, scaled

_MARGIN = 0.035
_MOST = 1.1e6
"""Pixels that a sensor gives; larger pictures are scaled up by software."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A camera over the table: ``X_c = rotation @ (x, y, -z) + (0, 0, distance)``, then ``focal`` and the centre."""

    size: tuple[int, int]
    """Width and height of the picture, pixels."""
    rotation: NDArray[np.float64]
    distance: float
    focal: float
    centre: tuple[float, float]

    @property
    def eye(self) -> NDArray[np.float64]:
        """The camera's place (x, y, z), millimetres."""
        place = -self.rotation.T @ np.array([0, 0, self.distance])
        return np.array([place[0], place[1], -place[2]])

    def shrunk(self, longest: float) -> View:
        """The same view on a picture of at most ``longest`` pixels."""
        share = min(1.0, longest / max(self.size))
        size = (round(self.size[0] * share), round(self.size[1] * share))
        centre = (self.centre[0] * share, self.centre[1] * share)
        return View(size, self.rotation, self.distance, self.focal * share, centre)

    def project(self, points: Points, heights: NDArray[np.floating]) -> Points:
        """World points (n, 2) at ``heights`` (n,) to pixels."""
        world = np.column_stack([points, -np.asarray(heights)]).astype(np.float64)
        seen = world @ self.rotation.T + (0, 0, self.distance)
        return floats(seen[:, :2] / seen[:, 2:] * self.focal + self.centre)

    def plane(self, height: float) -> NDArray[np.float64]:
        """The homography from world points at ``height`` to pixels."""
        rotation = self.rotation
        start = rotation @ (0, 0, -height) + (0, 0, self.distance)
        camera = np.array([[self.focal, 0, self.centre[0]], [0, self.focal, self.centre[1]], [0, 0, 1]])
        return np.asarray(camera @ np.column_stack([rotation[:, 0], rotation[:, 1], start]))


def draw_view(rng: np.random.Generator, card: Points, straight: bool = False) -> View:
    """A view of a card with ``card`` (4, 2) as corners in the world; ``straight`` looks straight down from afar."""
    ratio = pick(rng, (4 / 3, 3 / 4, 16 / 9, 9 / 16, 1.0, 1.5, 2 / 3, 1.586), (5, 4, 1, 1.5, 1, 2, 1, 2))
    wide = float(np.hypot(*(card[1] - card[0])))
    target = float(np.clip(np.exp(rng.normal(np.log(850), 0.3)), 460, 1600))
    box = np.ptp(card, 0) / wide
    fill = between(rng, 0.5, 0.93) if chance(rng, 0.8) else between(rng, 0.3, 0.5)
    need = max(box[0] / fill, box[1] / fill * ratio) * target
    size = np.array([need, need / ratio])
    size *= np.clip(size.max(), 900, 2350) / size.max()
    size *= max(min(1.0, float(np.sqrt(_MOST / size.prod()))), 900 / size.max())
    most = float((size * 0.93 / box).min())
    target = min(max(target, 470.0), most)
    tilt = np.radians(0 if straight else min(abs(rng.normal(0, 11)), 29))
    way = between(rng, 0, 6.283)
    rotation = np.asarray(cv2.Rodrigues(np.array([tilt * np.cos(way), tilt * np.sin(way), 0.0]))[0], np.float64)
    distance = wide * (40 if straight else scaled(rng, 2.2, 7))
    slack = np.maximum(size * 0.94 - box * target, 0) / 2
    centre = size / 2 + rng.uniform(-0.8, 0.8, 2) * slack * (0.6 if chance(rng, 0.7) else 1)
    focal = target / wide * distance
    view = View((round(size[0]), round(size[1])), rotation, distance, focal, (float(centre[0]), float(centre[1])))
    return _inside(view, card)


def _inside(view: View, card: Points) -> View:
    """The view, its focus shortened and its middle moved until the card lies inside."""
    size = np.array(view.size)
    for _ in range(40):
        quad = view.project(card, np.zeros(4))
        low, high = quad.min(0) - size * _MARGIN, size * (1 - _MARGIN) - quad.max(0)
        if low.min() >= 0 and high.min() >= 0:
            break
        move = np.maximum(-low, 0) - np.maximum(-high, 0)
        shrink = 0.97 if (np.ptp(quad, 0) > size * (1 - 2 * _MARGIN)).any() else 1
        centre = (float(view.centre[0] + move[0]), float(view.centre[1] + move[1]))
        view = View(view.size, view.rotation, view.distance, view.focal * shrink, centre)
    return view
