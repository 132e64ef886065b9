"""What all scenes before the camera share: linear light, the ground, shadows of thin things, glare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME, Image
from idcard_core.specimen.recapture.grid import Grid, Plane
from idcard_core.specimen.shot import Ground
from idcard_core.specimen.textures import make_ground

GROUND_EDGE = 900
GROUNDS = tuple(Ground)
DARK_SHARE = 0.35
"""Of grounds: darker than they come, down to black cloth and leather."""


@dataclass(frozen=True, slots=True)
class Lamp:
    """Where most of the light comes from, and how wide it is."""

    azimuth: float
    """Radians, from right to down in the picture."""
    slope: float
    """Cotangent of its height: how far a shadow falls, in heights of what casts it."""
    softness: float
    """Width of a shadow's edge as a share of its length."""
    share: float
    """Of the light that is the lamp's, 0 to 1; the rest comes from everywhere."""

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> Lamp:
        return cls(
            azimuth=float(rng.uniform(0, 2 * np.pi)),
            slope=float(np.exp(rng.uniform(np.log(0.2), np.log(2.5)))),
            softness=float(rng.uniform(0.2, 1.2)),
            share=float(rng.uniform(0.1, 0.75)),
        )


def small(size: tuple[int, int]) -> tuple[int, int]:
    """A size of the same form, in which grounds and lights are drawn."""
    share = min(1.0, GROUND_EDGE / max(size))
    return max(8, round(size[0] * share)), max(8, round(size[1] * share))


def linear(image: Image) -> Plane:
    """Linear light of bytes."""
    return np.asarray(cv2.LUT(image, (np.arange(256, dtype=np.float32) / 255) ** np.float32(2.2)), np.float32)


def ground_of(rng: np.random.Generator, grid: Grid, kinds: Sequence[Ground] = GROUNDS) -> Plane:
    """Reflectance of something that other things lie on."""
    ground = make_ground(rng, kinds[int(rng.integers(len(kinds)))], small(grid.size))
    light = linear(np.asarray(cv2.resize(ground, grid.size, interpolation=cv2.INTER_LINEAR), np.uint8))
    if rng.random() < DARK_SHARE:
        light = light * np.float32(np.exp(rng.uniform(np.log(0.02), np.log(0.6))))
    return np.asarray(light, np.float32)


def mixed(under: Plane, over: Plane, share: Plane) -> Plane:
    """``over`` where ``share`` is 1."""
    return np.asarray(under + (over - under) * share, np.float32)


def moved(plane: Plane, right: float, down: float) -> Plane:
    """``plane`` (height, width), shifted by so many pixels."""
    height, width = plane.shape[:2]
    move = np.array([[1, 0, right], [0, 1, down]], np.float32)
    return np.asarray(cv2.warpAffine(plane, move, (width, height)), np.float32)


def shadow(rng: np.random.Generator, grid: Grid, lamp: Lamp, outline: Plane, height: float) -> Plane:
    """Gains (height, width, 1) around a flat thing of ``outline`` (height, width), ``height`` units thick or lifted.

    The lamp's shadow falls to one side; the light from everywhere fails close to the edge, on all sides.
    """
    reach = height * lamp.slope / grid.units_a_pixel
    cast = moved(outline, -np.cos(lamp.azimuth) * reach, -np.sin(lamp.azimuth) * reach)
    cast = np.asarray(cv2.GaussianBlur(cast, (0, 0), max(0.3, lamp.softness * reach / 2)))
    near = cv2.GaussianBlur(outline, (0, 0), max(0.3, 0.5 * height / grid.units_a_pixel))
    ambient = np.float32(rng.uniform(0.5, 0.9) * (1 - lamp.share))
    return np.asarray(((1 - np.float32(lamp.share) * cast) * (1 - ambient * near))[..., None], np.float32)


def with_glare(rng: np.random.Generator, light: Plane, grid: Grid) -> Plane:
    """A spot of light on the card."""
    centre = rng.uniform(0, 1, 2) * CARD_FRAME
    radius = float(rng.uniform(40, 160))
    away = ((grid.u - centre[0]) ** 2 + (grid.v - centre[1]) ** 2) / np.float32(radius**2)
    return np.asarray(light + np.float32(rng.uniform(0.2, 1.5)) * np.exp(-away * 1.5)[..., None], np.float32)
