"""A flat world seen by a pinhole: layers in millimetres carried onto the picture, their shadows, lamps and fingers.

A scene's canvas is BGR float32 in linear light. Heights are millimetres above the ground, towards the camera.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Points
from idcard_core.specimen.brush import Matrix, Paint, between, chance, floats, hsv, pick, scaled, spread
from idcard_core.specimen.plane import at
from idcard_core.specimen.snapshot.grounds import draw_ground
from idcard_core.specimen.snapshot.noise import lamp, wide


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A camera over the plane: ``lens`` (3, 4) carries (x, y, height, 1) in millimetres to pixels."""

    width: int
    height: int
    lens: NDArray[np.float64]
    density: float
    """Pixels a millimetre about the target."""

    def plane(self, height: float = 0.0) -> Matrix:
        """The homography of the plane at a height."""
        column = self.lens[:, 3] + self.lens[:, 2] * height
        return np.stack([self.lens[:, 0], self.lens[:, 1], column], axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """Light on the plane: how shadows fall, and the field of light itself."""

    lean: tuple[float, float]
    """Millimetres a shadow moves for each millimetre of height."""
    soft: float
    """Millimetres of penumbra for each millimetre of height."""
    deep: float
    """How much of the light a shadow takes."""
    field: Paint
    """BGR, coarse; about one in the brightest part."""
    level: float
    """How bright the place is against a lit office: the camera's noise follows."""


def draw_view(rng: np.random.Generator, target: Points, card_px: float, flat: bool = False) -> View:
    """A view in which ``target`` (the card's quad, mm) is about ``card_px`` pixels long; ``flat`` as a scanner sees."""
    centre, long = target.mean(0), float(np.linalg.norm(target[1] - target[0]))
    turn = np.radians(pick(rng, [0, 90, 180, 270], [0.55, 0.15, 0.15, 0.15]) + rng.normal(0, 1.0 if flat else 4))
    if chance(rng, 0.12):
        turn = between(rng, 0, 2 * np.pi)
    tilt = 0.0 if flat else np.radians(between(rng, 0, 8) if chance(rng, 0.5) else between(rng, 4, 29))
    about = between(rng, 0, 2 * np.pi)
    side = float(np.clip(card_px * scaled(rng, 1.05, 1.95), min(900, 1.4 * card_px), 1900))
    ratio = pick(rng, [3 / 4, 2 / 3, 9 / 16, 1.0, between(rng, 0.5, 1)], [5, 2, 2, 1, 2])
    size = np.array([side, side * ratio]) if chance(rng, 0.6) else np.array([side * ratio, side])
    focal = between(rng, 0.8, 2.2) * side * (50 if flat else 1)
    away = focal * long / card_px
    spin = cv2.Rodrigues(np.array([0, 0, turn]))[0]
    lean = cv2.Rodrigues(np.array([np.cos(about), np.sin(about), 0]) * tilt)[0]
    axes = lean @ spin
    shift = -axes @ np.array([centre[0], centre[1], 0]) + np.array([0, 0, away])
    inner = np.array([[focal, 0, 0], [0, focal, 0], [0, 0, 1.0]])
    lens = inner @ np.column_stack([axes[:, 0], axes[:, 1], -axes[:, 2], shift])
    quad = at(target, lens[:, [0, 1, 3]])
    low, high = quad.min(0), quad.max(0)
    size = np.maximum(size, (high - low) * between(rng, 1.03, 1.2) + 12)
    room = np.maximum(size - (high - low) - 10, 0)
    place = np.clip(rng.normal(0.5, 0.2, 2), 0, 1) * room + 5 - low
    lens = np.array([[1, 0, place[0]], [0, 1, place[1]], [0, 0, 1]]) @ lens
    return View(int(size[0]), int(size[1]), lens, card_px / long)


def draw_light(rng: np.random.Generator, view: View) -> Light:
    """Daylight, lamps, flash, dusk or two lights at once; at times light so even that hardly a shadow falls."""
    kind = pick(rng, ["even", "window", "lamp", "flash", "mixed", "dusk"], [3, 3, 2, 1, 2, 1])
    warm = between(rng, -0.12, 0.3)
    one, two = (1 - warm, 1.0, 1 + warm * 0.6), (1.05, 1.0, between(rng, 0.8, 1.15))
    low = between(rng, 0.75, 1) if kind == "even" else between(rng, 0.35, 0.85)
    corners = rng.uniform(low, 1, (2, 2, 1))
    tint = np.stack([floats(one if kind != "mixed" or n % 2 else two) for n in range(4)]).reshape(2, 2, 3)
    field = wide(floats(corners * tint), view.height // 8 + 2, view.width // 8 + 2)
    if kind in ("lamp", "flash"):
        pool = cv2.GaussianBlur(lamp(rng, view.height, view.width), (0, 0), view.width / 8 * between(rng, 0.1, 0.3))
        field = field * (0.6 + 0.5 * pool / (pool.max() + 1e-6))[..., None]
    if chance(rng, 0.35):
        field = field * (1 - floats(between(rng, 0.1, 0.6)) * lamp(rng, view.height, view.width))[..., None]
    even = kind == "even"
    lean = rng.normal(0, 0.4 if even else 1.3, 2)
    deep = between(rng, 0.05, 0.5) if even else between(rng, 0.3, 0.85)
    level = scaled(rng, 0.04, 0.3) if kind == "dusk" else scaled(rng, 0.25, 3)
    return Light((float(lean[0]), float(lean[1])), scaled(rng, 0.2, 3), deep, floats(field), level)


def start(rng: np.random.Generator, view: View) -> tuple[Paint, str]:
    """A canvas covered with a ground, and the ground's name."""
    q = view.density * between(rng, 0.6, 0.85)
    patch, name = draw_ground(rng, q)
    where = np.array([[1 / q, 0, -between(rng, 30, 90)], [0, 1 / q, -between(rng, 30, 90)], [0, 0, 1]])
    turn = np.radians(rng.normal(0, 12) if chance(rng, 0.6) else between(rng, 0, 180))
    spin = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    canvas = cv2.warpPerspective(
        patch,
        view.plane() @ spin @ where,
        (view.width, view.height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )
    return floats(canvas * canvas), name


def _window(view: View, matrix: Matrix, shape: tuple[int, ...], margin: float = 0) -> tuple[int, int, int, int] | None:
    """Columns and rows of the picture that a texture reaches, or None."""
    tall, broad = shape[:2]
    quad = at(floats([[0, 0], [broad, 0], [broad, tall], [0, tall]]), matrix)
    low, high = quad.min(0) - margin - 2, quad.max(0) + margin + 3
    x0, y0 = max(0, int(low[0])), max(0, int(low[1]))
    x1, y1 = min(view.width, int(high[0])), min(view.height, int(high[1]))
    return (x0, y0, x1, y1) if x1 - x0 > 1 and y1 - y0 > 1 else None


def _warp(texture: Paint, matrix: Matrix, window: tuple[int, int, int, int], outside: int) -> Paint:
    x0, y0, x1, y1 = window
    moved = np.array([[1, 0, -x0], [0, 1, -y0], [0, 0, 1]]) @ matrix
    return floats(cv2.warpPerspective(texture, moved, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR, borderMode=outside))


def scale_of(density: float, left: float = 0, top: float = 0) -> Matrix:
    """From a texture's pixels to millimetres, its corner at (left, top)."""
    return np.array([[1 / density, 0, left], [0, 1 / density, top], [0, 0, 1]])


def lay(canvas: Paint, view: View, texture: Paint, mask: Paint, where: tuple[Matrix, float]) -> Paint:
    """Lay a texture (or one colour ``(3,)``) through its mask in place, and give its mask on the picture.

    ``where`` is its matrix to millimetres and its height.
    """
    matrix = view.plane(where[1]) @ where[0]
    full = np.zeros((view.height, view.width), np.float32)
    window = _window(view, matrix, mask.shape)
    if window is None:
        return full
    x0, y0, x1, y1 = window
    # a border of nothing, so that the texture's own edge is smooth
    bordered = cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(0.0,))
    cover = _warp(floats(bordered), matrix @ scale_of(1, -1, -1), window, cv2.BORDER_CONSTANT)
    colour = texture if texture.ndim == 1 else _warp(texture, matrix, window, cv2.BORDER_REPLICATE)
    part = canvas[y0:y1, x0:x1]
    part += (colour * colour - part) * spread(cover)
    full[y0:y1, x0:x1] = cover
    return full


def shade(canvas: Paint, view: View, mask: Paint, where: tuple[Matrix, float], light: Light) -> None:
    """The shadow of a mask at a height, onto the ground, in place, with a thin dark line of contact."""
    matrix, height = where
    tall, broad = max(mask.shape[0] // 4, 2), max(mask.shape[1] // 4, 2)
    small = floats(cv2.resize(mask, (broad, tall), interpolation=cv2.INTER_AREA))
    matrix = matrix @ np.diag([mask.shape[1] / broad, mask.shape[0] / tall, 1.0])
    rest = np.ones((view.height // 3 + 1, view.width // 3 + 1), np.float32)
    for reach, deep in ((1.0, light.deep * 0.7), (0.15, light.deep * 0.4)):
        away = scale_of(1, light.lean[0] * height * reach, light.lean[1] * height * reach)
        sigma = max((0.25 + light.soft * height * reach) * view.density * 0.5, 0.8)
        moved = np.diag([1 / 3, 1 / 3, 1.0]) @ view.plane() @ away @ matrix
        dark = cv2.warpPerspective(small, moved, rest.shape[::-1], flags=cv2.INTER_LINEAR)
        rest *= 1 - floats(deep) * floats(cv2.GaussianBlur(dark, (0, 0), min(sigma / 3, 15)))
    canvas *= spread(wide(rest, *canvas.shape[:2]))


def lit(canvas: Paint, light: Light) -> None:
    """The field of light laid over everything, in place."""
    canvas *= wide(light.field, canvas.shape[0], canvas.shape[1])


def gloss(rng: np.random.Generator, canvas: Paint, mask: Paint, strength: float) -> None:
    """Lamps and windows mirrored in a surface, in place."""
    for _ in range(int(rng.integers(1, 4))):
        shine = lamp(rng, canvas.shape[0], canvas.shape[1])[: canvas.shape[0], : canvas.shape[1]]
        colour = floats(hsv(between(rng, 0, 1), between(rng, 0, 0.15), 1)) * floats(strength)
        canvas += (wide(shine, canvas.shape[0], canvas.shape[1]) * mask)[..., None] * colour
