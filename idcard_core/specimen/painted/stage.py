"""Where things lie in a picture: the view of the plane, and laying painted sheets upon a ground with shadows and rims.

The plane is measured in millimetres of the card; a sheet has its own pixels and a matrix from them to the plane.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import CARD_MM, Image, Points
from idcard_core.specimen.brush import (
    Matrix,
    Paint,
    between,
    blurred,
    chance,
    filled,
    floats,
    hsv,
    over,
    paint,
    pick,
    scaled,
    spread,
)
from idcard_core.specimen.plane import CARD_QUAD, at

_LONGEST = 2500
_LARGEST_AREA = 2.0e6
"""Square pixels a picture is kept to, for time."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A picture's size and how the plane is seen: ``matrix`` leads from mm to pixels, ``unit`` is their ratio."""

    height: int
    width: int
    matrix: Matrix
    quad: Points
    unit: float
    lean: tuple[float, float]
    """Where the plane's depth leads in the picture: parts of a millimetre to the right and down."""
    scanned: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A flat thing: its picture (BGR uint8), its mask (0 to 1), and ``matrix`` from its pixels to the plane's mm.

    ``rise`` is the height of its upper face in millimetres, ``rim`` how visible its edge is (0 to 1).
    """

    picture: Image
    mask: Paint
    matrix: Matrix
    rise: float = 0.0
    wall: float = 0.0
    """How much of the rise is the thing itself, seen from the side as a wall."""
    rim: float = 0.0
    finish: Callable[[np.random.Generator, Paint, View, Matrix], Paint] | None = None
    """What is done to it as seen in the picture; the matrix leads from its pixels to the picture's."""


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """What is presented: sheets from the lowest up, the card's corners in the plane, and how it takes the light.

    ``gloss`` is 0 to 1; ``shines`` 0 to 1 how much of its light is its own.
    """

    way: str
    sheets: tuple[Sheet, ...]
    quad: Points = field(default_factory=lambda: CARD_QUAD)
    gloss: float = 0.5
    shines: float = 0.0


def scale_and_shift(scale: float, x: float, y: float) -> Matrix:
    """The matrix of ``p -> scale p + (x, y)``."""
    return np.array([[scale, 0, x], [0, scale, y], [0, 0, 1.0]])


def card_pixels(rng: np.random.Generator) -> float:
    """How wide the card is to be in the picture."""
    return scaled(rng, 1300, 1950) if chance(rng, 0.06) else scaled(rng, 410, 1300)


def draw_margins(rng: np.random.Generator, wide: float) -> NDArray[np.float64]:
    """How far a picture reaches beyond the card: pixels to the left, above, to the right, below."""
    reach = pick(rng, (0.02, 0.15, 0.6), (30, 35, 35))
    return rng.uniform(0.2, 1, 4) * reach * wide * 0.7 + 3


def draw_view(rng: np.random.Generator, quad: Points, wide: float, scanned: bool) -> View:
    """A view in which the card with corners ``quad`` (mm) is about ``wide`` pixels wide."""
    turn = pick(rng, (0.0, 90.0, 180.0, 270.0), (70, 11, 8, 11))
    loose = between(rng, -180, 180) if chance(rng, 0.06) else rng.normal(0, 1.2 if scanned else pick(rng, (1.5, 7.0)))
    tilt = 0.0 if scanned else pick(rng, (4.0, 11.0, 20.0), (4, 4, 2))
    around, about = np.radians(np.clip(rng.normal(0, tilt, 2), -40, 40))
    angle = np.radians(turn + loose)
    spin = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
    lean = np.array([[1, 0, 0], [0, np.cos(around), -np.sin(around)], [0, np.sin(around), np.cos(around)]])
    yaw = np.array([[np.cos(about), 0, np.sin(about)], [0, 1, 0], [-np.sin(about), 0, np.cos(about)]])
    turned = lean @ yaw @ spin
    far = CARD_MM[0] * between(rng, 2.5, 7)
    matrix = np.column_stack([turned[:, 0], turned[:, 1], [0, 0, far]])
    matrix = matrix @ scale_and_shift(1, *(-quad.mean(axis=0)))
    seen = at(quad, matrix)
    sides = np.linalg.norm(seen - np.roll(seen, -1, axis=0), axis=1)
    matrix = np.diag([wide / (sides[0] + sides[2]) * 2, wide / (sides[0] + sides[2]) * 2, 1]) @ matrix
    lean_to = float(turned[0, 2]), float(turned[1, 2])
    seen = at(quad, matrix)
    low, high = seen.min(axis=0), seen.max(axis=0)
    span = high - low
    margins = draw_margins(rng, wide)
    full = span + margins[:2] + margins[2:]
    spare = min(1.0, _LONGEST / full.max(), float(np.sqrt(_LARGEST_AREA / (full[0] * full[1]))))
    if spare < 1:
        margins = 3 + (margins - 3) * max(0.0, 1 - (1 - spare) * 2.5)
    width, height = (int(v) for v in np.ceil(span + margins[:2] + margins[2:]))
    matrix = scale_and_shift(1, margins[0] - low[0], margins[1] - low[1]) @ matrix
    return View(
        height,
        width,
        matrix / matrix[2, 2],
        at(quad, matrix),
        wide / CARD_MM[0],
        lean_to,
        scanned,
    )


