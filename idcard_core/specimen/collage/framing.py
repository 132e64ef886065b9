"""Where the card stands in the picture, and laying layers there."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import CARD_MM, Image, Points
from idcard_core.specimen.brush import Matrix, Paint, between, blurred, chance, floats, pick, scaled, spread
from idcard_core.specimen.plane import CARD_QUAD, at

_LONGEST, _LARGEST_AREA = 2400, 1.8e6
_NARROWEST = 405.0


@dataclass(frozen=True, slots=True, eq=False)
class Framing:
    """A picture's size in pixels; ``matrix`` leads from the plane's millimetres to them, ``unit`` of them to each."""

    height: int
    width: int
    matrix: Matrix
    quad: Points
    """The card's corners in the picture."""
    unit: float


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A flat thing: its picture (BGR), its mask (0 to 1), and ``to_plane`` from its pixels to millimetres."""

    picture: Image
    mask: Paint
    to_plane: Matrix

    @property
    def unit(self) -> float:
        """Its pixels a millimetre."""
        return 1 / float(np.hypot(self.to_plane[0, 0], self.to_plane[1, 0]))


@dataclass(frozen=True, slots=True)
class Shadow:
    """How far it reaches (millimetres), how dark it is (0 to 1), and where to (radians)."""

    reach: float
    dark: float
    angle: float


def frame(rng: np.random.Generator, straight: bool, card: Points = CARD_QUAD) -> Framing:
    """A picture of random size with the ``card`` (millimetres) in it; ``straight``: not warped, as a scanner has it."""
    wide = scaled(rng, 1200, 1700) if chance(rng, 0.08) else scaled(rng, 420, 1250)
    unit = wide / CARD_MM[0]
    turn = np.radians(pick(rng, (0.0, 90.0, 180.0, 270.0), (76, 9, 6, 9)))
    if not straight:
        turn += np.radians(rng.normal(0, pick(rng, (1.5, 6, 20))))
    elif chance(rng, 0.65):
        turn += np.radians(rng.normal(0, 1))
    turned = floats([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    corners = (CARD_QUAD - CARD_QUAD.mean(axis=0)) * floats(unit) @ turned
    if not straight:
        corners = corners + floats(rng.normal(0, pick(rng, (0.008, 0.025, 0.05)), (4, 2))) * floats(wide)
    seen = at(card, _between(CARD_QUAD, floats(corners)))
    low, high = seen.min(axis=0), seen.max(axis=0)
    reach = pick(rng, (0.03, 0.15, 0.5, 1.0), (20, 35, 35, 10))
    before, after = rng.uniform(0.1, 1, 2) * reach * wide + 3, rng.uniform(0.1, 1, 2) * reach * wide + 3
    size = high - low + before + after
    shrink = min(1.0, _LONGEST / float(size.max()), float(np.sqrt(_LARGEST_AREA / (size[0] * size[1]))))
    shrink = min(1.0, max(shrink, _NARROWEST / float(np.linalg.norm(seen[1] - seen[0]))))
    matrix = _between(CARD_QUAD, floats((corners - low + floats(before)) * shrink))
    return Framing(int(size[1] * shrink) + 2, int(size[0] * shrink) + 2, matrix, at(card, matrix), unit * shrink)


def _between(start: Points, end: Points) -> Matrix:
    """The homography from four points to four others."""
    return np.asarray(cv2.getPerspectiveTransform(start, end), np.float64)


def lay(scene: Paint, framing: Framing, layer: Layer, shadow: Shadow | None = None) -> Paint:
    """``scene`` with ``layer`` on it."""
    picture, mask, matrix = layer.picture, layer.mask, framing.matrix @ layer.to_plane
    size = (framing.width, framing.height)
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2] / matrix[2, 2]))))
    if scale < 0.7:  # else warping would leave out rows
        small = (max(2, int(picture.shape[1] * scale * 1.2)), max(2, int(picture.shape[0] * scale * 1.2)))
        back = np.diag([picture.shape[1] / small[0], picture.shape[0] / small[1], 1.0])
        picture = np.asarray(cv2.resize(picture, small, interpolation=cv2.INTER_AREA), np.uint8)
        mask, matrix = floats(cv2.resize(mask, small, interpolation=cv2.INTER_AREA)), matrix @ back
    seen = cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    where = floats(cv2.warpPerspective(mask, matrix, size, flags=cv2.INTER_LINEAR))
    if shadow is not None:
        reach = shadow.reach * framing.unit
        soft = blurred(where, max(reach * 0.5, 0.4))
        move = floats([[1, 0, reach * np.cos(shadow.angle)], [0, 1, reach * np.sin(shadow.angle)]])
        scene = scene * (1 - spread(floats(cv2.warpAffine(soft, move, size))) * floats(shadow.dark))
    part = spread(where)
    return floats(scene + (floats(seen) / 255 - scene) * part)


def covered(framing: Framing, layer: Layer) -> Paint:
    """How much of each pixel of the picture ``layer`` covers (height, width)."""
    size = (framing.width, framing.height)
    return floats(cv2.warpPerspective(layer.mask, framing.matrix @ layer.to_plane, size))


def plane_of(unit: float, left: float = 0.0, top: float = 0.0) -> Matrix:
    """From the pixels of a layer, ``unit`` a millimetre, whose first is at (``left``, ``top``) millimetres."""
    return np.array([[1 / unit, 0, left], [0, 1 / unit, top], [0, 0, 1.0]])


def around(framing: Framing, margin: float = 2.0) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what of the plane the picture shows, in millimetres."""
    box = floats([[0, 0], [framing.width, 0], [framing.width, framing.height], [0, framing.height]])
    seen = at(box, np.linalg.inv(framing.matrix))
    low, high = seen.min(axis=0) - margin, seen.max(axis=0) + margin
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def dimmed(rng: np.random.Generator, scene: Paint) -> Paint:
    """The scene under light that falls off to a side or a corner, with a lamp's spot or a soft shadow on it or not."""
    height, width = scene.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    angle, fall = between(rng, 0, 2 * np.pi), pick(rng, (0.0, between(rng, 0, 0.25), between(rng, 0.1, 0.5)), (3, 5, 2))
    light = 1 + (x * np.cos(angle) + y * np.sin(angle)) * fall * 0.6
    if chance(rng, 0.35):
        light = light - (x * x + y * y) * scaled(rng, 0.02, 0.2)
    if chance(rng, 0.2):
        away = x * np.cos(angle + 1.3) + y * np.sin(angle + 1.3) - between(rng, -0.7, 0.7)
        light = light * (1 - between(rng, 0.1, 0.5) / (1 + np.exp(-away * scaled(rng, 3, 40))))
    return floats(scene * spread(floats(light)))
