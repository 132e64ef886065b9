"""The pale ground of a card: tints run into one another, and fine engraved lines."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.brush import Paint, between, chance, clouds, floats, gradient, hsv, over, pick, scaled


def ground_of(rng: np.random.Generator, height: int, width: int, density: float) -> Paint:
    """A pale tint with fine lines over it."""
    return _guilloche(rng, _tint(rng, height, width), density)


def _tint(rng: np.random.Generator, height: int, width: int) -> Paint:
    start, reach = between(rng, 0.42, 0.6), between(rng, 0.1, 0.5)
    pale = between(rng, 0.03, 0.24)
    hues = [start + reach * share for share in np.linspace(0, 1, int(rng.integers(3, 6)))]
    if chance(rng, 0.4):
        hues.reverse()
    colours = [hsv(hue, pale * between(rng, 0.6, 1.3), between(rng, 0.86, 0.99)) for hue in hues]
    picture = gradient(rng, height, width, colours, int(rng.integers(2, 4)))
    cloud = clouds(rng, height, width, width / between(rng, 2, 6))[..., None]
    return np.clip(picture + cloud * floats(rng.normal(0, 0.012, 3)), 0, 1)


def _guilloche(rng: np.random.Generator, picture: Paint, density: float) -> Paint:
    height, width = picture.shape[:2]
    for _ in range(int(rng.integers(1, 5))):
        mask = np.zeros((height, width), np.uint8)
        draw = pick(rng, (_waves, _rosette, _net), (5, 3, 2))
        draw(rng, mask, density)
        strength = floats(between(rng, 0.15, 0.5) / 255)
        colour = hsv(between(rng, 0.4, 1.0), between(rng, 0.15, 0.55), between(rng, 0.6, 0.88))
        picture = over(picture, np.broadcast_to(floats(colour), picture.shape), mask * strength)
    return picture


def _stroke(mask: Image, curves: list[np.ndarray], thick: int = 1) -> None:
    cv2.polylines(mask, [np.int32(np.round(curve * 16)) for curve in curves], False, (255,), thick, cv2.LINE_AA, 4)


def _waves(rng: np.random.Generator, mask: Image, density: float) -> None:
    height, width = mask.shape
    x = np.linspace(0, width, 90)
    step, tall = scaled(rng, 0.5, 2.2) * density, between(rng, 1, 9) * density
    length, drift = between(rng, 14, 70) * density, between(rng, -0.12, 0.12)
    second = between(rng, 0.1, 0.6) * tall
    curves = []
    for row, y in enumerate(np.arange(-tall, height + tall, step)):
        phase = row * drift
        wave = tall * np.sin(x / length * 2 * np.pi + phase) + second * np.sin(x / length * 5 - phase * 2)
        curves.append(np.stack([x, y + wave], 1))
    _stroke(mask, curves)


def _rosette(rng: np.random.Generator, mask: Image, density: float) -> None:
    turns = np.linspace(0, 2 * np.pi, 260)
    for _ in range(int(rng.integers(1, 4))):
        centre = np.array([between(rng, 0.1, 0.9) * mask.shape[1], between(rng, 0.1, 0.9) * mask.shape[0]])
        radius, petals = between(rng, 6, 24) * density, int(rng.integers(5, 19))
        curves = []
        for share in np.linspace(0.25, 1, int(rng.integers(6, 26))):
            r = radius * share * (1 + 0.25 * np.sin(petals * turns + share * 4))
            curves.append(centre + np.stack([r * np.cos(turns), r * np.sin(turns)], 1))
        _stroke(mask, curves)


def _net(rng: np.random.Generator, mask: Image, density: float) -> None:
    height, width = mask.shape
    step, lean = scaled(rng, 0.7, 2.5) * density, between(rng, 0.2, 1.2) * height
    starts = np.arange(-lean, width + lean, step)
    _stroke(mask, [np.array([[x, 0], [x + side * lean, height]]) for side in (-1, 1) for x in starts])