def reach_of(view: View, limit: float = 150) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in the plane (mm) of what the view shows, at most ``limit`` from its middle card."""
    border = floats([[0, 0], [view.width, 0], [view.width, view.height], [0, view.height]])
    seen = at(border, np.linalg.inv(view.matrix))
    middle = at(view.quad, np.linalg.inv(view.matrix)).mean(axis=0)
    low = np.maximum(seen.min(axis=0), middle - limit)
    high = np.minimum(seen.max(axis=0), middle + limit)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def warped(view: View, sheet: Sheet, softness: float = 0.4) -> tuple[Paint, Paint]:
    """The sheet's picture and mask as the view shows them; ``softness`` is blur before sampling, in its pixels."""
    matrix = view.matrix @ sheet.matrix
    middle = floats([[sheet.picture.shape[1] / 2, sheet.picture.shape[0] / 2]])
    step = at(middle + floats([[1, 0]]), matrix) - at(middle, matrix)
    fine = 1 / max(float(np.linalg.norm(step)), 1e-3)
    picture, mask = sheet.picture, sheet.mask
    if fine > 1.15:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), softness * fine), np.uint8)
        mask = floats(cv2.GaussianBlur(mask, (0, 0), 0.4 * fine))
    centred = scale_and_shift(1, -0.5, -0.5) @ matrix @ scale_and_shift(1, 0.5, 0.5)
    size = (view.width, view.height)
    way = cv2.INTER_LINEAR if fine > 1 else cv2.INTER_CUBIC
    seen = paint(np.asarray(cv2.warpPerspective(picture, centred, size, flags=way, borderMode=cv2.BORDER_REPLICATE)))
    return seen, floats(cv2.warpPerspective(mask, centred, size, flags=cv2.INTER_LINEAR))


def lay(
    rng: np.random.Generator, scene: Paint, view: View, sheet: Sheet, light: float, softness: float
) -> tuple[Paint, Paint]:
    """The scene with the sheet laid on it and the sheet's mask in the picture; ``light`` is its direction (radians)."""
    seen, mask = warped(view, sheet, softness)
    if sheet.finish is not None:
        seen = sheet.finish(rng, seen, view, view.matrix @ sheet.matrix)
    rise = sheet.rise * view.unit
    to_light = np.array([np.cos(light), np.sin(light)])
    if sheet.rise > (0.3 if view.scanned else 0):  # a scanner's lamp throws a narrow shadow
        kept = np.ones_like(mask)
        near, wide = (scaled(rng, 0.4, 2.0), between(rng, 0.15, 0.6)), (scaled(rng, 2, 12), between(rng, 0, 0.35))
        for broad, depth in (near,) if view.scanned else (near, wide):
            offset = -to_light * rise * broad * between(rng, 0.2, 0.7)
            shift = np.array([[1, 0, offset[0]], [0, 1, offset[1]]])
            moved = cv2.warpAffine(mask, shift, (view.width, view.height))
            shade = blurred(floats(moved), max(rise * broad * between(rng, 0.3, 0.8), 0.7))
            kept = kept * (1 - shade * floats(depth))
        scene = scene * spread(kept)
    deep = np.array(view.lean) * sheet.wall * view.unit
    if float(np.linalg.norm(deep)) > 0.25:
        hue, value = rng.random(), between(rng, 0.3, 1.0)
        for share in (1.0, 0.5):
            shift = np.array([[1, 0, deep[0] * share], [0, 1, deep[1] * share]])
            wall = floats(cv2.warpAffine(mask, shift, (view.width, view.height)))
            scene = over(scene, filled(view.height, view.width, hsv(hue, 0.05, value * (0.8 + 0.2 * share))), wall)
    if sheet.rim > 0:
        edge_width = max(rise * between(rng, 0.3, 0.9), 0.7)
        size = (view.width, view.height)
        away, toward = (
            floats(cv2.warpAffine(mask, np.array([[1, 0, sign * to_light[0]], [0, 1, sign * to_light[1]]]), size))
            for sign in (-edge_width, edge_width)
        )
        lit, dark = np.clip(mask - away, 0, 1), np.clip(mask - toward, 0, 1)
        edge = blurred(floats(lit * between(rng, -0.1, 0.6) - dark * between(rng, -0.1, 0.6)), 0.5)
        seen = seen + spread(edge * floats(sheet.rim))
    return over(scene, seen, mask), mask
