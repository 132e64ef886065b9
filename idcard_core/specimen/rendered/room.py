"""The room around the scene: its lamps, windows and walls, as lights and as what glossy things mirror."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from idcard_core.specimen.rendered.fields import Float, colour, log_uniform, single, smooth

SIDE = 192
"""Width and height of the picture of the room, pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """A rectangular lamp or window. ``towards`` is the unit direction to it, ``distance`` in card widths.

    ``spread`` is half its angular size (radians) both ways, ``power`` BGR the irradiance it gives the table's origin,
    in units in which the whole room gives about 1.
    """

    towards: Float
    distance: float
    spread: tuple[float, float]
    turn: float
    power: Float

    @property
    def softness(self) -> float:
        """The tangent that governs the width of its shadows' soft edges."""
        return float(np.hypot(*self.spread)) / max(float(self.towards[2]), 0.2)


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """The lights, the even light ``sky`` (BGR irradiance) from all around, and ``mirror``, radiance by direction.

    ``mirror`` (SIDE, SIDE, 3) shows the upper half-space: a direction (x, y, z) lies at (x, y) / (1 + z).
    """

    lights: tuple[Light, ...]
    sky: Float
    mirror: Float

    def reflected(self, roughness: float) -> Float:
        """``mirror`` as a surface of ``roughness`` 0 to 1 blurs it."""
        sigma = 0.4 + SIDE * 0.22 * roughness**1.5
        return np.asarray(cv2.GaussianBlur(self.mirror, (0, 0), sigma, borderType=cv2.BORDER_REFLECT), np.float32)


def furnish(rng: np.random.Generator, eye: Float) -> Room:
    """A room with one to three lights; ``eye`` is the unit direction from the scene to the camera."""
    even = float(rng.choice([rng.uniform(0.1, 0.5), rng.uniform(0.5, 0.95)]))
    tint = colour(rng, float(rng.choice([0.09, 0.6])), float(rng.uniform(0, 0.25)), 1.0, 0.02)
    lights = tuple(_light(rng) for _ in range(int(rng.choice([1, 2, 3], p=[0.5, 0.35, 0.15]))))
    if rng.random() < 0.25:
        lights = (_glaring(rng, lights[0], eye), *lights[1:])
    total = sum(float(light.power.mean()) for light in lights)
    lights = tuple(
        Light(at.towards, at.distance, at.spread, at.turn, at.power * single((1 - even) / total)) for at in lights
    )
    sky = np.asarray(tint * even, np.float32)
    return Room(lights, sky, _mirror(rng, lights, sky, eye))


def _light(rng: np.random.Generator) -> Light:
    """A lamp, a window, a tube on the ceiling or the sun."""
    kind = rng.choice(["lamp", "window", "tube", "sun"], p=[0.35, 0.3, 0.25, 0.1])
    height = rng.uniform(0.25, 0.7) if kind == "window" else rng.uniform(0.35, 0.98)
    around = rng.uniform(0, 2 * np.pi)
    flat = np.sqrt(1 - height**2)
    towards = single([flat * np.cos(around), flat * np.sin(around), height])
    spread = {
        "lamp": (log_uniform(rng, 0.03, 0.2),) * 2,
        "window": (log_uniform(rng, 0.15, 0.5), log_uniform(rng, 0.15, 0.6)),
        "tube": (log_uniform(rng, 0.15, 0.5), log_uniform(rng, 0.015, 0.06)),
        "sun": (0.005, 0.005),
    }[str(kind)]
    warm = float(rng.choice([0.09, 0.6], p=[0.3, 0.7] if kind == "window" else [0.6, 0.4]))
    tint = colour(rng, warm, float(rng.uniform(0, 0.35)), 1.0, 0.02)
    distance = 1000.0 if kind in ("sun", "window") else log_uniform(rng, 3, 25)
    return Light(towards, distance, spread, rng.uniform(0, np.pi), np.asarray(tint * rng.uniform(0.3, 1), np.float32))


def _glaring(rng: np.random.Generator, light: Light, eye: Float) -> Light:
    """``light`` moved to about where a level mirror shows it to the camera."""
    towards = single([-eye[0], -eye[1], eye[2]]) + rng.normal(0, 0.15, 3)
    towards[2] = max(towards[2], 0.3)
    return replace(light, towards=single(towards / np.linalg.norm(towards)))


def _mirror(rng: np.random.Generator, lights: tuple[Light, ...], sky: Float, eye: Float) -> Float:
    shape = (SIDE, SIDE)
    wall = np.clip(1 + 0.35 * smooth(rng, shape, (SIDE / 4, SIDE / 4)), 0.1, 2)
    picture = np.asarray(wall[..., None] * sky, np.float32)
    for _ in range(int(rng.integers(0, 8))):
        corner = rng.integers(0, SIDE, 2)
        far = corner + rng.integers(4, SIDE // 3, 2)
        picture[corner[1] : far[1], corner[0] : far[0]] *= rng.uniform(0.2, 1.7)
    for light in lights:
        _hang(rng, picture, light)
    if rng.random() < 0.8:
        _viewer(rng, picture, eye)
    return picture


def _place(direction: Float) -> Float:
    return np.asarray((direction[:2] / (1 + direction[2]) + 1) * SIDE / 2, np.float32)


def _hang(rng: np.random.Generator, picture: Float, light: Light) -> None:
    """The light itself, as bright as its power and size make it; windows get bars."""
    scale = SIDE / 2 / (1 + float(light.towards[2]))
    half = np.maximum(np.array(light.spread) * scale, 0.6)
    solid = 4 * (half / scale).prod() * max(float(light.towards[2]), 0.2)
    radiance = light.power * np.pi / solid
    box = (
        tuple(float(v) for v in _place(light.towards)),
        tuple(float(v) for v in 2 * half),
        float(np.degrees(light.turn)),
    )
    mask = np.zeros(picture.shape[:2], np.float32)
    corners = np.round(cv2.boxPoints(box) * 16).astype(np.int32)
    cv2.fillConvexPoly(mask, corners, [1.0], cv2.LINE_8, 4)
    if min(half) > 8 and rng.random() < 0.7:
        ends = cv2.boxPoints(box)
        for one, two in ((0, 1), (1, 2)):
            start, end = (ends[one] + ends[two]) / 2, (ends[(one + 2) % 4] + ends[(two + 2) % 4]) / 2
            cv2.line(mask, [int(v) for v in start], [int(v) for v in end], [0.1], 2)
    picture += mask[..., None] * radiance


def _viewer(rng: np.random.Generator, picture: Float, eye: Float) -> None:
    """The one who takes the picture and the telephone, dark before the room."""
    at, side = _place(eye), rng.normal(0, 1, 2)
    side /= np.hypot(*side) + 1e-6
    dark = float(rng.uniform(0.1, 0.6))
    mask = np.ones(picture.shape[:2], np.float32)
    turn = float(np.degrees(np.arctan2(side[1], side[0])))
    head, body = at + side * SIDE * 0.12, at + side * SIDE * 0.38
    for centre, half in ((at, (0.06, 0.03)), (head, (0.07, 0.05)), (body, (0.2, 0.17))):
        axes = (int(half[0] * SIDE), int(half[1] * SIDE))
        cv2.ellipse(mask, (int(centre[0]), int(centre[1])), axes, turn, 0, 360, [dark], -1)
    picture *= mask[..., None]
