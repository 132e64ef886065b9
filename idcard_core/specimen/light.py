"""Light on the scene: gains over the picture, glare on a card, and where on a card glare or a finger covers nothing."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import CARD_FRAME, Points
from idcard_core.specimen.shot import Light, ShadowKind

Gains = NDArray[np.floating[Any]]
"""(height, width) float32, 1 is neutral."""
_STEP = 4
"""Card-frame units a pixel in the map of free places."""


def gain_map(rng: np.random.Generator, light: Light, size: tuple[int, int]) -> Gains:
    """How much light falls where, at ``size`` (width, height): exposure, gradient, vignette and a shadow."""
    width, height = size
    x = np.linspace(-0.5, 0.5, width, dtype=np.float32)
    y = np.linspace(-0.5, 0.5, height, dtype=np.float32)
    azimuth = np.radians(light.gradient_azimuth)
    slope = np.float32(light.gradient) * (
        np.float32(np.cos(azimuth)) * x[None] + np.float32(np.sin(azimuth)) * y[:, None]
    )
    vignette = np.float32(rng.uniform(0, 0.16)) * (x[None] ** 2 + y[:, None] ** 2)
    gains = np.float32(light.exposure) * (1 + slope - vignette)
    if light.shadow is not ShadowKind.NONE:
        gains = gains * (1 - np.float32(light.shadow_depth) * _shadow(rng, light.shadow, size))
    return np.asarray(gains)


def _shadow(rng: np.random.Generator, kind: ShadowKind, size: tuple[int, int]) -> Gains:
    """0 in the light, 1 in the shadow: a half plane, a bar or the outline of something held over the scene."""
    width, height = size
    canvas = np.zeros((height, width), np.uint8)
    centre = rng.uniform(0.25, 0.75, 2) * size
    angle = float(rng.uniform(0, 360))
    long = 3.0 * max(size)
    form = rng.random()
    if form < 0.4:
        direction = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
        centre = centre + direction * long / 2
        box: tuple[float, float] = (long, long)
    elif form < 0.7:
        box = (long, max(size) * float(rng.uniform(0.12, 0.4)))
    else:
        box = (max(size) * float(rng.uniform(0.3, 0.7)), max(size) * float(rng.uniform(0.2, 0.5)))
    corners = cv2.boxPoints(((float(centre[0]), float(centre[1])), box, angle))
    cv2.fillPoly(canvas, [np.round(corners * 16).astype(np.int32)], (255,), cv2.LINE_AA, 4)
    sigma = max(size) * (rng.uniform(0.02, 0.07) if kind is ShadowKind.SOFT else rng.uniform(0.0008, 0.003))
    if kind is ShadowKind.SOFT:  # wide blurs are done small
        small = cv2.resize(canvas, (max(8, width // 8), max(8, height // 8)), interpolation=cv2.INTER_AREA)
        canvas = np.asarray(cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / 8), size), np.uint8)
    else:
        canvas = np.asarray(cv2.GaussianBlur(canvas, (0, 0), max(0.4, sigma)), np.uint8)
    return np.asarray(canvas.astype(np.float32) / np.float32(255))


def clearance(quads: list[Points]) -> NDArray[np.float32]:
    """Distance in card-frame units from each place on the card to the nearest of ``quads``, at 1/4 of the frame."""
    width, height = CARD_FRAME[0] // _STEP, CARD_FRAME[1] // _STEP
    free = np.full((height, width), 255, np.uint8)
    for quad in quads:
        cv2.fillConvexPoly(free, np.round(quad / _STEP).astype(np.int32), (0,))
    return np.asarray(cv2.distanceTransform(free, cv2.DIST_L2, 3), np.float32) * _STEP


def glare_map(rng: np.random.Generator, light: Light, quads: list[Points]) -> NDArray[np.uint8]:
    """Light reflected off the card, 0 to 255 at 1/2 of the card frame (428 x 270), for additive use.

    Unless ``light.glare_on_field``, the spot lies where it leaves every quad of ``quads`` clear.
    """
    width, height = CARD_FRAME[0] // 2, CARD_FRAME[1] // 2
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) * 2
    room = clearance(quads)
    if light.glare_on_field:
        quad = quads[int(rng.integers(len(quads)))]
        centre, radius = quad.mean(axis=0), float(rng.uniform(60, 110))
    else:
        able = np.argwhere(room >= min(52.0, float(room.max()) * 0.9))
        row, column = able[int(rng.integers(len(able)))]
        centre, radius = np.array([column, row]) * _STEP, float(room[row, column]) * 0.85
    # the spot is saturated in its middle and has faded to nothing at the radius
    stretch, turn = float(rng.uniform(0.6, 1.0)), float(rng.uniform(0, 3.14))
    dx, dy = x - centre[0], y - centre[1]
    u = (dx * np.cos(turn) + dy * np.sin(turn)) / radius
    v = (-dx * np.sin(turn) + dy * np.cos(turn)) / (radius * stretch)
    fall = np.clip(np.float32(rng.uniform(1.0, 2.0)) * (1 - (u * u + v * v)), 0, 1)
    veil = 0.06 * np.exp(-(u * u + v * v) / 18)
    return np.asarray((255 * light.glare * (fall * fall * (3 - 2 * fall) + veil)).clip(0, 255), np.uint8)
